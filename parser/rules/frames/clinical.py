"""Conditions and treatments: phrases in the manner that the cues around them say.

The way of "History of chronic enteritis, or transplantation (liver, lung) at screening":

1. `_manner`: the cues in front, shared by the whole list (status, certainty, what kind of thing follows);
2. `parser.rules.frames.items`: the listed phrases, each with its qualifiers and brackets;
3. `_tail`: windows and methods after the list;
4. one atom an item, joined as the separators say.

A phrase whose kind of thing nothing tells is left to `unstructured`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parser.models.rules import Rule, Unstructured
from parser.models.values import Window
from parser.normalize.units import UNITS
from parser.rules.context import GUESS, LIKELY, SURE, Context, all_of, any_of, least
from parser.rules.frames.items import read_items, rest_as_unit
from parser.rules.frames.sharing import Item
from parser.rules.things import NAMED, TREATMENTS, thing
from parser.rules.units import Cursor, Unit
from parser.rules.unstructured import unstructured

#: Phrases longer than this are not guessed to be a condition by their place alone.
_LONGEST_GUESS = 3
#: Words that narrow what went before, after which a whole reading is not to be had.
_NARROWING = (
    "requiring",
    "due to",
    "because of",
    "caused by",
    "resulting in",
    "leading to",
    "which",
    "that",
    "in whom",
)


@dataclass(slots=True)
class _Manner:
    """What the cues in front of a list say of all of it."""

    status: list[Unit] = field(default_factory=list)
    certainty: list[Unit] = field(default_factory=list)
    established: list[Unit] = field(default_factory=list)
    intro: Unit | None = None

    @property
    def cues(self) -> list[Unit]:
        """All of them, for the spans."""
        return [*self.status, *self.certainty, *self.established, *([self.intro] if self.intro else [])]

    @property
    def expects_condition(self) -> bool:
        """Whether the cues are ones that health states follow."""
        said = self.intro is not None and self.intro.value == "condition"
        of_states = any(unit.value == "history" or unit.text.lower().endswith("active") for unit in self.status)
        return said or of_states or bool(self.certainty)


@dataclass(slots=True)
class _Tail:
    """What stands after a list and is true of all of it."""

    windows: list[Unit] = field(default_factory=list)
    method: Unit | None = None
    narrowing: Unstructured | None = None

    @property
    def units(self) -> list[Unit]:
        """The words that the atoms take from it, for the spans."""
        return [*self.windows, *([self.method] if self.method else [])]


def clinical(cursor: Cursor, context: Context) -> Rule | None:
    """Read conditions and treatments with their status, certainty, qualifiers, windows, methods and brackets."""
    manner = _manner(cursor)
    items, separators = read_items(cursor, context)
    if (
        not items
        or _is_ambiguous(items, separators, manner, context)
        or not _kinds_settled(items, manner, context.expects)
    ):
        return None
    tail = _tail(cursor, context, alone=len(items) == 1)
    if tail is None or not all(_fits(item, manner, tail, context) for item in items):
        return None
    joined = context.join([_atoms(item, manner, tail, context) for item in items], separators)
    if joined is None or tail.narrowing is None:
        return joined
    return all_of([joined.model_copy(update={"confidence": min(joined.confidence, LIKELY)}), tail.narrowing])


def _manner(cursor: Cursor) -> _Manner:
    manner = _Manner()
    while True:
        cursor.take("article")
        if (unit := cursor.take("status", "history", "current", "prior", "planned", "family_history")) is not None:
            manner.status.append(unit)
        elif (unit := cursor.take("certainty")) is not None:
            manner.certainty.append(unit)
        elif (unit := cursor.take("established")) is not None:
            manner.established.append(unit)
        elif manner.intro is None and (unit := cursor.take("intro")) is not None:
            manner.intro = unit
        elif _joins_cues(cursor, manner):
            cursor.at += 1
        else:
            return manner


def _joins_cues(cursor: Cursor, manner: _Manner) -> bool:
    """Tell whether a separator stands between two cues: "confirmed or suspected", "history of or current"."""
    if not manner.cues or not cursor.sees("separator", "or", "comma"):
        return False
    return any(cursor.sees(kind, ahead=1) for kind in ("status", "certainty", "established"))


def _kinds_settled(items: list[Item], manner: _Manner, expects: str | None) -> bool:
    """Decide what each unknown phrase names, from the cues; False when one stays unknown.

    An example is a kind of its term. A term that nothing tells takes the kind of its examples, where one is known.
    """
    for item in items:
        if item.kind in NAMED:
            continue
        if item.kind == "Unknown" and expects is not None and _is_short(item):
            item.kind, item.confidence = expects, GUESS
        elif item.kind == "Unknown" and manner.expects_condition and _is_short(item):
            item.kind, item.confidence = "Condition", GUESS
        elif item.examples and item.kind in ("Unknown", "Other") and _are_health(item.examples):
            item.kind, item.confidence = "Condition", LIKELY
        else:
            return False
    return True


def _is_ambiguous(items: list[Item], separators: list[str], manner: _Manner, context: Context) -> bool:
    """Tell whether a list may mean two things.

    "Active coronary disease, recent infarction": how far "active" reaches, nobody can tell. Where all must hold: a
    list without a connector may mean any; so may "breast and colon cancer".
    """
    reaches = any(unit.value == "current" for unit in manner.status)
    if reaches and any(not item.is_bare for item in items[1:] if item.kind not in TREATMENTS):
        return True
    if context.kind == "exclusion" or context.denied or len(items) == 1:
        return False
    return set(separators) == {"comma"} or ("and" in separators and any(item.borrows_head for item in items))


def _fits(item: Item, manner: _Manner, tail: _Tail, context: Context) -> bool:
    """Tell whether the manner goes with the kind of thing.

    A treatment needs words that say prior, current, planned or given, or a window: a bare "surgery" may be any.
    """
    intro = manner.intro.value if manner.intro else None
    if item.kind not in TREATMENTS:
        return intro != "treatment" and not any(unit.value == "planned" for unit in manner.status)
    return intro != "condition" and bool(manner.status or intro or tail.windows or context.expects)


def _is_short(item: Item) -> bool:
    words = item.text.split()
    return len(words) <= _LONGEST_GUESS and all(word.replace("-", "").isalpha() for word in words)


def _are_health(examples: list[Rule]) -> bool:
    """Tell whether examples are states of health, one of them surely."""
    states = all(rule.type in ("condition", "measurement") for rule in examples)
    return states and any(rule.confidence > GUESS for rule in examples)


def _tail(cursor: Cursor, context: Context, *, alone: bool) -> _Tail | None:
    """Read what follows a list; None when it is something that may change the meaning of what went before."""
    tail = _Tail()
    while not cursor.done and not cursor.sees("separator") and not cursor.sees("stop"):
        if (window := cursor.take("window")) is not None:
            tail.windows.append(window)
        elif tail.method is None and cursor.take("method") is not None:
            tail.method = rest_as_unit(cursor, context, "separator", "stop", "window", "open", "quantity")
            if tail.method is None or tail.method.text.lower() in UNITS:
                return None  # "per year" names no method
        elif alone and _narrows_only(cursor):
            tail.narrowing = unstructured(context, cursor.units[cursor.at].start, cursor.units[-1].end)
            cursor.at = len(cursor.units)
        else:
            return None
    return tail


def _narrows_only(cursor: Cursor) -> bool:
    """Tell whether the rest narrows what went before, and lists no alternative to it."""
    if not cursor.sees("narrowing") or cursor.units[cursor.at].text.lower() not in _NARROWING:
        return False
    depth = 0
    for unit in cursor.units[cursor.at :]:
        depth += (unit.kind == "open") - (unit.kind == "close")
        if depth == 0 and (unit.kind in ("stop", "exception") or (unit.kind == "separator" and unit.value != "and")):
            return False
    return True


def _atoms(item: Item, manner: _Manner, tail: _Tail, context: Context) -> Rule:
    """Return the item's atom; with alternative qualifiers, any of one atom for each."""
    return any_of([_atom(item, qualifiers, manner, tail, context) for qualifiers in item.qualifiers])


