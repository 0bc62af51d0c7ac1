"""Whether a rule holds for a participant: true, false, or not known.

`evaluate` is the way in. Logic nodes are Kleene's; an atom holds where a fact on record is what it asks for. What makes
an atom false is a fact, too: a measured value out of range, an absence, a list that is complete.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, cast

from parser.matching.absence import is_absent
from parser.matching.amounts import Between, aged, exactly, in_range, measured_in_range, range_ucum
from parser.matching.candidates import FactAtom, is_refuted, selections
from parser.matching.extents import Extent, at, extent
from parser.matching.identity import Concepts, IsA
from parser.matching.kleene import Truth, at_least, every, negated, some
from parser.matching.moments import day_of, stretch
from parser.matching.participant import (
    Amount,
    AnyFact,
    BiomarkerFact,
    MeasurementFact,
    ObservationFact,
    Participant,
)
from parser.matching.windows import anchor_of
from parser.matching.words import any_says, number_said
from parser.matching.world import World
from parser.models.rules import (
    Age,
    AllOf,
    AnyOf,
    Biomarker,
    Measurement,
    Not,
    Observation,
    Rule,
    Sex,
    Unstructured,
)
from parser.models.values import Range
from parser.vocabulary.measurements import measured

#: Facts that a closed world has in full.
CLOSED = frozenset(("condition", "treatment", "allergy"))


def evaluate(
    rule: Rule, participant: Participant, *, on: date, closed_world: bool = False, is_a: IsA | None = None
) -> bool | None:
    """Tell whether a rule holds for a participant; None where the record does not tell.

    Args:
        rule: Any rule. Being an exclusion changes nothing: true means that it describes the participant.
        participant: What is on record.
        on: The day of evaluation, or the instant (a `datetime` without a zone). It stands for entry into the study
            (screening, consent, enrolment, randomization, first dose, baseline) where the record has no date for it.
        closed_world: Take conditions, treatments and allergies that are not on record as absent. Say so to whoever
            relies on the result.
        is_a: Tells whether a concept is a kind of another, None where that is not known. Without it, a fact is what an
            atom names where they share a code, or a name.

    Raises:
        ValueError: `on` has a time zone.

    Examples:
        >>> from parser.models import Concept, Condition
        >>> sepsis = Condition(concept=Concept(text="sepsis"))
        >>> evaluate(sepsis, Participant(conditions=[{"concept": "Sepsis"}]), on=date(2025, 6, 1))
        True
    """
    return truth(rule, world_of(participant, on, closed_world, is_a))


def world_of(participant: Participant, on: date, closed_world: bool, is_a: IsA | None) -> World:
    """Return the whole record of a participant."""
    complete = frozenset(participant.complete) | (CLOSED if closed_world else frozenset())
    return World(participant, participant, day_of(on), Concepts(is_a), complete)


def truth(rule: Rule, world: World) -> Truth:
    """Tell whether a rule holds in a world."""
    match rule:
        case AllOf():
            return every(truth(part, world) for part in rule.rules)
        case AnyOf():
            return at_least(rule.at_least, (truth(part, world) for part in rule.rules))
        case Not():
            return negated(truth(rule.rule, world))
        case Unstructured():
            return None
        case _:
            return _atom(rule, world)


# --- atoms -----------------------------------------------------------------------------------------------------------

#: Atoms but `unstructured`.
_Told = Age | Sex | FactAtom

#: What an atom gives to the atoms of its definition, and of its examples, that have none of their own.
INHERITED = ("status", "when", "duration", "count", "certainty", "subject", "where", "unless")


def _atom(rule: _Told, world: World) -> Truth:
    if rule.subject is not None and rule.subject != world.subject:
        return _of_others(rule, world)
    if isinstance(rule, Sex):
        return None if world.person.sex is None else world.person.sex == rule.value
    if rule.defined_as is not None:
        return truth(inheriting(rule.defined_as, rule), world)
    own = _aged(rule, world) if isinstance(rule, Age) else _on_record(rule, world)
    if own is True or not rule.examples:
        return own
    # a kind of the term that is not there proves nothing: only what is true or open of the examples counts
    kinds = some(truth(inheriting(example, rule), world) for example in rule.examples)
    return own if kinds is False else kinds


def inheriting(definition: Rule, atom: _Told) -> Rule:
    """Return a definition or an example with its atom's modifiers on each atom that has none of its own."""
    if isinstance(definition, AllOf | AnyOf):
        return definition.model_copy(update={"rules": [inheriting(part, atom) for part in definition.rules]})
    if isinstance(definition, Not):
        return definition.model_copy(update={"rule": inheriting(definition.rule, atom)})
    given = {name: value for name in INHERITED if (value := getattr(atom, name, None))}
    fields = type(definition).model_fields
    return definition.model_copy(
        update={name: value for name, value in given.items() if name in fields and not getattr(definition, name)}
    )


