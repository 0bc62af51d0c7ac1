"""Other facts about the person: smoking, drinking, swallowing, walking, hospital stays, residence, ancestry."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from parser.models.rules import Observation, Rule
from parser.models.values import Concept
from parser.nlp.components.topics.observations import POPULATIONS
from parser.rules.context import LIKELY, SURE, Context, any_of, concept, not_
from parser.rules.frames.openings import opens
from parser.rules.frames.timing import Timing, read_timing
from parser.rules.things import thing
from parser.rules.units import Cursor, Unit

#: Measurements of the vocabulary that are facts about how somebody lives.
_HABITS = ("smoking history", "alcohol intake", "alcohol consumption", "pack-years")
_EASILY = ("difficulty", "difficulties", "problem", "problems", "trouble")
_STATUSES = ("current", "history", "prior", "planned", "indicated")
_LINKS = ("of", "is", "with", "at", "for", ":", "=", "was")


@dataclass(frozen=True, slots=True)
class _Fact:
    """A fact in words.

    Attributes:
        concept: What it is.
        units: The words that it was read from, without those of time.
        timing: When.
        amount: How much.
        qualifiers: In the words used.
        where: True of this same occurrence.
    """

    concept: Concept
    units: list[Unit]
    timing: Timing
    amount: Unit | None = None
    qualifiers: list[str] = field(default_factory=list)
    where: list[Rule] = field(default_factory=list)


@opens("", first=("article", "status", "qualifier", "observation", "measurement", "ability"))
def observation(cursor: Cursor, context: Context) -> Rule | None:
    """Read one fact with its status, amount and windows; what people are able to do with the ability before it."""
    cursor.take("article")
    statuses = cursor.take_all("status", *_STATUSES)
    cursor.take("article")
    return cursor.attempt(lambda: _ability(cursor, statuses, context)) or _habit(cursor, statuses, context)


def _ability(cursor: Cursor, statuses: list[Unit], context: Context) -> Rule | None:
    """Read "able to swallow tablets", "unable to walk 10 meters"."""
    activity = _activity(cursor)
    if activity is None or (activity[0].value == "-" and any(unit.value == "history" for unit in statuses)):
        return None  # "history of difficulty swallowing" is no denial of the ability at any time
    ability, done = activity
    amount = cursor.attempt(lambda: _at_least(cursor))
    cursor.attempt(lambda: _easily(cursor))
    units = [*statuses, ability, done, *([amount] if amount is not None else [])]
    first, _, rest = done.text.lower().partition(" ")
    deed = f"{first.removesuffix('ing')} {rest}".strip()
    fact = _Fact(concept(f"ability to {deed}"), units, read_timing(cursor), amount)
    return _made(fact, context, denied=ability.value == "-")


def _habit(cursor: Cursor, statuses: list[Unit], context: Context) -> Rule | None:
    """Read "current smoker", "hospitalization for heart failure within 3 months"."""
    qualifiers = cursor.take_all("qualifier")
    named = cursor.take("observation") or cursor.take("measurement", *_HABITS)
    cursor.take("population")
    if named is not None and named.value == "place":
        named = _place(cursor, named, context)
    if named is None:
        return None
    denied = named.value.startswith("-")
    amount = cursor.attempt(lambda: _amount(cursor))
    reasons = cursor.attempt(lambda: _reasons(cursor, context)) if named.value == "hospital" else None
    units = [*statuses, *qualifiers, named, *([amount] if amount is not None else [])]
    name = concept(_bare(named.text) if denied else _without_people(named.text))
    fact = _Fact(name, units, read_timing(cursor), amount, [unit.text.lower() for unit in qualifiers], reasons or [])
    return _made(fact, context, denied=denied)


def _easily(cursor: Cursor) -> bool | None:
    """Pass "without difficulty"."""
    if cursor.take("negation") is None:
        return None
    manner = cursor.take("phrase")
    return True if manner is not None and manner.text.lower() in _EASILY else None


def _activity(cursor: Cursor) -> tuple[Unit, Unit] | None:
    ability = cursor.take("ability")
    activity = cursor.take("activity")
    if ability is None or activity is None:
        return None
    swallowed = cursor.take("phrase") if activity.value == "swallow" and activity.text.lower() == "swallow" else None
    if swallowed is not None:
        text = f"{activity.text} {swallowed.text}"
        activity = Unit(activity.kind, activity.value, activity.start, swallowed.end, text)
    return ability, activity


def _place(cursor: Cursor, named: Unit, context: Context) -> Unit | None:
    """Read "resident of France" to its end."""
    cursor.take("article")
    place = cursor.take("phrase")
    if place is None:
        return None
    return Unit(named.kind, named.value, named.start, place.end, context.words(named.start, place.end))


def _reasons(cursor: Cursor, context: Context) -> list[Rule] | None:
    """Read "for heart failure" after a stay in hospital."""
    if cursor.take("word", "for") is None:
        unit = cursor.take("narrowing")
        if unit is None or unit.text.lower() not in ("due to", "because of"):
            return None
    cursor.take("article")
    rules: list[Rule] = []
    while True:
        qualifiers = cursor.take_all("qualifier")
        phrase = cursor.take("phrase", "Condition")
        if phrase is None:
            return None
        fields = {"qualifiers": [unit.text.lower() for unit in qualifiers], "spans": context.spans(*qualifiers, phrase)}
        rules.append(thing("Condition", phrase.text, {**fields, "confidence": LIKELY}))
        if not (cursor.sees("separator", "or") and cursor.sees("phrase", "Condition", ahead=1)):
            return [any_of(rules)]
        cursor.at += 1


def _without_people(text: str) -> str:
    """Return "Japanese" of "Japanese subjects"."""
    words = text.split()
    while len(words) > 1 and words[-1].lower() in POPULATIONS:
        words.pop()
    return " ".join(words)


def _amount(cursor: Cursor) -> Unit | None:
    cursor.take("colon")
    cursor.take_all("word", *_LINKS)
    inside = cursor.take_bracket() if cursor.sees("open") else None
    amount = (inside or cursor).take("quantity")
    if inside is not None and not inside.done:
        return None
    if amount is None or amount.data.is_age or (amount.data.is_time and not amount.data.is_rate):
        return None
    return amount


def _at_least(cursor: Cursor) -> Unit | None:
    """Read "10 meters" of "able to walk 10 meters": that far, or farther."""
    amount = _amount(cursor)
    if amount is None or amount.data.range.low != amount.data.range.high:
        return amount
    limits = amount.data.range.model_copy(update={"high": None, "high_inclusive": None})
    return replace(amount, data=replace(amount.data, range=limits))


def _bare(text: str) -> str:
    """Return the fact that a word denies ("smoker" of "non-smoker")."""
    return text.lower().removeprefix("non").lstrip("-‑– ")


def _made(fact: _Fact, context: Context, *, denied: bool) -> Rule:
    fields: dict[str, Any] = {
        "concept": fact.concept,
        "range": fact.amount.data.range if fact.amount is not None else None,
        "status": list(dict.fromkeys(unit.value for unit in fact.units if unit.kind == "status")),
        "qualifiers": fact.qualifiers,
        "where": fact.where,
        **fact.timing.fields(),
        "spans": context.spans(*fact.units, *fact.timing.units),
        "confidence": SURE,
    }
    rule = Observation.model_validate(fields)
    return not_(rule, rule.spans) if denied else rule
