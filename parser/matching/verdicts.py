"""Whether a participant is eligible, and why: the criteria that decide, and those that leave it open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from parser.matching.evaluator import evidence, inheriting, is_about, truth, world_of
from parser.matching.identity import IsA
from parser.matching.kleene import Truth
from parser.matching.participant import Participant
from parser.matching.world import World
from parser.models.base import Value
from parser.models.eligibility import Criterion, CriterionKind, Eligibility
from parser.models.rules import Age, AllOf, AnyOf, Not, Rule, Sex, Subject, Unstructured, parts
from parser.models.trial import Trial

#: What reasons from the registry's own fields have as their id.
_FIELDS = ("sex", "age")

VerdictStatus = Literal["eligible", "ineligible", "undetermined"]


class Reason(Value):
    """What one criterion, or one of the registry's own fields, says of the participant."""

    id: str
    """The criterion's, or `sex` or `age` for the registry's fields."""
    kind: CriterionKind
    """The registry's fields are like inclusion criteria."""
    holds: bool | None = None
    """Whether its rule is true; absent where that is not known."""
    decides: bool
    """Whether it bears on the verdict; criteria of unspecified kind and suspect polarity do not."""

    @property
    def passes(self) -> bool | None:
        """Whether the participant passes: an inclusion holds, an exclusion does not."""
        return self.holds if self.holds is None or self.kind != "exclusion" else not self.holds


class Verdict(Value):
    """Whether a participant is eligible, by what is on record."""

    status: VerdictStatus
    reasons: list[Reason] = Field(default_factory=list)
    """One for every field and criterion that was evaluated, in page order."""
    out_of_scope: list[str] = Field(default_factory=list)
    """Criteria of a cohort, part or visit that was not asked about."""
    closed_world: bool
    """Whether conditions, treatments and allergies that are not on record were taken as absent."""
    on: date

    @property
    def rests_on_criteria(self) -> bool:
        """Whether any criterion bore on the verdict; without one, nobody is found eligible."""
        return any(reason.decides and reason.id not in _FIELDS for reason in self.reasons)

    @property
    def failed(self) -> list[str]:
        """What makes the participant ineligible."""
        return [reason.id for reason in self.reasons if reason.decides and reason.passes is False]

    @property
    def unknown(self) -> list[str]:
        """What leaves the verdict open."""
        return [reason.id for reason in self.reasons if reason.decides and reason.passes is None]


class Explanation(Value):
    """A rule in words with what it came to, and the same of its parts."""

    rule: str
    type: str
    holds: bool | None = None
    facts: list[str] = Field(default_factory=list)
    """JSON pointers of the facts in the participant that are, or may be, what an atom asks for."""
    parts: list[Explanation] = Field(default_factory=list)


def verdict(
    trial: Trial | Eligibility,
    participant: Participant,
    *,
    on: date,
    closed_world: bool = False,
    is_a: IsA | None = None,
    scope: str | None = None,
) -> Verdict:
    """Tell whether a participant is eligible for a trial.

    Ineligible: the registry's sex or age fails, an inclusion is false, or an exclusion is true. Eligible: sex, age and
    every inclusion hold, and every exclusion is false. Undetermined otherwise, and where no criterion decides: a text
    that is empty, or whose criteria are all of another scope, of no known kind or of suspect polarity, lets nobody in.

    Args:
        trial: A trial, or its eligibility, with rules.
        participant: What is on record.
        on: The day of evaluation, see `evaluate`.
        closed_world: See `evaluate`; the verdict says it.
        is_a: See `evaluate`.
        scope: The cohort, part or visit asked about: the text of the criteria's scope, or one of its ids. Without it,
            only criteria for everybody count.

    Raises:
        ValueError: `on` has a time zone.
    """
    eligibility = trial.eligibility if isinstance(trial, Trial) else trial
    world = world_of(participant, on, closed_world, is_a)
    asked = list(_asked(eligibility.criteria))
    inside = [criterion for criterion in asked if _is_in_scope(criterion, scope)]
    reasons = [*_registry_reasons(eligibility, world), *(_reason(criterion, world) for criterion in inside)]
    return Verdict(
        status=_status(reasons),
        reasons=reasons,
        out_of_scope=[criterion.id for criterion in asked if not _is_in_scope(criterion, scope)],
        closed_world=closed_world,
        on=on,
    )


