"""Facts of other people: "Mothers with diabetes", "Men whose partners are pregnant", "maternal HIV infection".

The words behind the person are read as a criterion of their own, and every atom of it is given the subject. Before the
person only the participant may be spoken of ("infants born to", "men whose"). What follows a second person, or the
participant again, may be anybody's: then nothing is turned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from parser.models.rules import AllOf, AnyOf, Not, Rule, Sex, Subject, Unstructured, atoms
from parser.models.values import Span
from parser.rules.context import SURE, Context, all_of, any_of
from parser.rules.units import Unit, cut

Read = Callable[[list[Unit], Context], Rule]
#: A person in the words: role, start, end.
Person = tuple[str, int, int]

#: Roles that one wider role takes together.
_PARENTS = frozenset(("mother", "father", "parent"))
_KIN = frozenset(("mother", "father", "parent", "relative"))
#: Words that may stand before the person.
_BEFORE = frozenset(
    """
    whose born to of with has have having a an the any at least one or more either both biological sexual his her their
    's who is are from by must each all
    """.split()
)
#: Words between the person and what is said of them.
_LINKS = frozenset("has have had having with who that is are was were be being must should will 's ’s ' ’ :".split())
#: Kinds of unit that a statement about the person may begin with, where no such word stands before it.
_STATEMENTS = frozenset(("status", "age", "intro", "negation", "certainty", "established", "ability", "colon"))
_HYPHENS = ("-", "‐", "‑", "–")
#: Words after which what is named is the person's by the word itself.
_ADJECTIVES = re.compile(r"(?:maternal|paternal|parental|(?:'s|’s|s'|s’))$", re.IGNORECASE)


def read_about_others(row: list[Unit], people: Sequence[Person], context: Context, read: Read) -> Rule | None:
    """Read a criterion about somebody else.

    Args:
        row: Its units.
        people: Whom else it speaks of, in order.
        context: Where it stands.
        read: Reads a stretch of units as a criterion of its own.

    Returns:
        None where it is not wholly about them, or not understood.
    """
    named = _together(people, context)
    role = _role([who for who, _, _ in named])
    start, end = named[0][1], named[-1][2]
    parted = cut(row, start, end)
    if parted is None or role is None or len(named) < len(people) or context.text.text[end : end + 1] in _HYPHENS:
        return None
    before, after = parted
    if not all(_may_stand_before(unit) for unit in before):
        return None
    told = _told(after, is_adjective=_ADJECTIVES.search(context.words(start, end)) is not None)
    if told is None and not after and role == "partner":
        told = [unit for unit in before if unit.kind == "reproductive"]  # "pregnant partners"
    elif any(unit.kind == "reproductive" for unit in before):
        return None
    if not told or any(unit.kind in ("population", "sex") for unit in told):
        return None
    rule = read(told, context)
    if any(isinstance(atom, Unstructured) or getattr(atom, "subject", None) for atom in atoms(rule)):
        return None
    about = _of(rule, role, context.span(start, end))
    sexes = [
        Sex.model_validate({"value": unit.value, "spans": context.spans(unit), "confidence": SURE})
        for unit in before
        if unit.kind == "sex"
    ]
    return all_of([any_of(sexes), about]) if sexes else about


def _together(people: Sequence[Person], context: Context) -> list[Person]:
    """Return the people named side by side first: "siblings or parents"."""
    named = [people[0]]
    for person in people[1:]:
        between = context.words(named[-1][2], person[1]).lower().split()
        if not set(between) <= {"or", "and", ",", "/", "and/or", "legal"}:
            break
        named.append(person)
    return named


def _role(roles: Sequence[str]) -> Subject | None:
    """Return the role of all of them; None where no role takes them together."""
    found = set(roles)
    if len(found) == 1:
        role: Subject = found.pop()  # type: ignore[assignment]
        return role
    if found <= _PARENTS:
        return "parent"
    if found <= _KIN:
        return "relative"
    return "donor" if found == {"relative", "donor"} else None


def _may_stand_before(unit: Unit) -> bool:
    if unit.kind in ("article", "population", "sex", "reproductive"):
        return True
    return set(unit.text.lower().split()) <= _BEFORE


def _told(after: list[Unit], *, is_adjective: bool) -> list[Unit] | None:
    """Return what is said of the person; None where nothing shows that it is."""
    at = 0
    while at < len(after) and after[at].text.lower() in _LINKS:
        at += 1
    rest = after[at:]
    if not rest:
        return None
    return rest if at or is_adjective or rest[0].kind in _STATEMENTS else None


def _of(rule: Rule, role: Subject, place: Span) -> Rule:
    """Give every atom of a rule its subject, and the words that name them."""
    if isinstance(rule, AllOf | AnyOf):
        parts = [_of(part, role, place) for part in rule.rules]
        return rule.model_copy(update={"rules": parts, "spans": _wider(rule.spans, place)})
    if isinstance(rule, Not):
        return rule.model_copy(update={"rule": _of(rule.rule, role, place), "spans": _wider(rule.spans, place)})
    return rule.model_copy(update={"subject": role, "spans": sorted([place, *rule.spans])})


def _wider(spans: Sequence[Span], place: Span) -> list[Span]:
    ends = [place, *spans]
    return [(min(start for start, _ in ends), max(end for _, end in ends))]
