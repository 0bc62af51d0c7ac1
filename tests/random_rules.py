"""Hypothesis strategies: rules of any shape the contract allows, spans and modifiers included."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from parser.models import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    Biomarker,
    Code,
    Concept,
    Condition,
    Measurement,
    Not,
    Observation,
    Range,
    Reproductive,
    Requirement,
    Rule,
    Sex,
    Treatment,
    Unstructured,
    Window,
)
from parser.models.rules import (
    AllergyKind,
    Aspect,
    BiomarkerKind,
    Certainty,
    ReproductiveState,
    RequirementTopic,
    Status,
    Subject,
    TreatmentCategory,
    UnstructuredReason,
)
from parser.models.values import Anchor, RelativeTo, WindowOf, WindowRelation


def one_of(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


#: Words as pages have them: brackets that do not pair, quotation marks, the wording's own grammar, other scripts.
words = st.one_of(
    st.sampled_from(
        ["sepsis", "hepatitis B or C", "a) first", "stage (IIIB", "say “so”", "not: x; y", "败血症", "≥ 3"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
)
numbers = st.one_of(
    st.integers(-1000, 10**6), st.floats(-1000, 1e6, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-3)
)
spans = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=2)
confidences = st.floats(0, 1)
durations = st.from_regex(r"P([1-9]\d?[YMWD]|T[1-9]\d?[HMS]|[1-9]Y[1-9]M|[1-9]DT[1-9]H)", fullmatch=True)
concepts = st.builds(
    Concept, text=words, name=st.none() | words, codes=st.lists(st.builds(Code, system=words, code=words), max_size=1)
)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    bounds = sorted(draw(st.lists(numbers, min_size=2, max_size=2)))
    kept: dict[str, Any] = {"unit": draw(st.none() | words), "ucum": draw(st.sampled_from([None, "a", "d", "mg/dL"]))}
    shape = draw(st.sampled_from(["low", "high", "both", "value", "none"]))
    if shape in ("low", "both"):
        kept |= {"low": bounds[0], "low_inclusive": draw(st.booleans())}
    if shape in ("high", "both"):
        kept |= {"high": bounds[1], "high_inclusive": draw(st.booleans())}
    if shape == "value":
        kept |= {"value": bounds[0]}
    return Range(**kept, relative_to=draw(st.none() | one_of(RelativeTo)), relative_text=draw(st.none() | words))


windows = st.builds(
    Window,
    relation=one_of(WindowRelation),
    min=st.none() | durations,
    max=st.none() | durations,
    min_inclusive=st.none(),
    max_inclusive=st.none(),
    half_lives=st.none() | st.integers(1, 10),
    longer_of=st.sampled_from([[], ["P28D", "5 half-lives"]]),
    shorter_of=st.sampled_from([[], ["P14D", "3 half-lives"]]),
    anchor=one_of(Anchor),
    anchor_text=st.none() | words,
    of=one_of(WindowOf),
)


def _few(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=2)


NODE: dict[str, Any] = {"spans": spans, "confidence": confidences}


def _dated(inner: st.SearchStrategy[Rule]) -> dict[str, Any]:
    return NODE | {
        "when": _few(windows),
        "duration": st.none() | ranges(),
        "where": _few(inner),
        "defined_as": st.none() | inner,
        "unless": _few(inner),
        "examples": _few(inner),
        "subject": st.none() | one_of(Subject),
    }


def _clinical(inner: st.SearchStrategy[Rule]) -> dict[str, Any]:
    return _dated(inner) | {
        "status": _few(one_of(Status)),
        "certainty": _few(one_of(Certainty)),
        "method": _few(words),
        "qualifiers": _few(words),
        "count": st.none() | ranges(),
    }


def _atoms(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    """Return atoms whose modifiers hold rules of `inner`."""
    dated, clinical = _dated(inner), _clinical(inner)
    valued: dict[str, Any] = {"range": st.none() | ranges(), "values": _few(words)}
    text = st.none() | words
    marked: dict[str, Any] = {"marker": words, "kind": one_of(BiomarkerKind), "variant": text, "partner": text}
    return st.one_of(
        st.builds(Sex, **NODE, value=st.sampled_from(["male", "female"]), subject=st.none() | one_of(Subject)),
        st.builds(Unstructured, **NODE, text=words, reason=one_of(UnstructuredReason)),
        st.builds(Age, **dated, range=st.none() | ranges()),
        st.builds(Condition, **clinical, concept=concepts),
        st.builds(Measurement, **clinical, **valued, concept=concepts, aspect=one_of(Aspect)),
        st.builds(Biomarker, **clinical, **valued, **marked, origin=text),
        st.builds(
            Treatment, **clinical, concept=concepts, category=one_of(TreatmentCategory), dose=st.none() | ranges()
        ),
        st.builds(Allergy, **clinical, concept=concepts, kind=one_of(AllergyKind)),
        st.builds(Reproductive, **clinical, state=one_of(ReproductiveState)),
        st.builds(
            Observation,
            **dated,
            **valued,
            concept=concepts,
            status=_few(one_of(Status)),
            qualifiers=_few(words),
            count=st.none() | ranges(),
        ),
        st.builds(
            Requirement,
            **dated,
            topic=one_of(RequirementTopic),
            concept=st.none() | concepts,
            status=_few(one_of(Status)),
        ),
    )


def _logic(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.builds(AllOf, **NODE, rules=several),
        st.builds(AnyOf, **NODE, rules=several, at_least=st.integers(1, 3)),
        st.builds(Not, **NODE, rule=inner),
    )


_plain = st.one_of(
    st.builds(Sex, value=st.sampled_from(["male", "female"])),
    st.builds(Condition, concept=concepts),
    st.builds(Measurement, concept=concepts, range=ranges()),
)
rules: st.SearchStrategy[Rule] = st.recursive(
    st.one_of(_plain, _atoms(_plain)), lambda inner: st.one_of(_logic(inner), _atoms(inner)), max_leaves=5
)