def _asked(criteria: list[Criterion], head: Criterion | None = None) -> Iterator[Criterion]:
    """Yield the criteria at the top, and nested ones with a scope of their own; others are in their heads' rules."""
    for criterion in criteria:
        if criterion.role == "rule" and (head is None or criterion.scope not in (None, head.scope)):
            yield criterion
        yield from _asked(criterion.criteria, criterion)


def _is_in_scope(criterion: Criterion, scope: str | None) -> bool:
    own = criterion.scope
    return own is None or (scope is not None and scope in (own.text, *own.ids))


def _reason(criterion: Criterion, world: World) -> Reason:
    decides = criterion.kind in ("inclusion", "exclusion") and "polarity_suspect" not in criterion.flags
    holds = None if criterion.rule is None else truth(criterion.rule, world)
    return Reason(id=criterion.id, kind=criterion.kind, holds=holds, decides=decides)


def _registry_reasons(eligibility: Eligibility, world: World) -> Iterator[Reason]:
    """Yield what the registry's own fields say; a limit that it does not state holds."""
    holds: Truth
    if eligibility.sex not in (None, "all"):
        holds = None if eligibility.sex == "unknown" else truth(Sex(value=eligibility.sex), world)
        yield Reason(id="sex", kind="inclusion", holds=holds, decides=True)
    if eligibility.age is not None:
        holds = truth(Age(range=eligibility.age), world)
        yield Reason(id="age", kind="inclusion", holds=holds, decides=True)


def _status(reasons: list[Reason]) -> VerdictStatus:
    passes = [reason.passes for reason in reasons if reason.decides]
    if False in passes:
        return "ineligible"
    rests_on_criteria = any(reason.decides and reason.id not in _FIELDS for reason in reasons)
    return "eligible" if rests_on_criteria and None not in passes else "undetermined"


def explain(
    rule: Rule, participant: Participant, *, on: date, closed_world: bool = False, is_a: IsA | None = None
) -> Explanation:
    """Return what a rule and each of its parts come to for a participant, and the facts that this rests on.

    Takes what `evaluate` takes, and raises what it raises.
    """
    return _explained(rule, world_of(participant, on, closed_world, is_a))


def _explained(rule: Rule, world: World) -> Explanation:
    if isinstance(rule, AllOf | AnyOf | Not | Unstructured | Sex):
        below = parts(rule)
    else:
        told = [*([rule.defined_as] if rule.defined_as else []), *rule.examples]
        below = [inheriting(each, rule) for each in told]
    return Explanation(
        rule=str(rule),
        type=rule.type,
        holds=truth(rule, world),
        facts=_pointers(rule, world),
        parts=[_explained(part, world) for part in below],
    )


def _pointers(rule: Rule, world: World) -> list[str]:
    """Return where the facts stand on which an atom rests; those about others stand under them."""
    if isinstance(rule, AllOf | AnyOf | Not | Age | Sex | Unstructured) or rule.defined_as is not None:
        return []
    found: list[str] = []
    for prefix, each in _people(rule.subject, world):
        facts = [id(fact) for fact in evidence(rule, each)]
        found += [prefix + pointer for pointer, fact in each.person.walk() if id(fact) in facts]
    return found


def _people(subject: Subject | None, world: World) -> Iterator[tuple[str, World]]:
    if subject is None:
        yield "", world
        return
    for at, other in enumerate(world.participant.others):
        if is_about(subject, other.role):
            yield f"/others/{at}", world.of(other, subject)
