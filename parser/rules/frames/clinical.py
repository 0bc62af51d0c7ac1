"""Conditions and treatments: phrases in the manner that the cues around them say.

The way of "History of chronic enteritis, or transplantation (liver, lung) at screening":

1. `_manner`: the cues in front, shared by the whole list (status, certainty, what kind of thing follows);
2. `parser.rules.frames.items`: the listed phrases, each with its qualifiers and brackets;
3. `_tail`: windows and methods after the list;
4. one atom an item, joined as the separators say.

A phrase whose kind of thing nothing tells is left to `unstructured`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from parser.models.rules import Rule, Unstructured
from parser.models.values import Window
from parser.nlp.components.phrases import kind_of_words
from parser.normalize.units import unit_of
from parser.rules.context import GUESS, LIKELY, SURE, Context, all_of, any_of, least
from parser.rules.frames.defining import reason
from parser.rules.frames.items import EXCEPTING, read_items, rest_as_unit, up_to_the_end
from parser.rules.frames.openings import opens
from parser.rules.frames.sharing import Item
from parser.rules.frames.timing import Timing, read_timing
from parser.rules.things import NAMED, TREATMENTS, thing
from parser.rules.units import Cursor, Unit
from parser.rules.unstructured import unstructured

#: Kinds of phrase that the words around them may make a condition or treatment.
_UNSETTLED = ("Unknown", "Observation")
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


#: Words before a treatment that say when it is or was given.
_GIVEN_NOW = re.compile(r"^on$|\b(?:are|is|being|currently) (?:receiving|taking|treated|on)\b|^(?:receiving|taking)$")
#: Treatments that say which subject a list is about rather than what is given.
_DONE_TO_ALL = frozenset(
    "biopsy examination test tests testing imaging scan ecg mri catheterization intervention".split()
)
_SUBJECTS = frozenset("surgery therapy treatment intervention interventions procedures medication drugs drug".split())
_STATUSES = ("history", "current", "prior", "planned", "indicated", "family_history", "risk")
#: Introductions whose window says when the disease was found.
_DIAGNOSED = re.compile(r"\bdiagnos(?:ed|is|es)\b", re.IGNORECASE)
#: What is stable in "a stable dose of".
_DOSE = re.compile(
    r"(?:(?:daily|weekly|maintenance|background|oral) )?(?:dose|doses|dosage|dosages|dosing|regimens?)", re.IGNORECASE
)
_GIVEN_BEFORE = re.compile(r"\b(?:received|undergone|underwent|have been treated|has been treated|administered)\b")


@dataclass(slots=True)
class _Manner:
    """What the cues in front of a list say of all of it."""

    status: list[Unit] = field(default_factory=list)
    certainty: list[Unit] = field(default_factory=list)
    established: list[Unit] = field(default_factory=list)
    qualifiers: list[Unit] = field(default_factory=list)
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

    timing: Timing = field(default_factory=Timing)
    method: Unit | None = None
    narrowing: Unstructured | None = None
    where: list[Rule] = field(default_factory=list)
    reason: list[Unit] = field(default_factory=list)
    unless: list[Rule] = field(default_factory=list)
    planned: Unit | None = None

    @property
    def units(self) -> list[Unit]:
        """The words that the atoms take from it, for the spans."""
        return [*self.timing.units, *([self.method] if self.method else []), *self.reason]

    def take_reason(self, cursor: Cursor, context: Context, kind: str) -> bool | None:
        """Read "due to …", "for …"; None where there is none, or one that is not understood."""
        found = None if self.where else cursor.attempt(lambda: reason(cursor, context, kind))
        if found is None:
            return None
        self.reason, self.where = found[0], [found[1]]
        return True


@opens("noun")
def clinical(cursor: Cursor, context: Context) -> Rule | None:
    """Read conditions and treatments with their status, certainty, qualifiers, windows, methods and brackets."""
    return _read(cursor, context, loosely=False, is_dated=False)


def clinical_loosely(cursor: Cursor, context: Context, *, is_dated: bool) -> Rule | None:
    """Read the same, as far as it is understood: what follows may be any words.

    Args:
        cursor: Where a clause begins.
        context: Of the criterion.
        is_dated: Whether a window for what is read stands further on.
    """
    return _read(cursor, context, loosely=True, is_dated=is_dated)


def _read(cursor: Cursor, context: Context, *, loosely: bool, is_dated: bool) -> Rule | None:
    manner = _manner(cursor)
    items, separators = read_items(cursor, context)
    settled = _kinds_settled(items, manner, context.expects)
    if loosely and 0 < settled < len(items):
        cursor.at = items[settled - 1].ends_at
        items, separators = items[:settled], separators[: settled - 1]
    if not items or settled < len(items) or _is_ambiguous(items, separators, manner, context):
        return None
    items[0].qualifiers = [[*manner.qualifiers, *own] for own in items[0].qualifiers]
    after = cursor.attempt(lambda: _qualified_after(cursor)) or []
    for item in items:
        item.qualifiers = [[*own, *after] for own in item.qualifiers]
    only = items[0].kind if len(items) == 1 else None
    tail = _loose_tail(cursor, context, only) if loosely else _tail(cursor, context, only)
    if tail is None:
        return None
    if tail.planned is not None:
        manner.status.append(tail.planned)
    # a treatment that an exclusion names and says no more of is one that is given
    named = context.kind == "exclusion" and cursor.done and not loosely
    dated = is_dated or bool(tail.timing.units)
    if not all(_fits(item, manner, context, dated or (named and _is_given(item))) for item in items):
        return None
    joined = context.join([_atoms(item, manner, tail, context) for item in items], separators)
    if joined is None or tail.narrowing is None:
        return joined
    return all_of([joined.model_copy(update={"confidence": min(joined.confidence, LIKELY)}), tail.narrowing])


def _is_given(item: Item) -> bool:
    """Tell whether a treatment's name is enough: "Surgery" alone is but a subject, an ECG is done to everybody."""
    words = item.text.lower().split()
    is_sure = item.kind == "Drug" or kind_of_words(words) == "Procedure"
    return item.kind in TREATMENTS and is_sure and words[-1] not in _DONE_TO_ALL and item.text.lower() not in _SUBJECTS


