"""Whether one fact is what an atom asks for; everything but its `where`, `unless` and measured value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from parser.matching.amounts import amount_in_range, lasts
from parser.matching.extents import Extent, extent, is_once, is_ongoing
from parser.matching.identity import same_marker, same_name, same_words
from parser.matching.kleene import Truth, every, some
from parser.matching.moments import earlier, later, not_after
from parser.matching.participant import (
    ONCE,
    AllergyFact,
    AnyFact,
    BiomarkerFact,
    MeasurementFact,
    ReproductiveFact,
    RequirementFact,
    TreatmentFact,
)
from parser.matching.windows import anchor_of, in_window
from parser.matching.words import all_apply, says
from parser.matching.world import World
from parser.models.rules import (
    Allergy,
    Biomarker,
    Condition,
    Measurement,
    Observation,
    Reproductive,
    Requirement,
    Treatment,
)

#: Atoms that ask for facts on record.
FactAtom = Condition | Measurement | Biomarker | Treatment | Allergy | Reproductive | Observation | Requirement

#: Conditions that happen and are over: once they happened, they count for ever after. The ends of their names.
EVENTS = (
    "infarction",
    "stroke",
    "cerebrovascular accident",
    "transient ischemic attack",
    "cardiac arrest",
    "suicide attempt",
    "anaphylaxis",
    "anaphylactic shock",
)


def selections(atom: FactAtom, fact: AnyFact, world: World) -> Iterator[Truth]:
    """Yield whether a fact has each thing that an atom says of it, the cheapest first."""
    yield is_what(atom, fact, world)
    yield _has_status(atom, fact, world)
    yield from (in_window(fact, when, world.person, world.on) for when in atom.when)
    yield _is_certain(atom, fact)
    yield _by_method(atom, fact)
    yield all_apply(fact.qualifiers, getattr(atom, "qualifiers", []))
    yield _has_dose(atom, fact)
    yield _lasts(atom, fact, world)


# --- what it is ------------------------------------------------------------------------------------------------------


def is_what(atom: FactAtom, fact: AnyFact, world: World) -> Truth:
    """Tell whether a fact is what an atom names. Both are of the same type."""
    return _WHAT[atom.type](atom, fact, world)


def _condition(atom: Any, fact: Any, world: World) -> Truth:
    return world.concepts.matches(fact.concept, atom.concept)


def _measurement(atom: Measurement, fact: MeasurementFact, world: World) -> Truth:
    if atom.aspect != fact.aspect:
        return False
    return world.concepts.matches(fact.concept, atom.concept, measurement=True)


def _allergy(atom: Allergy, fact: AllergyFact, world: World) -> Truth:
    return world.concepts.matches(fact.concept, atom.concept) if atom.kind == fact.kind else False


def _reproductive(atom: Reproductive, fact: ReproductiveFact, world: World) -> Truth:
    return atom.state == fact.state


def _requirement(atom: Requirement, fact: RequirementFact, world: World) -> Truth:
    if atom.topic != fact.topic:
        return False
    if atom.concept is None:
        return True
    return None if fact.concept is None else world.concepts.matches(fact.concept, atom.concept)


def _biomarker(atom: Biomarker, fact: BiomarkerFact, world: World) -> Truth:
    if same_marker(atom.marker) != same_marker(fact.marker):
        return False
    asked = (atom.kind if atom.kind != "any" else None, atom.variant, atom.partner, atom.origin)
    recorded = (fact.kind if fact.kind != "any" else None, fact.variant, fact.partner, fact.origin)
    return every(_same_part(mine, theirs) for mine, theirs in zip(recorded, asked, strict=True))


def _same_part(recorded: str | None, asked: str | None) -> Truth:
    if asked is None:
        return True
    return None if recorded is None else same_words(recorded) == same_words(asked)


_WHAT = cast(
    "dict[str, Callable[[FactAtom, AnyFact, World], Truth]]",
    {
        "condition": _condition,
        "observation": _condition,
        "treatment": _condition,
        "measurement": _measurement,
        "allergy": _allergy,
        "reproductive": _reproductive,
        "requirement": _requirement,
        "biomarker": _biomarker,
    },
)

# --- when it is ------------------------------------------------------------------------------------------------------


def _has_status(atom: FactAtom, fact: AnyFact, world: World) -> Truth:
    """Tell whether a fact has any status of an atom, or the one that silence means."""
    if atom.status:
        return some(_STATUS.get(status, _has_standing(status))(fact, world) for status in atom.status)
    if world.occurrence is not None:
        # what belongs to an occurrence is of its time
        return True
    if fact.standing not in ("actual", "planned"):
        return False
    if atom.when or (isinstance(atom, Reproductive) and atom.state == "planning_pregnancy"):
        return True
    if isinstance(fact, AllergyFact | MeasurementFact | BiomarkerFact) or counts_for_ever(atom) or is_once(fact):
        return _has_begun(fact, world)
    return _is_current(fact, world)


def counts_for_ever(atom: FactAtom) -> bool:
    """Tell whether an atom without a status asks for what was at any time."""
    if isinstance(atom, Treatment):
        return atom.category in ONCE
    if isinstance(atom, Condition):
        return same_name(atom.concept.name or atom.concept.text).endswith(EVENTS)
    return isinstance(atom, Allergy)


def _has_begun(fact: AnyFact, world: World) -> Truth:
    if fact.standing != "actual":
        return False
    return not_after(extent(fact, world.on).start.on_days(), world.on.on_days())


def _is_current(fact: AnyFact, world: World) -> Truth:
    if is_ongoing(fact) is False and fact.end is None and not is_once(fact):
        return False
    if isinstance(fact, MeasurementFact | BiomarkerFact):
        return _has_begun(fact, world)
    ended = extent(fact, world.on).end.on_days()
    return every((_has_begun(fact, world), not_after(world.on.on_days(), ended)))


def _is_planned(fact: AnyFact, world: World) -> Truth:
    if fact.standing == "planned":
        return True
    if fact.standing != "actual":
        return False
    return not_after(world.on.on_days(), extent(fact, world.on).start.on_days(), strictly=True)


def _has_standing(status: str) -> Callable[[AnyFact, World], Truth]:
    return lambda fact, world: fact.standing == status


_STATUS: dict[str, Callable[[AnyFact, World], Truth]] = {
    "current": _is_current,
    "history": _has_begun,
    "prior": _has_begun,
    "planned": _is_planned,
}

# --- how it is -------------------------------------------------------------------------------------------------------


def _is_certain(atom: FactAtom, fact: AnyFact) -> Truth:
    """Tell whether a fact is as certain as asked; a suspicion is not known to be more than that."""
    asked = getattr(atom, "certainty", [])
    if not asked:
        return None if fact.certainty == "suspected" else True
    if "suspected" in asked and "confirmed" in asked:
        return True
    return some(_has_certainty(fact, each) for each in asked)


def _has_certainty(fact: AnyFact, asked: str) -> Truth:
    if asked == "known":
        return fact.certainty != "suspected"
    return None if fact.certainty is None else fact.certainty == asked


def _by_method(atom: FactAtom, fact: AnyFact) -> Truth:
    """Tell whether a method asked for established the fact; that another did proves nothing."""
    asked = getattr(atom, "method", [])
    used = {same_words(each) for each in fact.method}
    return True if not asked or any(same_words(each) in used for each in asked) else None


def _has_dose(atom: FactAtom, fact: AnyFact) -> Truth:
    if not isinstance(atom, Treatment) or atom.dose is None:
        return True
    if not isinstance(fact, TreatmentFact) or fact.dose is None:
        return None
    return amount_in_range(fact.dose, atom.dose)


def _lasts(atom: FactAtom, fact: AnyFact, world: World) -> Truth:
    """Tell whether a fact lasts as long as asked: until now, or until its window's anchor."""
    if atom.duration is None:
        return True
    if fact.duration is not None:
        return amount_in_range(fact.duration, atom.duration)
    whole = extent(fact, world.on)
    start = whole.start
    end = earlier(whole.end, world.on) if fact.standing == "actual" else whole.end
    for when in atom.when:
        anchor = anchor_of(when, world.person, world.on)
        if when.relation == "before":
            end = earlier(end, anchor.start)
        elif when.relation in ("after", "since"):
            start = later(start, anchor.end if when.relation == "after" else anchor.start)
    return lasts(Extent(start, end), atom.duration)


def is_refuted(fact: AnyFact) -> bool:
    """Tell whether a fact says that something is not: an absence, or a test for an alteration that found none."""
    if not fact.present:
        return True
    return isinstance(fact, BiomarkerFact) and any(says(result, "negative") is True for result in fact.results)