#: Whose facts answer a question about others besides those of that role.
_KIN: dict[str, tuple[str, ...]] = {
    "parent": ("mother", "father"),
    "relative": ("mother", "father", "parent", "child"),
}
#: Roles of one person: what is not so of the one on record is not so.
_SINGLE = frozenset(("mother", "father", "partner", "donor", "recipient", "caregiver"))


def is_about(subject: str, role: str) -> bool:
    """Tell whether facts of somebody in a role answer a question about a subject."""
    return role == subject or role in _KIN.get(subject, ())


def _of_others(rule: _Told, world: World) -> Truth:
    """Evaluate an atom on the people whom it is about: true of any of them."""
    subject = rule.subject
    if subject is None:
        return None
    people = [each for each in world.participant.others if is_about(subject, each.role)]
    found = some(truth(rule, world.of(each, subject)) for each in people)
    return found if found is not False or (people and subject in _SINGLE) else None


def _aged(rule: Age, world: World) -> Truth:
    """Evaluate an age: on the day of evaluation, at the anchor of its window, or when an occurrence began."""
    born = world.person.birth_date
    until = _time_of_age(rule, world)
    if born is None or until is None or rule.range is None or rule.duration is not None:
        return None
    return every(
        (
            aged(at(stretch(born)), until, rule.range),
            *(truth(each, world) for each in rule.where),
            *(negated(truth(each, world)) for each in rule.unless),
        )
    )


def _time_of_age(rule: Age, world: World) -> Extent | None:
    if not rule.when:
        return at(world.on) if world.occurrence is None else extent(world.occurrence, world.on)
    when = rule.when[0]
    if len(rule.when) > 1 or when.relation != "at" or when.min is not None or when.max is not None:
        return None
    return anchor_of(when, world.person, world.on)


# --- facts -----------------------------------------------------------------------------------------------------------


def _on_record(rule: FactAtom, world: World) -> Truth:
    """Evaluate an atom that asks for facts: that there is one, how many, or the value of the latest."""
    if rule.type != "requirement" and getattr(rule, "count", None) is not None:
        return _counted(rule, world)
    if _has_values(rule) and not {"history", "prior"} & set(rule.status):
        return _latest(rule, world)
    found = some(matched(rule, fact, world) for fact in world.facts(rule.type))
    if "family_history" in rule.status and _in_family(rule, world):
        return True
    return found if found is not False else (False if is_absent(rule, world) else None)


def _in_family(rule: FactAtom, world: World) -> bool:
    """Tell whether a relative on record has or had what is asked for; that none has proves nothing."""
    had = rule.model_copy(update={"status": ["history"]})
    relatives = [each for each in world.participant.others if is_about("relative", each.role)]
    return world.subject is None and any(truth(had, world.of(each, each.role)) for each in relatives)


def _has_values(rule: FactAtom) -> bool:
    return isinstance(rule, Measurement | Biomarker | Observation) and bool(rule.range or rule.values)


def evidence(rule: FactAtom, world: World) -> list[AnyFact]:
    """Return the facts that are or may be what an atom asks about, those that say it is absent included."""
    return [fact for fact in world.facts(rule.type) if _selected(rule, fact, world) is not False]


def matched(rule: FactAtom, fact: AnyFact, world: World) -> Truth:
    """Tell whether a fact is an occurrence of what an atom asks for."""
    if not _has_values(rule):
        return False if is_refuted(fact) else _selected(rule, fact, world)
    selected = _selected(rule, fact, world)
    return selected if selected is False else every((selected, _has_value(rule, fact)))