def _manner(cursor: Cursor) -> _Manner:
    manner = _Manner()
    while True:
        cursor.take("article")
        if _is_one_way_of_several(cursor):
            return manner
        if (steady := cursor.attempt(lambda: _steady_dose(cursor))) is not None:
            manner.qualifiers.append(steady)
            manner.intro = manner.intro or steady
        elif not manner.cues and (unit := cursor.take("word", "on")) is not None:
            manner.intro = replace(unit, kind="intro", value="treatment")
        elif (unit := cursor.take("status", *_STATUSES)) is not None:
            manner.status.append(unit)
        elif (unit := cursor.take("certainty")) is not None:
            manner.certainty.append(unit)
        elif (unit := cursor.take("established")) is not None:
            manner.established.append(unit)
        elif manner.intro is None and (unit := cursor.take("intro")) is not None:
            manner.intro = unit
        elif manner.cues and cursor.take("colon") is not None:
            continue  # "Prior treatment with: A, B or C"
        elif cursor.sees("qualifier") and (cursor.sees("status", ahead=1) or cursor.sees("intro", ahead=1)):
            manner.qualifiers.extend(cursor.take_all("qualifier"))  # "uncontrolled concurrent illness"
        elif _joins_cues(cursor, manner) or cursor.sees("word", "either", "both"):
            cursor.at += 1
        else:
            return manner