def _atom(item: Item, qualifiers: list[Unit], manner: _Manner, tail: _Tail, context: Context) -> Rule:
    status = _statuses(manner, is_treatment=item.kind in TREATMENTS)
    methods = [
        *(unit.value for unit in manner.established),
        *([tail.method.text] if tail.method else []),
        *item.methods,
    ]
    fields = {
        "status": status,
        "certainty": [*(unit.value for unit in manner.certainty), *(["confirmed"] if manner.established else [])],
        "method": methods,
        "qualifiers": [unit.text.lower() for unit in (*qualifiers, *item.extents)],
        "when": [_window(unit.data, status) for unit in tail.windows],
        "defined_as": item.defined_as,
        "examples": item.examples,
        "spans": context.spans(*manner.cues, *qualifiers, *item.units, *item.extents, *tail.units),
        "confidence": _confidence(item, manner),
    }
    return thing(item.kind, item.text, fields)


def _statuses(manner: _Manner, *, is_treatment: bool) -> list[str]:
    """Return the statuses; a treatment's history is `prior`, a condition's prior is `history`."""
    of_kind = {"history": "prior"} if is_treatment else {"prior": "history"}
    return list(dict.fromkeys(of_kind.get(unit.value, unit.value) for unit in manner.status))


def _window(window: Window, status: list[str]) -> Window:
    """A history at a point in time lies before it, with no limit ("history of stroke at screening")."""
    if window.relation == "at" and any(value in ("history", "prior") for value in status):
        return window.model_copy(update={"relation": "before"})
    return window


def _confidence(item: Item, manner: _Manner) -> float:
    base = min(item.confidence, SURE if manner.cues else LIKELY)
    inner = [*item.examples, *([item.defined_as] if item.defined_as else [])]
    return min(base, least(inner)) if inner else base
