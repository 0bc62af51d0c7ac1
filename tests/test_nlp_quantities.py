"""Numbers with their bounds and units: the cases of `quantity_cases.txt`, and properties over any text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from parser.models.values import Range
from parser.nlp.annotations import Quantity
from parser.nlp.components.quantities.component import read_quantities
from parser.nlp.components.quantities.patterns import AFTER, BEFORE

_FLAGS = {
    "age": "is_age",
    "count": "is_count",
    "rate": "is_rate",
    "roman": "is_roman",
    "implied": "is_implied",
    "lost": "comparator_lost",
    "before": "before_name",
}
_REFERENCES = ("[ULN]", "[LLN]", "[normal]", "[predicted]", "[baseline]", "[nadir]")


def cases() -> list[tuple[str, str]]:
    """Return text and expected quantities of every line of the file."""
    lines = Path(__file__).with_name("quantity_cases.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.rsplit(" | ", 1) for line in lines if line and not line.startswith("#")]
    return [(text, expected) for text, expected in rows]


def written(expected: str) -> tuple[set[str], str | None, str | None, set[str]]:
    """Read one expected quantity: bounds, unit, reference, flags."""
    words = expected.split()
    bounds = {word for word in words if word[0] in "<>=?"}
    reference = next((word.strip("[]") for word in words if word in _REFERENCES), None)
    flags = {word for word in words if word in _FLAGS}
    [unit] = [word for word in words if word not in bounds | flags and word not in _REFERENCES] or [None]
    return bounds, unit, reference, flags


def bounds_of(limits: Range) -> set[str]:
    """Say the bounds of a range in the notation of the cases."""
    if limits.value is not None:
        return {f"?{limits.value:.10g}"}
    if limits.low is not None and limits.low == limits.high:
        return {f"={limits.low:.10g}"}
    low = None if limits.low is None else f"{'>=' if limits.low_inclusive else '>'}{limits.low:.10g}"
    high = None if limits.high is None else f"{'<=' if limits.high_inclusive else '<'}{limits.high:.10g}"
    return {bound for bound in (low, high) if bound is not None}


def read(quantity: Quantity) -> tuple[set[str], str | None, str | None, set[str]]:
    """Return what was read, as `written` does."""
    limits = quantity.range
    flags = {word for word, attribute in _FLAGS.items() if getattr(quantity, attribute)}
    return bounds_of(limits), limits.ucum, limits.relative_to, flags


@pytest.mark.parametrize(("text", "expected"), cases())
def test_nlp_quantities_cases(text: str, expected: str) -> None:
    wanted = [] if expected == "none" else [written(part) for part in expected.split(" ; ")]
    assert [read(quantity) for _, _, quantity in read_quantities(text)] == wanted


def test_nlp_quantities_cases_are_many() -> None:
    rows = cases()
    assert len(rows) == len(set(rows)) >= 460
    assert sum(expected == "none" for _, expected in rows) >= 60


#: What a span covers: comparator, numbers, unit, and words that belong to them; not the name of the thing.
SPANS = [
    "Age: ⟦0-65 years old⟧, diagnosed",
    "life expectancy ⟦<7 days⟧)",
    "aged ⟦18 years or older⟧",
    "⟦between the ages of 18 to 65 years⟧",
    "ALT ⟦≤ 2.5 X institutional upper limit of normal (ULN)⟧ for",
    "⟦at least 3⟧ lesions",
    "⟦over the age of 18⟧",
    "minimum life expectancy of ⟦3 months⟧ from",
    "FEV1 ⟦≥ 80% of the predicted value⟧.",
    "⟦30 <⟧ eGFR",
    "⟦six (6) months⟧ ago",
    "WBC ⟦≥ 3.0 × 10⁹/L⟧;",
    "weight ⟦between 50kg (inclusive) and 90kg (exclusive)⟧,",
    "NYHA ⟦II or III⟧ heart failure",
    "creatinine ⟦within normal limits⟧",
    "does ⟦not exceed 10 mg/day⟧ of",
]


@pytest.mark.parametrize("marked", SPANS)
def test_nlp_quantities_spans(marked: str) -> None:
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    [(first, last, _)] = read_quantities(text)
    assert text[first:last] == text[start:end]


#: Units are kept as written.
UNITS_AS_WRITTEN = [
    ("platelets ≥ 100 x 10^9/L", "x 10^9/L"),
    ("at least 18 Yrs", "Yrs"),
    ("6 months to 17 years", "months – years"),
    ("> 3 mg/dL", "mg/dL"),
    ("> 3", None),
]


@pytest.mark.parametrize(("text", "unit"), UNITS_AS_WRITTEN)
def test_nlp_quantities_units_as_written(text: str, unit: str | None) -> None:
    [(_, _, quantity)] = read_quantities(text)
    assert quantity.range.unit == unit


def test_nlp_quantities_mixed_units_keep_their_parts() -> None:
    [(_, _, quantity)] = read_quantities("6 months to 17 years")
    assert [(part.low, part.high, part.ucum) for part in quantity.parts] == [(6, None, "mo"), (None, 17, "a")]


@pytest.mark.parametrize("text", ["between 18 and 75 and 80", "≥ 18 or more years", "75-18 years"])
def test_nlp_quantities_contradictions_give_no_range(text: str) -> None:
    assert all(
        quantity.range.low != 18 or quantity.range.high in (None, 18, 75) for _, _, quantity in read_quantities(text)
    )


def test_nlp_quantities_are_on_the_doc(nlp: Language) -> None:
    doc = nlp("aged 18-65 years")
    [span] = doc.spans["trial_quantities"]
    assert (span.text, span._.trial.range.low, span._.trial.range.high) == ("18-65 years", 18, 65)


def test_nlp_quantities_comparators_are_whole() -> None:
    assert {"not exceeding", "exceeding", "no more than", "greater than or equal to"} <= set(BEFORE)
    assert not {"not", "or", "and", "equal", ""} & set(BEFORE | AFTER)


# --- properties ------------------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    (
        "18 65 1.5 0,25 1,500 100 000 ½ eighteen one hundred ≥ ≤ < > = >= and or to - – ± + / : ( ) [ ] , . ; x × * ^ "
        "10^9 at least no more than less older younger between from up minimum maximum of age years months weeks kg "
        "mg/dL % ULN upper limit normal predicted times twice per day inclusive 36+6 0/7 1:40 −2.5 III IV ECOG NYHA "
        "score ١٨ １８ ² \n"
    ).split(" ")
)
_TEXTS = st.one_of(
    st.text(max_size=60), st.lists(_PIECES, max_size=14).map(" ".join), st.lists(_PIECES, max_size=14).map("".join)
)


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_nlp_quantities_any_text_is_read_and_its_spans_lie_in_it(text: str) -> None:
    found = read_quantities(text)
    ends = [0]
    for start, end, quantity in found:
        assert ends[-1] <= start < end <= len(text)
        assert text[start:end].strip()
        limits = quantity.range
        assert any(bound is not None for bound in (limits.low, limits.high, limits.value))
        assert quantity.is_implied or any(char.isalnum() for char in text[start:end])
        ends.append(end)


@settings(max_examples=100, deadline=None)
@given(st.lists(_PIECES, max_size=10).map(" ".join))
def test_nlp_quantities_on_a_doc_cover_what_was_read(nlp: Language, text: str) -> None:
    spans = nlp.get_pipe("trial_quantities")(nlp.make_doc(text)).spans["trial_quantities"]
    assert len(spans) == len(read_quantities(text))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 120), st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "०१२३४५६७८९"]))
def test_nlp_quantities_digits_of_any_script(number: int, digits: str) -> None:
    other = "".join(digits[int(digit)] for digit in str(number))
    [(_, _, quantity)] = read_quantities(f"at least {other} years")
    assert (quantity.range.low, quantity.range.ucum) == (number, "a")


LONG = [
    "≥ 18 and ",
    "between 18 and ",
    "at least ",
    "1,1",
    "1.",
    "10^",
    "one hundred and ",
    "> or = ",
    "3 x upper limit of normal ",
    "the institutional ",
    "minimum age ",
    "1-",
    "ECOG 0, ",
    "ECOG of ",
    "5 mg / ",
    "30 < a ",
    " ",
    "-",
    "(",
    "36+",
    "no more than no ",
    "aa ",
    "5 events ",
]


@pytest.mark.parametrize("piece", LONG)
def test_nlp_quantities_time_is_linear(piece: str) -> None:
    def seconds(count: int) -> float:
        rounds = []
        for _ in range(3):
            begun = time.process_time()
            read_quantities(piece * count)
            rounds.append(time.process_time() - begun)
        return min(rounds)

    # eight times the text takes about eight times as long; four times as much again is the noise of a shared machine
    assert seconds(2400) < 32 * max(seconds(300), 0.002)
