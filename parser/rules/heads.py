"""List heads: what the head says, joined with the rules of the items under it.

A head that only announces its list ("Any of the following:", "Specific medical conditions:") adds nothing but the
way of joining. A head with words of its own that are not understood narrows its list, so it is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parser.models.eligibility import Criterion
from parser.models.rules import Age, AllOf, Measurement, Rule, atoms
from parser.normalize.numbers import parse_number
from parser.rules.context import all_of, any_of, least, outline_of
from parser.rules.units import Unit

#: Words of which a head may consist without saying anything about a person.
GENERIC_WORDS = frozenset(
    """
    a an the any all of following specific specified certain particular defined selected special various some other
    relevant concomitant comorbid underlying medical clinical health problem problems condition conditions disease
    diseases disorder disorders criterion criteria patient patients subject subjects participant participants
    individual individuals with who have has having had must meet meets fulfil fulfill satisfy one or more at least
    two three four these those below listed as follows are is be and either each exclusion inclusion eligible
    eligibility for to in presence such history situation situations circumstances cases case should will apply
    applies including includes include
    """.split()
)

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

_COUNT = re.compile(r"\b(?:at least|any|minimum of)\s+(\w+)\s+of\b|\b(\w+)\s+or\s+more\s+of\b", re.IGNORECASE)
_ALL = re.compile(r"\ball\b", re.IGNORECASE)
_ANY = re.compile(r"\b(?:any|either|one)\b", re.IGNORECASE)
_CONNECTOR = re.compile(r"\b(or|and)\W*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a criterion's own words say.

    Attributes:
        rule: None for a head that only announces its list.
        names_disease: Whether the words begin by naming a disease, understood or not.
    """

    rule: Rule | None
    names_disease: bool = False


def opens_with_disease(row: Sequence[Unit]) -> bool:
    """Tell whether a criterion begins with the name of a disease, qualifiers and introductions aside."""
    first = next((unit for unit in row if unit.kind not in _BEFORE_A_NAME), None)
    return first is not None and first.kind == "phrase" and first.value == "Condition"


def is_generic(text: str) -> bool:
    """Tell whether a head only announces its list."""
    return all(word.lower() in GENERIC_WORDS for word in _WORD.findall(text))


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
    joined = _joined(head, rules, diseases, _connectors(children))
    if own is None:
        return joined.model_copy(update={"spans": [head.span, *outline_of(rules)]}) if len(rules) > 1 else joined
    return all_of([own, joined])


def _connectors(children: Sequence[Criterion]) -> set[str]:
    """Return the words that stand at the ends of the items: "asthma; or"."""
    found = (_CONNECTOR.search(child.text) for child in children[:-1])
    return {match[1].lower() for match in found if match}


def _joined(head: Criterion, rules: list[Rule], diseases: list[bool], connectors: set[str]) -> Rule:
    """Join the children's rules as the head says; of several diseases that an inclusion lists, nobody must have all."""
    wanted = _count(head.text)
    if wanted is not None and wanted <= len(rules):
        return any_of(rules, wanted)
    if connectors == {"or"}:
        return any_of(rules)
    if connectors == {"and"}:
        return _each(rules)
    if _ALL.search(head.text):
        return _each(rules)
    if _ANY.search(head.text) or head.kind != "inclusion":
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


def _count(text: str) -> int | None:
    """Return n of "at least n of the following"; None when the head names no number above one."""
    match = _COUNT.search(text)
    number = parse_number(match[1] or match[2]) if match else None
    return number if isinstance(number, int) and number > 1 else None
