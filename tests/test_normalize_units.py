"""Units in the writings of `unit_writings.txt`, and conversions that are exact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.models.values import Range
from parser.normalize import unit_writings
from parser.normalize.units import UNITS, canonical, in_canonical_unit, unit_of, unit_pattern, with_canonical
from tests.ucum import is_ucum


def writings() -> list[tuple[str, str | None]]:
    """Return every writing of the file with its UCUM code, None for what is no unit."""
    lines = Path(__file__).with_name("unit_writings.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.rsplit(" | ", 1) for line in lines if line and not line.startswith("#")]
    return [(writing.strip(), None if code == "-" else code) for row, code in rows for writing in row.split(";")]


WRITINGS = writings()
FOUND = re.compile(rf"5\s?({unit_pattern()})(?=\W|\Z)", re.IGNORECASE)


@pytest.mark.parametrize(("writing", "ucum"), WRITINGS, ids=[writing for writing, _ in WRITINGS])
def test_normalize_units_writings(writing: str, ucum: str | None) -> None:
    unit = unit_of(writing)
    assert (unit.ucum if unit else None) == ucum


@pytest.mark.parametrize(("writing", "ucum"), [row for row in WRITINGS if row[1]], ids=lambda row: str(row))
def test_normalize_units_pattern_finds_the_whole_unit(writing: str, ucum: str) -> None:
    match = FOUND.match(f"5 {writing}, or")
    assert match is not None
    assert match[1].strip() == writing


@pytest.mark.parametrize(
    "text", ["5 patients", "5 prior lines", "5 episodes of", "5 mgs2x", "5 cells and", "5 dayss", "5"]
)
def test_normalize_units_pattern_finds_no_unit_in_other_words(text: str) -> None:
    assert FOUND.match(text) is None


def test_normalize_units_a_decade_is_no_second() -> None:
    assert re.search(rf"1990({unit_pattern()})", "the 1990s", re.IGNORECASE) is None
    assert re.search(rf"16({unit_pattern()})", "PT > 16s", re.IGNORECASE) is not None


def test_normalize_units_are_ucum() -> None:
    codes = {code for rows in (unit_writings.FREE, unit_writings.UNDER, unit_writings.OFTEN) for code, _ in rows}
    codes |= {code for code, _ in unit_writings.COUNTED if code} | set(unit_writings.CASED.values())
    codes |= {code for code, _, _ in unit_writings.TIME} | {code for _, code in WRITINGS if code}
    assert [code for code in sorted(codes) if not is_ucum(code)] == []


@pytest.mark.parametrize(
    "code", ["mmHg", "mg/dl/", "mL/min/1.73m2", "10^9/L", "K/uL", "years", "mcg", "{open", "()", ""]
)
def test_normalize_units_grammar_refuses_what_is_no_ucum(code: str) -> None:
    assert not is_ucum(code)


def test_normalize_units_no_writing_stands_twice_with_different_meanings() -> None:
    for rows in (unit_writings.FREE, unit_writings.UNDER, unit_writings.COUNTED):
        seen: dict[str, str] = {}
        for code, row in rows:
            for writing in (each.strip() for each in row.split("|")):
                assert seen.setdefault(writing, code) == code


def test_normalize_units_time_units_have_iso_designators() -> None:
    times = {unit.ucum: unit.duration for unit in UNITS.values() if unit.dimension == "time"}
    assert times == {"a": "Y", "mo": "M", "wk": "W", "d": "D", "h": "TH", "min": "TM"}


# --- conversions -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Thing:
    """A measured thing with what a conversion needs."""

    unit: str = ""
    kind: str = "laboratory"
    molar_mass: float | None = None
    charge: int | None = None


HEMOGLOBIN = Thing("g/L")
NEUTROPHILS = Thing("10*9/L")
CREATININE = Thing("mg/dL", molar_mass=113.12)
GLUCOSE = Thing("mg/dL", molar_mass=180.16)
POTASSIUM = Thing("mmol/L", charge=1)
CALCIUM = Thing("mg/dL", molar_mass=40.078, charge=2)
ALT = Thing("U/L")
TSH = Thing("m[IU]/L")
HBA1C = Thing("%")

#: number, unit, thing, canonical number
EXACT = [
    (9, "g/dL", HEMOGLOBIN, 90),
    (8.5, "g/dL", HEMOGLOBIN, 85),
    (90, "g/L", HEMOGLOBIN, 90),
    (1500, "/uL", NEUTROPHILS, 1.5),
    (1500, "/mm3", NEUTROPHILS, 1.5),
    (100000, "/mm3", NEUTROPHILS, 100),
    (1.5, "10*9/L", NEUTROPHILS, 1.5),
    (1.5, "10*3/uL", NEUTROPHILS, 1.5),
    (1.5, "10*3/mm3", NEUTROPHILS, 1.5),
    (500, "10*6/L", NEUTROPHILS, 0.5),
    (0.5, "/nL", NEUTROPHILS, 0.5),
    (2, "wk", None, 14),
    (72, "h", None, 3),
    (36, "h", None, 1.5),
    (28, "d", None, 28),
    (100.4, "[degF]", None, 38),
    (38.5, "Cel", None, 38.5),
    (110, "[lb_av]", Thing("kg"), 49.8951607),
    (500, "g", Thing("kg"), 0.5),
    (1.5, "m", Thing("cm"), 150),
    (40, "[in_i]", Thing("cm"), 101.6),
    (3, "cm", Thing("mm"), 30),
    (0.45, "s", Thing("ms"), 450),
    (3.5, "meq/L", POTASSIUM, 3.5),
    (2.5, "meq/L", Thing("mmol/L", charge=2), 1.25),
    (40, "[IU]/L", ALT, 40),
    (1, "ukat/L", ALT, 60),
    (4, "u[IU]/mL", TSH, 4),
    (4, "m[IU]/L", TSH, 4),
    (0.5, "1", Thing("%"), 50),
    (1, "g/d", Thing("mg/d"), 1000),
    (1, "g/g", Thing("mg/g"), 1000),
    (500, "ng/mL", Thing("ug/L"), 500),
    (1, "L", Thing("mL"), 1000),
    (50, "mL", Thing("cm3"), 50),
    (1, "mL/s", Thing("mL/min"), 60),
    (2000, "cGy", Thing("Gy"), 20),
    (20, "mg/dL", Thing("mg/L"), 200),
    (0.3, "mg/L", Thing("ug/L"), 300),
]

#: a molar mass is rounded itself: four significant digits
ROUNDED = [
    (132.6, "umol/L", CREATININE, 1.5),  # 132.6 × 113.12 / 10 000 = 1.49997
    (7, "mmol/L", GLUCOSE, 126.1),  # 7 × 18.016 = 126.112
    (2.5, "mmol/L", CALCIUM, 10.02),  # 2.5 × 4.0078 = 10.0195
    (126, "mg/dL", Thing("mmol/L", molar_mass=180.16), 6.994),  # 126 / 18.016 = 6.99378
]

NONE = [
    (100, "mm[Hg]", Thing("kPa")),  # UCUM and the convention give different factors
    (60, "mm[Hg]", Thing("cm[H2O]")),
    (53, "mmol/mol", HBA1C),  # another scale, not another unit
    (1.5, "mg/dL", Thing("umol/L")),  # no molar mass
    (60, "mL/min", Thing("mL/min/{1.73_m2}")),
    (3, "mo", Thing("d")),
    (2, "a", Thing("d")),
    (7, "mo", Thing("a")),  # seven twelfths are no decimal number
    (101, "[degF]", Thing("Cel")),
    (5, "{drinks}/wk", Thing("{drinks}/d")),  # five sevenths
    (50, "{copies}/mL", Thing("[IU]/mL")),
    (3, "meq/L", Thing("mmol/L")),
    (40, "U/L", TSH),
    (5, None, HEMOGLOBIN),
    (5, "mg", None),
    (5, "%", HEMOGLOBIN),
    (30, "mg/mmol", Thing("mg/g", molar_mass=113.12)),
]


@pytest.mark.parametrize(("value", "ucum", "thing", "expected"), [*EXACT, *ROUNDED])
def test_normalize_units_canonical_values(value: float, ucum: str, thing: Thing | None, expected: float) -> None:
    bounds = canonical(value, None, ucum, thing)
    assert bounds is not None
    assert bounds[0] == expected
    assert bounds[1] is None


@pytest.mark.parametrize(("value", "ucum", "thing"), NONE)
def test_normalize_units_nothing_where_it_is_not_exact(value: float, ucum: str | None, thing: Thing | None) -> None:
    assert canonical(value, None, ucum, thing) is None
    assert canonical(None, value, ucum, thing) is None


def test_normalize_units_both_bounds_or_none() -> None:
    assert canonical(212, None, "[degF]") == (100, None, "Cel")
    assert canonical(212, 213, "[degF]") is None
    assert canonical(1, 2, "wk") == (7, 14, "d")
    assert canonical(None, None, "wk") is None


def test_normalize_units_scores_need_no_unit() -> None:
    assert canonical(0, 2, None, Thing("{score}", kind="score")) == (0, 2, "{score}")


def test_normalize_units_ranges_keep_their_own_numbers() -> None:
    limits = Range(low=1500, unit="/mm³", ucum="/mm3")
    both = with_canonical(limits, NEUTROPHILS)
    assert (both.low, both.unit, both.ucum) == (1500, "/mm³", "/mm3")
    assert both.canonical is not None
    assert (both.canonical.low, both.canonical.high, both.canonical.ucum) == (1.5, None, "10*9/L")


def test_normalize_units_multiples_have_no_canonical_value() -> None:
    assert with_canonical(Range(high=2, relative_to="ULN"), ALT).canonical is None
    assert with_canonical(Range(low=80, unit="%", ucum="%", relative_to="predicted"), Thing("L")).canonical is None


def test_normalize_units_ages_in_years() -> None:
    assert in_canonical_unit(Range(low=18, unit="months", ucum="mo"), "a").canonical is not None
    assert in_canonical_unit(Range(low=7, unit="months", ucum="mo"), "a").canonical is None


CODES = sorted({code for _, code in WRITINGS if code})


@given(number=st.integers(0, 10**6), ucum=st.sampled_from(CODES), target=st.sampled_from(CODES))
def test_normalize_units_conversions_go_both_ways(number: int, ucum: str, target: str) -> None:
    there = canonical(number, None, ucum, Thing(target))
    if there is not None and there[0] is not None:
        back = canonical(there[0], None, target, Thing(ucum))
        assert back is None or back[0] == pytest.approx(number)


@given(writing=st.text(max_size=40))
def test_normalize_units_any_text_is_read_or_refused(writing: str) -> None:
    unit = unit_of(writing)
    assert unit is None or is_ucum(unit.ucum)
