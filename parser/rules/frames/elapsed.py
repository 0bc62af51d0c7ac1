"""Time that must have gone by: "at least 4 weeks since prior chemotherapy", "less than 6 months after a stroke".

"At least 4 weeks since X" asks of an inclusion that no X lies in the last 4 weeks, whether there was one before or not;
"3 to 12 months after X", and a state of health ("at least 3 months after a stroke"), tell when X was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parser.models.rules import AllOf, AnyOf, Not, Rule, Treatment, atoms
from parser.models.values import Range, Window
from parser.nlp.components.phrases import kind_of_words
from parser.nlp.components.phrases.patterns import CATEGORIES
from parser.normalize.concepts import singular
from parser.rules.context import LIKELY, Context, all_of, any_of, concept, not_
from parser.rules.frames.defining import reason
from parser.rules.frames.items import read_items
from parser.rules.frames.openings import opens
from parser.rules.frames.timing import iso_length
from parser.rules.things import NAMED, TREATMENTS, thing
from parser.rules.units import Cursor, Unit

#: Words before the last of several events, or its end, and not part of its name.
_LAST = re.compile(
    r"(?:\b(?:the|an?|any|other|their|all|last|latest|final|most recent|previous|prior|preceding|completion|completing|"
    r"end|ending|discontinuation|discontinuing|cessation|stopping|receipt|receiving|of)\b\s*)+",
    re.IGNORECASE,
)
_DOSE = re.compile(
    r"^(?:doses?|administration|infusion|injection|cycle|course|use|intake)\b(?:\s+(?:of|with)\b\s*)?", re.I
)
#: Anchors at which something other than a treatment or disease lies.
_NO_EVENT = frozenset(
    "screening consent enrollment randomization first_dose baseline diagnosis symptom_onset birth study".split()
)
_WORD = re.compile(r"[^\W\d_]")
_SINCE = ("since", "from", "after")
#: Phrases that name any treatment.
_ANY_TREATMENT = frozenset(
    "therapy therapies treatment treatments medication medications drug drugs agent agents".split()
)
_UNNAMED = frozenset("study trial visit day dosing day1 week month date time event events".split())


@dataclass(frozen=True, slots=True)
class _Elapsed:
    """How long ago something was.

    Attributes:
        units: The words of the time.
        low: The least length, and whether it is enough; None where none is said.
        high: The greatest one.
        is_last: Whether the last of several is meant.
    """

    units: list[Unit]
    low: tuple[str, bool] | None
    high: tuple[str, bool] | None
    is_last: bool


@opens("", first=("window", "quantity", "duration"))
def elapsed(cursor: Cursor, context: Context) -> Rule | None:
    """Read a time that has gone by since treatments or events, with the times that some of them have of their own."""
    if context.denied:
        return None
    rule = cursor.attempt(lambda: _since_anchor(cursor, context)) or _since_listed(cursor, context)
    if rule is None:
        return None
    why = cursor.attempt(lambda: reason(cursor, context, "Procedure"))
    if why is not None:
        rule = _given_for(rule, why[1])
    elif cursor.sees("word", "for"):
        return None
    other = cursor.attempt(lambda: _in_bracket(cursor, context))
    cursor.attempt(lambda: _gone_by(cursor))
    return all_of([rule, other]) if other is not None else rule


def _given_for(rule: Rule, why: Rule) -> Rule:
    """Add what the treatments were given for."""
    if isinstance(rule, AllOf | AnyOf):
        return rule.model_copy(update={"rules": [_given_for(part, why) for part in rule.rules]})
    if isinstance(rule, Not):
        return rule.model_copy(update={"rule": _given_for(rule.rule, why)})
    return rule.model_copy(update={"where": [*rule.where, why]}) if isinstance(rule, Treatment) else rule


def _since_anchor(cursor: Cursor, context: Context) -> Rule | None:
    """Read a window that names what it begins at ("≥ 2 weeks after the last dose of G-CSF")."""
    unit = cursor.take("window")
    window: Window | None = unit.data if unit is not None else None
    if unit is None or window is None or window.relation not in ("since", "after") or window.anchor in _NO_EVENT:
        return None
    if window.anchor_text is None and window.anchor not in ("surgery", "transplant"):
        return None
    said = window.anchor_text or window.anchor
    name = _LAST.sub("", said, count=1) if (last := _LAST.match(said)) else said
    dose = _DOSE.match(name)
    name = name[dose.end() :] if dose else name
    words = name.lower().split()
    if not words or not _WORD.search(words[-1]) or words[-1] in _UNNAMED:
        return None
    kind = kind_of_words(words)
    if kind == "Condition" or kind in TREATMENTS or dose is not None or words[-1] in _ANY_TREATMENT:
        low = (window.min, window.min_inclusive is not False) if window.min else None
        high = (window.max, window.max_inclusive is not False) if window.max else None
        is_last = bool(last and last[0].strip().lower() not in ("a", "an", "the")) or window.relation == "since"
        kind = kind if kind in NAMED else "Drug" if dose else "Any"
        return _rule(_Elapsed([unit], low, high, is_last), [(kind, name, [])], [unit], context)
    return None


def _since_listed(cursor: Cursor, context: Context) -> Rule | None:
    """Read "at least 4 weeks since prior nitrosoureas or mitomycin"."""
    quantity = cursor.take("quantity") or cursor.take("duration")
    limits = _limits(quantity)
    if quantity is None or limits is None:
        return None
    _gone_by(cursor)
    since = cursor.take("word", *_SINCE)
    if since is None:
        return None
    lasts = _pass_last(cursor)
    none_now = cursor.attempt(lambda: _and_none_now(cursor)) if lasts else None
    time = _Elapsed([quantity, since], *limits, is_last=bool(lasts) or since.value == "since")
    rule = _listed(cursor, context, time, lasts)
    if rule is None or none_now is None:
        return rule
    return all_of([rule, *_not_now(rule, none_now, context)])


def _and_none_now(cursor: Cursor) -> Unit | None:
    """Read "and no other concurrent" of "since prior and no other concurrent chemotherapy"."""
    if cursor.take("separator", "and") is None:
        return None
    denial = cursor.take("negation")
    cursor.take("word", "other")
    status = cursor.take("status", "current")
    return denial if status is not None else None


def _not_now(rule: Rule, denial: Unit, context: Context) -> Iterator[Rule]:
    """Yield that none of the treatments is going on."""
    if isinstance(rule, Not):
        now = [
            atom.model_copy(update={"when": [], "status": ["current"]})
            for atom in atoms(rule.rule)
            if isinstance(atom, Treatment)
        ]
        yield not_(any_of(now), context.spans(denial))


def _gone_by(cursor: Cursor) -> Unit | None:
    """Pass "must have elapsed", "have passed"."""
    mark = cursor.at
    cursor.take_all("word", "must", "should", "have", "has")
    unit = cursor.peek()
    if unit is not None and unit.text.lower() in ("elapsed", "passed"):
        cursor.at += 1
        return unit
    cursor.at = mark
    return None


def _pass_last(cursor: Cursor) -> list[Unit]:
    """Pass the words that say that the last of several is meant, or its end."""
    passed: list[Unit] = []
    while (unit := cursor.peek()) is not None:
        if not (unit.kind == "status" and unit.value == "prior") and not _LAST.fullmatch(unit.text):
            break
        passed.append(unit)
        cursor.at += 1
    return [unit for unit in passed if unit.kind != "article"]


def _listed(cursor: Cursor, context: Context, time: _Elapsed, lasts: list[Unit]) -> Rule | None:
    ahead = Cursor(_up_to_a_time_in_brackets(cursor))
    items, _ = read_items(ahead, context)
    if not items:
        return None
    cursor.at += ahead.at
    named: list[tuple[str, str, list[str]]] = []
    for item in items:
        kind = "Any" if item.kind in ("Unknown", "Other") and lasts else item.kind
        if kind not in (*NAMED, "Any") or item.text.lower().split()[-1] in _UNNAMED:
            return None
        named.append((kind, item.text, [unit.text.lower() for unit in item.qualifiers[0]]))
    words = [unit for item in items for unit in (*item.units, *item.qualifiers[0])]
    return _rule(time, named, [*time.units, *lasts, *words], context)


def _up_to_a_time_in_brackets(cursor: Cursor) -> list[Unit]:
    """Return what is ahead, up to a bracket that begins with a time of its own."""
    row = cursor.units[cursor.at :]
    for index, unit in enumerate(row):
        if unit.kind == "open" and index + 1 < len(row) and _range(row[index + 1]) is not None:
            return row[:index]
    return row


def _in_bracket(cursor: Cursor, context: Context) -> Rule | None:
    """Read "(6 weeks for nitrosoureas or mitomycin)": a longer time for some of the treatments."""
    inside = cursor.take_bracket()
    quantity = (inside.take("quantity") or inside.take("duration")) if inside is not None else None
    if inside is None or quantity is None or inside.take("word", "for", "since", "from", "after") is None:
        return None
    length = _length(quantity)
    if length is None or context.kind == "exclusion":
        return None
    lasts = _pass_last(inside)
    time = _Elapsed([quantity], (length, True), None, is_last=True)
    rule = _listed(inside, context, time, [*lasts, quantity])
    return rule if inside.done else None


def _limits(unit: Unit | None) -> tuple[tuple[str, bool] | None, tuple[str, bool] | None] | None:
    """Return the least and the greatest length that a quantity of time says; None for anything else."""
    limits = _range(unit)
    if limits is None or (limits.low is None and limits.high is None) or limits.low == limits.high:
        return None
    low = iso_length(limits.low, limits.ucum) if limits.low is not None else None
    high = iso_length(limits.high, limits.ucum) if limits.high is not None else None
    if low is None and high is None:
        return None
    return (
        (low, limits.low_inclusive is not False) if low else None,
        (high, limits.high_inclusive is not False) if high else None,
    )


def _length(unit: Unit) -> str | None:
    limits = _range(unit)
    return iso_length(limits.low, limits.ucum) if limits is not None and limits.low is not None else None


def _range(unit: Unit | None) -> Range | None:
    if unit is None or unit.data is None:
        return None
    if unit.kind == "duration":
        return unit.data  # type: ignore[no-any-return]
    return unit.data.range if unit.data.is_time and not unit.data.is_age else None


def _rule(time: _Elapsed, named: list[tuple[str, str, list[str]]], words: list[Unit], context: Context) -> Rule:
    """Return when the things were; "at least so long" since a treatment denies that one lies nearer."""
    is_free = (
        time.high is None
        and time.is_last
        and context.kind != "exclusion"
        and all(kind in TREATMENTS or kind == "Any" for kind, _, _ in named)
    )
    atoms = [_atom(kind, name, qualifiers, time, words, context, is_free=is_free) for kind, name, qualifiers in named]
    rule = any_of(atoms) if is_free or context.kind == "exclusion" or len(atoms) > 1 else atoms[0]
    return not_(rule, context.spans(*time.units)) if is_free else rule


def _atom(
    kind: str,
    name: str,
    qualifiers: list[str],
    time: _Elapsed,
    words: list[Unit],
    context: Context,
    *,
    is_free: bool,
) -> Rule:
    of = "last_dose" if kind in ("Drug", "Any") else "occurrence"
    window: dict[str, object] = {"relation": "before", "anchor": "unstated", "of": of}
    if is_free and time.low is not None:
        window |= {"max": time.low[0], "max_inclusive": not time.low[1]}
    else:
        window |= {"min": time.low[0], "min_inclusive": time.low[1]} if time.low else {}
        window |= {"max": time.high[0], "max_inclusive": time.high[1]} if time.high else {}
    fields = {
        "when": [Window.model_validate(window)],
        "qualifiers": qualifiers,
        "spans": context.spans(*words),
        "confidence": LIKELY,
    }
    if kind != "Any":
        return thing(kind, name, fields)
    head = singular(name.split()[-1].lower())
    return Treatment.model_validate({**fields, "concept": concept(name), "category": CATEGORIES.get(head, "any")})