def _is_one_way_of_several(cursor: Cursor) -> bool:
    """Tell whether "active" stands beside a qualifier: it is said of the next name alone ("active or untreated")."""
    return (
        cursor.sees("status", "current")
        and cursor.sees("separator", "or", "comma", ahead=1)
        and cursor.sees("qualifier", ahead=2)
    )


def _steady_dose(cursor: Cursor) -> Unit | None:
    """Read "a stable dose of" before a treatment; it is how the treatment is given."""
    qualifiers = cursor.take_all("qualifier")
    dose = cursor.take("phrase")
    if dose is None or not _DOSE.fullmatch(dose.text) or cursor.take("word", "of", "with") is None or not qualifiers:
        return None
    said = " ".join(unit.text for unit in (*qualifiers, dose))
    return Unit("intro", "treatment", qualifiers[0].start, dose.end, said)


def _joins_cues(cursor: Cursor, manner: _Manner) -> bool:
    """Tell whether a separator stands between two cues: "confirmed or suspected", "history of or current"."""
    if not manner.cues or not cursor.sees("separator", "or", "and", "comma"):
        return False
    return any(cursor.sees(kind, ahead=1) for kind in ("status", "certainty", "established"))


def _kinds_settled(items: list[Item], manner: _Manner, expects: str | None) -> int:
    """Decide what each unknown phrase names, from the cues; return how many are known before the first that is not.

    An example is a kind of its term. A term that nothing tells takes the kind of its examples, where one is known.
    """
    for index, item in enumerate(items):
        if item.kind in NAMED:
            continue
        if item.kind in _UNSETTLED and expects is not None and _is_short(item):
            item.kind, item.confidence = expects, GUESS
        elif item.kind in _UNSETTLED and manner.expects_condition and _is_short(item):
            item.kind, item.confidence = "Condition", GUESS
        elif item.examples and item.kind in ("Unknown", "Other") and _are_health(item.examples):
            item.kind, item.confidence = "Condition", LIKELY
        else:
            return index
    return len(items)


def _is_ambiguous(items: list[Item], separators: list[str], manner: _Manner, context: Context) -> bool:
    """Tell whether a list may mean two things.

    "Active coronary disease, recent infarction": how far "active" reaches, nobody can tell. Where all must hold: a
    list without a connector may mean any; so may "breast and colon cancer".
    """
    reaches = any(unit.value == "current" for unit in manner.status)
    if reaches and "comma" in separators and any(not item.is_bare for item in items[1:] if item.kind not in TREATMENTS):
        return True
    if context.kind == "exclusion" or context.denied or len(items) == 1:
        return False
    return set(separators) == {"comma"} or ("and" in separators and any(item.borrows_head for item in items))


def _fits(item: Item, manner: _Manner, context: Context, is_dated: bool) -> bool:
    """Tell whether the manner goes with the kind of thing.

    A treatment needs words that say prior, current, planned or given, or a window: a bare "surgery" may be any.
    """
    intro = manner.intro.value if manner.intro else None
    if item.dose is not None:
        return item.kind in TREATMENTS and intro != "condition"
    if item.kind not in TREATMENTS:
        return intro != "treatment" and not any(unit.value in ("planned", "indicated") for unit in manner.status)
    said = manner.status or intro or is_dated or context.expects or item.defined_as is not None
    return intro != "condition" and bool(said)


def _is_short(item: Item) -> bool:
    words = item.text.split()
    return len(words) <= _LONGEST_GUESS and all(word.replace("-", "").isalpha() for word in words)


def _are_health(examples: list[Rule]) -> bool:
    """Tell whether examples are states of health, one of them surely."""
    states = all(rule.type in ("condition", "measurement") for rule in examples)
    return states and any(rule.confidence > GUESS for rule in examples)


