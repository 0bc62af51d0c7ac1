"""Hypothesis strategies: participants of any shape, about the things that `random_rules` asks for."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st
from random_rules import concepts, durations, numbers, one_of, words

from parser.matching import Participant
from parser.matching.participant import Comparator, FactType, Standing
from parser.models.rules import (
    AllergyKind,
    Aspect,
    BiomarkerKind,
    ReproductiveState,
    RequirementTopic,
    Subject,
    TreatmentCategory,
)
from parser.models.values import Anchor, RelativeTo

moments = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: str(day)[:7]),
    st.dates().map(lambda day: str(day)[:4]),
    st.datetimes().map(lambda instant: instant.isoformat(timespec="minutes")),
    st.sampled_from(["2025-05-30", "2025-06-01", "2025-06", "2025", "2024-02-29"]),
)
maybe = st.none() | moments
truths = st.sampled_from([None, True, False])
amounts = st.none() | st.fixed_dictionaries(
    {"value": numbers, "unit": st.sampled_from([None, "a", "d", "mg/dL", "g/L", "%", "≥ 3"])},
    optional={"comparator": one_of(Comparator)},
)


def _facts(*, lasting: bool = True, **own: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    common = {
        "present": st.sampled_from([True, True, True, False]),
        "start": maybe,
        "end": maybe,
        "standing": one_of(Standing),
        "qualifiers": st.lists(words, max_size=1),
        "method": st.lists(words, max_size=1),
        "certainty": st.sampled_from([None, "confirmed", "suspected"]),
        "count": st.none() | st.integers(0, 5),
        "duration": amounts,
    }
    kept = {"ongoing": truths, "once": st.booleans()} if lasting else {}
    return st.lists(st.fixed_dictionaries(own, optional=common | kept), max_size=3)


_text = st.none() | words
_valued = {"amount": amounts, "results": st.lists(words | st.just("negative"), max_size=2)}
_measured = _valued | {
    "relative_to": st.none() | one_of(RelativeTo),
    "references": st.dictionaries(one_of(RelativeTo), numbers, max_size=2),
}
_dosed = {"dose": amounts, "half_life": st.none() | durations, "last_dose": maybe, "ongoing": truths}
_marker = {"marker": words, "kind": one_of(BiomarkerKind), "variant": _text, "partner": _text, "origin": _text}
_lists: dict[str, st.SearchStrategy[Any]] = {
    "conditions": _facts(concept=concepts, diagnosed=maybe),
    "treatments": _facts(lasting=False, concept=concepts, category=one_of(TreatmentCategory), **_dosed),
    "measurements": _facts(lasting=False, concept=concepts, aspect=one_of(Aspect), **_measured),
    "biomarkers": _facts(lasting=False, **_marker, **_measured),
    "allergies": _facts(concept=concepts, kind=one_of(AllergyKind)),
    "reproductive": _facts(state=one_of(ReproductiveState)),
    "observations": _facts(concept=concepts, **_valued),
    "requirements": _facts(topic=one_of(RequirementTopic), concept=st.none() | concepts),
}
_complete = {"complete": st.frozensets(st.sampled_from(get_args(FactType)), max_size=3)}
_person = {"sex": st.sampled_from([None, "male", "female"]), "birth_date": maybe}
_events = st.dictionaries(
    one_of(Anchor) | words, moments | st.fixed_dictionaries({"start": maybe, "end": maybe}), max_size=3
)
_particulars = st.fixed_dictionaries({}, optional=_lists | _complete)
_others = st.lists(st.fixed_dictionaries({"role": one_of(Subject), **_person}, optional=_lists | _complete), max_size=2)


@st.composite
def participants(draw: st.DrawFn) -> Participant:
    """Participants with facts in any of their lists, some with particulars, and other people."""
    record = draw(
        st.fixed_dictionaries(_person | {"events": _events}, optional=_lists | _complete | {"others": _others})
    )
    for facts in (record.get(name) for name in _lists):
        if facts and draw(st.booleans()):
            facts[0]["particulars"] = draw(_particulars)
    return Participant(**record)
