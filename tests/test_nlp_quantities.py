"""Numbers with their bounds and units, written as an annotated text: what is in angle brackets is the quantity."""

from __future__ import annotations

import pytest
from spacy.language import Language

from parser.nlp.components.quantities.component import find_quantities, merged

# text with the quantity marked, low, high (with `<` or `>` where the bound itself is out), UCUM unit, whether an age
CASES = [
    ("Age: ⟦0-65 years old⟧, diagnosed", "0", "65", "a", True),
    ("⟦≥ 18 and ≤ 75 years⟧", "18", "75", "a", False),
    ("⟦>18 and <75 years⟧", ">18", "<75", "a", False),
    ("life expectancy ⟦<7 days⟧)", None, "<7", "d", False),
    ("aged ⟦18 years or older⟧", "18", None, "a", True),
    ("⟦older than 65 years⟧", ">65", None, "a", True),
    ("⟦between 18 and 75 years of age⟧", "18", "75", "a", True),
    ("⟦between the ages of 18 to 65 years⟧", "18", "65", "a", True),
    ("BMI ⟦20.0 to 39.9 kg/m2⟧", "20", "39.9", "kg/m2", False),
    ("⟦at least eighteen years old⟧", "18", None, "a", True),
    ("⟦1,500/mm3 or more⟧", "1500", None, "/mm3", False),
    ("HbA1c ⟦> 7.5%⟧", ">7.5", None, "%", False),
    ("HbA1c ⟦> 7,5 %⟧", ">7.5", None, "%", False),
    ("⟦18+⟧", "18", None, None, False),
    ("eGFR ⟦≥ 60 mL/min/1.73 m2⟧", "60", None, "mL/min/{1.73_m2}", False),
    ("platelets ⟦≥ 100 x 10^9/L⟧", "100", None, "10*9/L", False),
    ("⟦18-75-year-old⟧ men", "18", "75", "a", True),
    ("⟦no more than 3 months⟧", None, "3", "mo", False),
    ("⟦not less than 50 kg⟧", "50", None, "kg", False),
    ("SBP ⟦≤140 mmHg⟧", None, "140", "mm[Hg]", False),
    ("weight ⟦=> 40 kg⟧", "40", None, "kg", False),
    ("⟦6–12 months⟧", "6", "12", "mo", False),
]

#: What a number is a multiple or a share of.
RELATIVE = [
    ("ALT ≤ 2.5 x ULN", "ULN"),
    ("ALT < 2.5 times normal", "normal"),
    ("ALT > 2.5 fold of the upper limit of the normal range", "ULN"),
    ("FEV1 ≥ 70% of predicted", "predicted"),
    ("CRP > 5 mg/L", None),
]

NONE = [
    "JNJ-64155806 + COCP",
    "type 2 diabetes",
    "Sepsis 3.0 International",
    "CD4 count",
    "version 1.2.3",
    "three cycles",
    "PD-L1",
    "COVID-19",
]


def bound(number: float | None, inclusive: bool | None, sign: str) -> str | None:
    return None if number is None else f"{'' if inclusive else sign}{number:g}"


@pytest.mark.parametrize(("marked", "low", "high", "ucum", "is_age"), CASES)
def test_nlp_quantities_bounds_and_units(
    marked: str, low: str | None, high: str | None, ucum: str | None, is_age: bool
) -> None:
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    [(first, last, quantity)] = merged(find_quantities(text), text)
    assert text[first:last] == text[start:end]
    limits = quantity.range
    assert bound(limits.low, limits.low_inclusive, ">") == low
    assert bound(limits.high, limits.high_inclusive, "<") == high
    assert limits.ucum == ucum
    assert quantity.is_age is is_age


@pytest.mark.parametrize("text", NONE)
def test_nlp_quantities_numbers_that_bound_nothing(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize("text", ["between 18 and 75 and 80", "≥ 18 or more years", "75-18 years"])
def test_nlp_quantities_contradictions_give_no_range(text: str) -> None:
    assert all(
        quantity.range.low != 18 or quantity.range.high in (None, 18, 75) for _, _, quantity in find_quantities(text)
    )


def test_nlp_quantities_are_on_the_doc(nlp: Language) -> None:
    doc = nlp("aged 18-65 years")
    [span] = doc.spans["trial_quantities"]
    assert (span.text, span._.trial.range.low, span._.trial.range.high) == ("18-65 years", 18, 65)


def test_nlp_quantities_comparators_are_whole() -> None:
    from parser.nlp.components.quantities.patterns import AFTER, BEFORE

    assert {"not exceeding", "exceeding"} <= set(BEFORE)
    assert not {"not", "or", "and", "equal", ""} & set(BEFORE | AFTER)


@pytest.mark.parametrize(("text", "relative_to"), RELATIVE)
def test_nlp_quantities_multiples_and_shares(text: str, relative_to: str | None) -> None:
    [(_, end, quantity)] = find_quantities(text)
    assert quantity.range.relative_to == relative_to
    assert end == len(text)


def test_nlp_quantities_three_zeros_are_thousands() -> None:
    [(_, _, quantity)] = find_quantities("platelets > 100.000 /mm3")
    assert quantity.range.low == 100_000