def _tail(cursor: Cursor, context: Context, only: str | None) -> _Tail | None:
    """Read what follows a list; None when it is something that may change the meaning of what went before.

    Args:
        cursor: Behind the list.
        context: Of the criterion.
        only: The kind of its only member; None where it has several.
    """
    tail = _Tail()
    alone = only is not None
    while not cursor.done and not cursor.sees("stop") and (alone or not cursor.sees("separator")):
        if (timing := read_timing(cursor)).units:
            tail.timing.extend(timing)
        elif cursor.attempt(lambda: _with_or_without(cursor)):
            continue
        elif tail.planned is None and (unit := cursor.take("status", "planned")) is not None:
            tail.planned = unit  # "surgery planned within 4 weeks"
        elif tail.method is None and cursor.take("method") is not None:
            tail.method = rest_as_unit(cursor, context, "separator", "stop", "window", "duration", "open", "quantity")
            if tail.method is None or unit_of(tail.method.text) is not None:
                return None  # "per year" names no method
        elif only is not None and tail.take_reason(cursor, context, only):
            continue
        elif alone and (taken_out := cursor.attempt(lambda: _exceptions(cursor, context))) is not None:
            tail.unless = taken_out
        elif alone and _narrows_only(cursor):
            tail.narrowing = unstructured(context, cursor.units[cursor.at].start, cursor.units[-1].end)
            cursor.at = len(cursor.units)
        elif cursor.sees("separator"):
            return tail
        else:
            return None
    return tail


def _qualified_after(cursor: Cursor) -> list[Unit] | None:
    """Read ", severe" behind a whole list."""
    if cursor.take("separator", "comma") is None:
        return None
    found = cursor.take_all("qualifier")
    return found if found and cursor.done else None


def _with_or_without(cursor: Cursor) -> Unit | None:
    """Pass ", with or without brain metastases", which asks for nothing."""
    cursor.take("separator", "comma")
    if cursor.take("narrowing") is None and cursor.take("word", "with") is None:
        return None
    if cursor.take("separator", "or") is None or cursor.take("negation") is None:
        return None
    cursor.take("article")
    while cursor.take("qualifier") or cursor.take("status") or cursor.take("word", "other", "any"):
        pass
    return cursor.take("phrase")


def _exceptions(cursor: Cursor, context: Context) -> list[Rule] | None:
    """Read "other than basal cell carcinoma" to its end: what is taken out of what the term matches."""
    cursor.take("separator", "comma")
    excepting = cursor.take("exception")
    if excepting is None or excepting.text.lower() not in EXCEPTING:
        return None
    cursor.take("word", "for", "of")
    inside = Cursor(_up_to_a_window(cursor))
    rules = context.read_list(inside, replace(context, expects="Condition"))
    return rules if inside.done else None


def _up_to_a_window(cursor: Cursor) -> list[Unit]:
    """Take what is taken out; a window that only the last of it could have is the term's own."""
    first = cursor.at
    rest = up_to_the_end(cursor)
    if rest and rest[-1].kind == "window":
        cursor.at = first + len(rest) - 1
        return rest[:-1]
    return rest


def _loose_tail(cursor: Cursor, context: Context, only: str | None) -> _Tail:
    """Read the windows, reasons and exceptions right after a list; the words after them are nobody's yet."""
    tail = _Tail(timing=read_timing(cursor))
    if only is not None and tail.take_reason(cursor, context, only) and not tail.timing.units:
        tail.timing = read_timing(cursor)
    tail.unless = (only is not None and cursor.attempt(lambda: _exceptions(cursor, context))) or []
    if tail.unless and not tail.timing.units:
        tail.timing = read_timing(cursor)
    return tail


def _narrows_only(cursor: Cursor) -> bool:
    """Tell whether the rest narrows what went before, and lists no alternative to it."""
    if not cursor.sees("narrowing") or cursor.units[cursor.at].text.lower() not in _NARROWING:
        return False
    depth = 0
    for unit in cursor.units[cursor.at :]:
        depth += (unit.kind == "open") - (unit.kind == "close")
        if unit.kind in ("window", "duration", "quantity"):
            return False
        if depth == 0 and (unit.kind in ("stop", "exception") or (unit.kind == "separator" and unit.value != "and")):
            return False
    return True


