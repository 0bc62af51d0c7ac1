"""List heads: what the head says, joined with the rules of the items under it.

A head that only announces its list ("Any of the following:", "Specific medical conditions:") adds nothing but the
way of joining, and what it says of every item ("No history of:"). One that names a thing has the items as its meaning
or as examples, where it says so; else its own words are kept beside the list: they narrow it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parser.models.eligibility import Criterion
from parser.models.rules import Age, AllOf, Measurement, Rule, atoms
from parser.rules.announcing import Announcement, Count, counted, specified
from parser.rules.context import all_of, any_of, least, not_, outline_of
from parser.rules.units import Unit

#: Kinds of unit that may stand before the name of a disease.
_BEFORE_A_NAME = (
    "article",
    "qualifier",
    "certainty",
    "established",
    "intro",
    "population",
    "narrowing",
    "word",
    "status",
)

_CONNECTOR = re.compile(r"\b(or|and)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a criterion's own words say.

    Attributes:
        rule: None for a head that only announces its list.
        names_disease: Whether the words begin by naming a disease, understood or not.
        announces: In which manner the items under it are meant, where the words say only that.
    """

    rule: Rule | None
    names_disease: bool = False
    announces: Announcement | None = None


def opens_with_disease(row: Sequence[Unit]) -> bool:
    """Tell whether a criterion begins with the name of a disease, qualifiers and introductions aside."""
    first = next((unit for unit in row if unit.kind not in _BEFORE_A_NAME), None)
    return first is not None and first.kind == "phrase" and first.value == "Condition"


def join_children(head: Criterion, own: Rule | None, readings: Mapping[str, Reading]) -> Rule | None:
    """Return the complete rule of a list head.

    Args:
        head: With its children's rules already made.
        own: What the head's words say beside announcing the list; None when they only announce it.
        readings: By criterion id, what the children's own words say.

    Returns:
        Copies of the children's rules (those with role `rule` in the head's scope), joined as the head says: any
        or all or at least so many; else all in an inclusion, any elsewhere. None when no child has a rule.
    """
    children = [child for child in head.criteria if child.role == "rule" and child.scope == head.scope]
    rules = [child.rule for child in children if child.rule is not None]
    if not rules:
        return own
    diseases = [_names_disease(child, readings) for child in children if child.rule is not None]
    count, announced = counted(head.text), readings[head.id].announces
    if announced is not None:
        own, rules = None, [announced.said_of(rule) for rule in rules]
    is_denied = own is None and ((announced is not None and announced.is_denied) or count == Count("none"))
    joined = _joined(head, rules, diseases, _connectors(children), count, is_denied=is_denied)
    if is_denied:
        return not_(joined, [head.span])
    if own is not None and (whole := specified(own, head.text, joined, rules)) is not None:
        return whole
    if own is None:
        return joined.model_copy(update={"spans": [head.span, *outline_of(rules)]}) if len(rules) > 1 else joined
    return all_of([own, joined])


def join_neighbours(criteria: Sequence[Criterion]) -> None:
    """Join requirements that "or" at their ends makes alternatives: "HbA1c ≥ 9 %; or" before "BMI ≥ 35 kg/m2".

    Each of them gets the rule of all, since each is evaluated by itself; in an exclusion they are alternatives anyway.

    Args:
        criteria: Those at the top, with their rules; changed in place.
    """
    run: list[Criterion] = []
    for criterion in criteria:
        run.append(criterion)
        said = _CONNECTOR.search(criterion.text)
        if criterion.kind == "inclusion" and said is not None and said[1].lower() == "or":
            continue
        _join_run([one for one in run if one.role == "rule" and one.scope == criterion.scope])
        run = []


def _join_run(run: Sequence[Criterion]) -> None:
    rules = [criterion.rule for criterion in run if criterion.rule is not None]
    if len(rules) > 1:
        for criterion in run:
            criterion.rule = any_of(rules)


def _connectors(children: Sequence[Criterion]) -> Count | None:
    """Return what the words at the ends of the items say: "asthma; or"."""
    found = (_CONNECTOR.search(child.text) for child in children[:-1])
    said = {match[1].lower() for match in found if match}
    return Count("any") if said == {"or"} else Count("all") if said == {"and"} else None


def _joined(
    head: Criterion,
    rules: list[Rule],
    diseases: list[bool],
    connectors: Count | None,
    count: Count | None,
    *,
    is_denied: bool,
) -> Rule:
    """Join the children's rules as the head says; of several diseases that an inclusion lists, nobody must have all."""
    several = count.join(rules) if count is not None and count.how in ("at least", "at most") else None
    if several is not None:
        return several
    said = connectors or count
    if said == Count("all"):
        return _each(rules)
    if said == Count("any"):
        return any_of(rules)
    if is_denied:
        # what must be absent, each by itself, is listed in an inclusion; an exclusion asks that something is there
        return any_of(rules) if head.kind == "inclusion" else _each(rules)
    if head.kind != "inclusion":
        return any_of(rules)
    if sum(diseases) < 2:
        return _each(rules)
    alternatives = [rule for rule, is_disease in zip(rules, diseases, strict=True) if is_disease]
    others = [rule for rule, is_disease in zip(rules, diseases, strict=True) if not is_disease]
    return _each([any_of(alternatives), *others])


def _names_disease(child: Criterion, readings: Mapping[str, Reading]) -> bool:
    """Tell whether an item names a disease and bounds no number, so that it may be one of several alternatives."""
    limits = child.rule is not None and any(isinstance(atom, Age | Measurement) for atom in atoms(child.rule))
    return readings[child.id].names_disease and not limits


def _each(rules: list[Rule]) -> Rule:
    """Join the children's rules under "all", each kept as one part."""
    if len(rules) == 1:
        return rules[0]
    return AllOf(rules=rules, spans=outline_of(rules), confidence=least(rules))
