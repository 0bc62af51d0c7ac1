"""List heads: what the head says, joined with the rules of the items under it.

A head that only announces its list ("Any of the following:", "Specific medical conditions:") adds nothing but the
way of joining. A head with words of its own that are not understood narrows its list, so it is kept beside it.
"""

from __future__ import annotations

import re

from parser.models.eligibility import Criterion
from parser.models.rules import AllOf, Condition, Rule, Unstructured
from parser.normalize.numbers import parse_number
from parser.rules.context import all_of, any_of, least, outline_of

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

_COUNT = re.compile(r"\b(?:at least|any|minimum of)\s+(\w+)\s+of\b|\b(\w+)\s+or\s+more\s+of\b", re.IGNORECASE)
_ALL = re.compile(r"\ball\b", re.IGNORECASE)
_ANY = re.compile(r"\b(?:any|either|one)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


def is_generic(text: str) -> bool:
    """Tell whether a head only announces its list."""
    return all(word.lower() in GENERIC_WORDS for word in _WORD.findall(text))


def join_children(head: Criterion, own: Rule | None) -> Rule | None:
    """Return the complete rule of a list head.

    Args:
        head: With its children's rules already made.
        own: What the head's words say beside announcing the list; None when they only announce it.

    Returns:
        Copies of the children's rules (those with role `rule` in the head's scope), joined as the head says: any
        or all or at least so many; else all in an inclusion, any elsewhere. None when no child has a rule.
    """
    children = [child for child in head.criteria if child.role == "rule" and child.scope == head.scope]
    rules = [child.rule for child in children if child.rule is not None]
    if not rules:
        return own
    joined = _joined(head, rules)
    if own is None:
        return joined.model_copy(update={"spans": [head.span, *outline_of(rules)]}) if len(rules) > 1 else joined
    return all_of([own, joined])


def _joined(head: Criterion, rules: list[Rule]) -> Rule:
    wanted = _count(head.text)
    if wanted is not None and wanted <= len(rules):
        return any_of(rules, wanted)
    if _ALL.search(head.text):
        return _each(rules)
    if _ANY.search(head.text) or head.kind != "inclusion" or _exclude_each_other(rules):
        return any_of(rules)
    return _each(rules)


def _exclude_each_other(rules: list[Rule]) -> bool:
    """Tell whether the children are kinds of disease, of which nobody has all."""
    understood = [rule for rule in rules if not isinstance(rule, Unstructured)]
    return len(understood) > 1 and all(isinstance(rule, Condition) and not rule.status for rule in understood)


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