def _atoms(item: Item, manner: _Manner, tail: _Tail, context: Context) -> Rule:
    """Return the item's atom; with alternative qualifiers, any of one atom for each.

    Windows on both sides of an anchor are one atom each: excluded is who has either, asked for are both.
    """
    windows = tail.timing.when
    if {window.relation for window in windows} != {"before", "after"}:
        return any_of([_atom(item, qualifiers, manner, tail, context) for qualifiers in item.qualifiers])
    sides = [replace(tail, timing=replace(tail.timing, when=[window])) for window in windows]
    atoms = [any_of([_atom(item, own, manner, side, context) for own in item.qualifiers]) for side in sides]
    return any_of(atoms) if context.kind == "exclusion" or context.denied else all_of(atoms)


def _atom(item: Item, qualifiers: list[Unit], manner: _Manner, tail: _Tail, context: Context) -> Rule:
    is_treatment = item.kind in TREATMENTS
    status = _statuses(manner, is_treatment=is_treatment, is_dated=bool(tail.timing.when))
    if any(unit.kind == "status" for own in item.qualifiers for unit in own):
        # "history of stroke, active or untreated metastases": these have a status of their own
        status = [unit.value for unit in qualifiers if unit.kind == "status"]
    methods = [
        *(method for unit in manner.established for method in unit.value.split(" or ")),
        *([tail.method.text] if tail.method else []),
        *item.methods,
    ]
    fields = {
        "status": status,
        "certainty": [*(unit.value for unit in manner.certainty), *(["confirmed"] if manner.established else [])],
        "method": methods,
        "qualifiers": [unit.text.lower() for unit in (*qualifiers, *item.extents) if unit.kind != "status"],
        **tail.timing.fields(),
        "when": [_window(window, status, manner) for window in tail.timing.when],
        "defined_as": item.defined_as,
        "examples": item.examples,
        "where": [*item.where, *tail.where],
        "unless": [*item.unless, *tail.unless],
        **({"dose": item.dose} if item.dose is not None else {}),
        "spans": context.spans(*manner.cues, *qualifiers, *item.units, *item.extents, *tail.units),
        "confidence": _confidence(item, manner),
    }
    return thing(item.kind, item.text, fields)


def _statuses(manner: _Manner, *, is_treatment: bool, is_dated: bool) -> list[str]:
    """Return the statuses; a treatment's history is `prior`, a condition's prior is `history`."""
    of_kind = {"history": "prior"} if is_treatment else {"prior": "history"}
    found = list(dict.fromkeys(of_kind.get(unit.value, unit.value) for unit in manner.status))
    words = manner.intro.text.lower() if manner.intro and is_treatment and not found else ""
    if _GIVEN_NOW.search(words):
        return ["current"]
    return ["prior"] if _GIVEN_BEFORE.search(words) and not is_dated else found


def _window(window: Window, status: list[str], manner: _Manner) -> Window:
    """Return a window as the status means it.

    A history at a point in time lies before it, with no limit ("history of stroke at screening"); a plan or a risk
    lies ahead ("planned surgery within 12 months").
    """
    if window.of == "occurrence" and manner.intro is not None and _DIAGNOSED.search(manner.intro.text):
        window = window.model_copy(update={"of": "diagnosis"})
    if window.relation == "before" and window.anchor == "unstated" and {"planned", "risk"} & set(status):
        return window.model_copy(update={"relation": "after"})
    if window.relation == "at" and any(value in ("history", "prior") for value in status):
        return window.model_copy(update={"relation": "before"})
    return window


def _confidence(item: Item, manner: _Manner) -> float:
    base = min(item.confidence, SURE if manner.cues else LIKELY)
    inner = [*item.examples, *item.where, *([item.defined_as] if item.defined_as else [])]
    return min(base, least(inner)) if inner else base
