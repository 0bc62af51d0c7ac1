"""What holds of every rule and every participant: nothing raises, logic is Kleene's, knowing more flips nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from matching_rules import ON, allergy, condition, least, most, observation, treatment, window
from random_participants import moments, participants
from random_rules import rules

from parser.matching import Participant, evaluate, explain
from parser.matching.kleene import at_least, every, negated, some
from parser.models import AllOf, AnyOf, Concept, Not, Rule, Unstructured

SETTINGS = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
truths = st.lists(st.sampled_from([True, False, None]), max_size=6)


def is_a(specific: Concept, general: Concept) -> bool | None:
    """Any knowledge that does not change."""
    return (True, False, None)[(len(specific.text) + 2 * len(general.text)) % 3]


@SETTINGS
@given(rules, participants(), st.dates(), st.booleans())
def test_matching_properties_every_rule_is_true_false_or_unknown(
    rule: Rule, participant: Participant, on: date, closed: bool
) -> None:
    found = evaluate(rule, participant, on=on, closed_world=closed, is_a=is_a)
    assert found in (True, False, None)
    assert found is evaluate(rule, participant, on=on, closed_world=closed, is_a=is_a)
    assert explain(rule, participant, on=on, closed_world=closed, is_a=is_a).holds is found


@SETTINGS
@given(st.lists(rules, min_size=1, max_size=3), participants(), st.integers(1, 4))
def test_matching_properties_logic_is_kleene_s(parts: list[Rule], participant: Participant, number: int) -> None:
    def holds(rule: Rule) -> bool | None:
        return evaluate(rule, participant, on=ON)

    each = [holds(part) for part in parts]
    denied: list[Rule] = [Not(rule=part) for part in parts]
    assert holds(Not(rule=Not(rule=parts[0]))) is each[0]
    assert holds(Not(rule=AllOf(rules=parts))) is holds(AnyOf(rules=denied))
    assert holds(Not(rule=AnyOf(rules=parts))) is holds(AllOf(rules=denied))
    assert holds(AnyOf(rules=parts, at_least=len(parts))) is holds(AllOf(rules=parts))
    assert holds(AnyOf(rules=parts, at_least=number)) is at_least(number, each)
    assert holds(AnyOf(rules=[*parts, Unstructured(text="and so on")])) is (True if True in each else None)


@given(truths, st.integers(1, 7))
def test_matching_properties_counting_agrees_with_every_way_to_fill_the_gaps(known: list[Any], number: int) -> None:
    surely, perhaps = known.count(True), known.count(None)
    counts = {surely + more >= number for more in range(perhaps + 1)}
    assert at_least(number, known) is (counts.pop() if len(counts) == 1 else None)
    assert some(known) is at_least(1, known)
    assert every(known) is negated(some([negated(truth) for truth in known]))


# --- knowing more ----------------------------------------------------------------------------------------------------

#: Things that the rules and facts below are about.
NAMES = st.sampled_from(["asthma", "cancer", "lymphoma"])
WHEN = st.lists(
    st.sampled_from(
        [
            window("before", "P1Y"),
            window("before", None, min="P1M"),
            window("within", "P6M", "surgery"),
            window("before", "P2M", of="onset"),
            window("before", None, of="last_dose", shorter_of=["P28D", "5 half-lives"]),
            window("after", "P1Y", of="diagnosis"),
        ]
    ),
    max_size=1,
)
PLAIN: dict[str, Any] = {
    "when": WHEN,
    "status": st.sampled_from([[], ["current"], ["history"], ["planned"], ["history", "planned"]]),
    "qualifiers": st.sampled_from([[], ["severe"]]),
    "duration": st.sampled_from([None, None, least(30, "d"), most(2, "mo")]),
    "count": st.sampled_from([None, None, least(2), most(1)]),
}
CERTAIN = PLAIN | {"certainty": st.sampled_from([[], ["confirmed"], ["suspected"], ["confirmed", "suspected"]])}


@st.composite
def existential(draw: st.DrawFn) -> Rule:
    """Rules that ask whether there is something: none for the latest value, none for what is known as such."""

    def atom(deep: bool) -> Rule:
        kind = draw(st.sampled_from([condition, treatment, allergy, observation]))
        modifiers = {name: draw(each) for name, each in (PLAIN if kind is observation else CERTAIN).items()}
        inner = {name: [atom(False)] for name in ("where", "unless", "examples") if deep and draw(st.booleans())}
        return kind(draw(NAMES), **modifiers, **inner)

    found = [atom(True) for _ in range(draw(st.integers(1, 2)))]
    found = [Not(rule=each) if draw(st.booleans()) else each for each in found]
    return AllOf(rules=found) if draw(st.booleans()) else AnyOf(rules=found)


PAST = st.sampled_from(["2024-06", "2025", "2025-04-20", "2023-01-01", "2024"])
_known = {"concept": NAMES, "ongoing": st.sampled_from([True, False, None])}
_more = {
    "start": PAST,
    "end": st.sampled_from(["2025-05-31", "2025-05", "2025-06-01", "2026"]),
    "qualifiers": st.sampled_from([["severe"], ["mild"]]),
    "certainty": st.sampled_from(["confirmed"]),
}
_own = st.fixed_dictionaries({"conditions": st.lists(st.fixed_dictionaries(_known, optional=_more), max_size=1)})
FACT = st.fixed_dictionaries(_known, optional=_more | {"particulars": _own})
LISTS = ("conditions", "treatments", "observations")


@SETTINGS
@given(existential(), st.data())
def test_matching_properties_another_fact_flips_nothing(rule: Rule, data: st.DataObject) -> None:
    record = {name: data.draw(st.lists(FACT, max_size=2)) for name in LISTS}
    before = evaluate(rule, Participant(**record), on=ON)
    record[data.draw(st.sampled_from(LISTS))].append(data.draw(FACT))
    after = evaluate(rule, Participant(**record), on=ON)
    assert before is None or after is before


@SETTINGS
@given(existential(), FACT, st.data())
def test_matching_properties_a_date_or_detail_flips_nothing(
    rule: Rule, fact: dict[str, Any], data: st.DataObject
) -> None:
    missing = [name for name in _more if name not in fact]
    assume(missing)
    complete = data.draw(st.sampled_from([[], ["condition"], ["condition", "treatment", "observation"]]))
    name = data.draw(st.sampled_from(missing))
    added = fact | {name: data.draw(_more[name])}
    # an end that contradicts what was said of the fact is no detail of it
    assume(name != "end" or fact["ongoing"] is None)
    for kind in LISTS:
        before = evaluate(rule, Participant(**{kind: [fact], "complete": complete}), on=ON)
        after = evaluate(rule, Participant(**{kind: [added], "complete": complete}), on=ON)
        assert before is None or after is before, kind


@SETTINGS
@given(existential(), st.lists(FACT, max_size=2), st.booleans())
def test_matching_properties_closing_the_world_flips_nothing(rule: Rule, facts: list[Any], treated: bool) -> None:
    record = Participant(**{"treatments" if treated else "conditions": facts})
    before = evaluate(rule, record, on=ON)
    assert before is None or evaluate(rule, record, on=ON, closed_world=True) is before


@given(moments)
def test_matching_properties_moments_are_taken_as_they_are(moment: str) -> None:
    assert Participant(birth_date=moment).birth_date == moment


@pytest.mark.parametrize("kind", [condition, treatment, allergy, observation])
def test_matching_properties_existential_rules_are_not_all_unknown(kind: Any) -> None:
    """The properties above would hold of an evaluator that never knows."""
    name = {"allergy": "allergies"}.get(kind("asthma").type, kind("asthma").type + "s")
    record = Participant(**{name: [{"concept": "asthma", "ongoing": True}]})
    assert evaluate(kind("asthma"), record, on=ON) is True
    assert evaluate(kind("cancer"), Participant(complete=[kind("asthma").type]), on=ON) is False