def _selected(rule: FactAtom, fact: AnyFact, world: World) -> Truth:
    """Tell whether a fact is what an atom asks about, whatever its value."""
    known = every(selections(rule, fact, world))
    if known is False:
        return False
    held = every(truth(each, world.within(fact)) for each in rule.where)
    if held is False or not rule.unless:
        return every((known, held))
    outside = world.taken_out(fact, rule, rule.unless)
    return every((known, held, negated(some(truth(each, outside) for each in rule.unless))))


def _latest(rule: FactAtom, world: World) -> Truth:
    """Evaluate the value of the latest fact; where several may be the latest, they must agree."""
    facts = [
        (fact, selected) for fact in world.facts(rule.type) if (selected := _selected(rule, fact, world)) is not False
    ]
    when = [extent(fact, world.on).start for fact, _ in facts]
    sure = [moment.earliest for moment, (_, selected) in zip(when, facts, strict=True) if selected]
    if not sure:
        return None
    found = {
        _has_value(rule, fact) for moment, (fact, _) in zip(when, facts, strict=True) if moment.latest >= max(sure)
    }
    return found.pop() if len(found) == 1 else None


def _counted(rule: FactAtom, world: World) -> Truth:
    """Count occurrences; those that are not on record count as possible, unless the record is complete."""
    limits: Range = rule.count  # type: ignore[union-attr,assignment]
    unit = range_ucum(limits)
    if limits.relative_to is not None or (unit and not unit.startswith("{")):
        # a rate
        return None
    single = unit in ("", *_TIMES) or (limits.unit or "").lower().rstrip("s") in _OCCURRENCES
    sure, possible = 0, 0 if is_absent(rule, world) else None
    for fact in world.facts(rule.type):
        found = matched(rule, fact, world)
        if found is False:
            continue
        number = fact.count if fact.count is not None else 1 if single else None
        sure += (number if number is not None else 1) if found else 0
        possible = None if possible is None or number is None else possible + number
    return in_range(Between(Fraction(sure), None if possible is None else Fraction(possible)), limits)


#: Units that count occurrences as such; of others (cycles, lesions) a fact stands for one or more.
_TIMES = ("{times}", "{episodes}", "{occurrences}", "{events}")
_OCCURRENCES = frozenset(("time", "episode", "occurrence", "event", "occasion", "attack"))


# --- values ----------------------------------------------------------------------------------------------------------


def _has_value(rule: FactAtom, fact: AnyFact) -> Truth:
    """Tell whether what was measured is in the range and among the values asked for."""
    if not isinstance(rule, Measurement | Biomarker | Observation):
        return None
    valued = cast("MeasurementFact | BiomarkerFact | ObservationFact", fact)
    analyte = measured(rule.concept.name or rule.concept.text) if isinstance(rule, Measurement) else None
    truths: list[Truth] = []
    if rule.range is not None:
        number = _with_number(valued)
        truths.append(measured_in_range(number, rule.range, analyte) if fact.present else _nothing(fact, rule.range))
    if rule.values:
        truths.append(any_says(_results(valued), rule.values))
    return every(truths)


def _nothing(fact: AnyFact, limits: Range) -> Truth:
    """Tell whether a range holds none of something: an observation that is not made is one of zero."""
    return in_range(exactly(0), limits) if isinstance(fact, ObservationFact) else None


def _with_number(fact: Any) -> Any:
    """Return a fact with the number that its result in words is (class `III`), where it has no other."""
    if fact.amount is not None:
        return fact
    number = number_said(fact.results)
    return fact if number is None else fact.model_copy(update={"amount": Amount(value=number)})


def _results(fact: MeasurementFact | BiomarkerFact | ObservationFact) -> list[str]:
    """Return a fact's results in words; a marker or an observation without any is there or not."""
    results = list(fact.results)
    if fact.amount is not None and fact.amount.comparator is None:
        results.append(f"{fact.amount.value:g}")
    if not results and not isinstance(fact, MeasurementFact):
        return ["positive" if fact.present else "negative"]
    return results
