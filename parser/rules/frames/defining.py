"""What a term means or stands for in a criterion: its bounds, its reason, its purpose.

"Hypertension (SBP > 180 mmHg)" says from where on hypertension counts; "anemia due to kidney disease" which anemia;
"surgery for lung cancer" which surgery. Nothing here is read unless all of it is understood.
"""

from __future__ import annotations

from dataclasses import replace

from parser.models.rules import Age, Condition, Measurement, Rule, Treatment, atoms
from parser.rules.context import GUESS, Context, all_of, any_of
from parser.rules.things import TREATMENTS
from parser.rules.units import Cursor, Unit

#: Words that say how a term is measured; after them a bound is its meaning.
_MEASURING = frozenset(
    "defined by|as defined by|evidenced by|as evidenced by|demonstrated by|as demonstrated by|measured by|"
    "as measured by|determined by|documented by|as documented by".split("|")
)
#: Words between a condition and the reason for it.
_REASONS = frozenset(("due to", "because of", "caused by", "secondary to", "resulting from"))
#: Between a condition and what it makes necessary.
_NEEDS = frozenset(("requiring",))
#: Units that end a reason: what stands behind them is meant for the whole.
_AFTER_A_REASON = ("window", "duration", "exception", "open", "stop", "narrowing", "negation", "method", "colon")


def bounds(inside: Cursor, context: Context) -> Rule | None:
    """Read bounds to the end as what a term means; None for anything else."""
    rule = _list(inside, replace(context, expects=None, denied=False))
    if rule is None or not all(isinstance(atom, Measurement | Age) for atom in atoms(rule)):
        return None
    return rule


def definition(cue: Unit, rest: list[Unit], context: Context) -> Rule | None:
    """Read what stands after "defined as" or "as evidenced by".

    Args:
        cue: These words.
        rest: What follows them, to the end of the sentence.
        context: Of the criterion.
    """
    if cue.kind == "method":
        return bounds(Cursor(rest), context) if cue.text.lower() in _MEASURING else None
    return bounds(Cursor(rest), context) or _list(Cursor(rest), replace(context, expects="Condition", denied=False))


def _list(inside: Cursor, context: Context) -> Rule | None:
    """Read a list to the end; None where its separators do not say whether all of it is meant."""
    said = {unit.value for unit in inside.units[inside.at :] if unit.kind == "separator"}
    rules = context.read_list(inside, context)
    if not rules or not inside.done or len({"or", "and"} & said) == 2:
        return None
    if len(rules) > 1 and not {"or", "and"} & said:
        return None
    return all_of(rules) if "and" in said else any_of(rules)


def reason(cursor: Cursor, context: Context, kind: str) -> tuple[list[Unit], Rule] | None:
    """Read "due to …", "requiring …" after a condition, "for …" after a treatment.

    Args:
        cursor: Where these words may stand.
        context: Of the criterion.
        kind: What the term before them names.

    Returns:
        The words and what they say; None when they are not understood to their end, or guessed.
    """
    first = cursor.at
    words = cursor.peek()
    expects = None if words is None else _expected(words, kind)
    if words is None or expects is None:
        return None
    cursor.at += 1
    while not cursor.done and not any(cursor.sees(end) for end in _AFTER_A_REASON):
        if cursor.sees("separator") and not cursor.sees("separator", "or"):
            return None  # what follows may be another reason, or another term
        cursor.at += 1
    inside = Cursor(cursor.units[first + 1 : cursor.at])
    rules = context.read_list(inside, replace(context, expects=expects, denied=False))
    if not rules or not inside.done or not all(_may_be_reason(rule, expects) for rule in rules):
        return None
    return cursor.units[first : cursor.at], any_of(rules)


def _may_be_reason(rule: Rule, expects: str) -> bool:
    """Tell whether a rule is of the kind that a reason names, and no guess."""
    kind = Condition if expects == "Condition" else Treatment
    return isinstance(rule, kind) and rule.confidence > GUESS


def _expected(words: Unit, kind: str) -> str | None:
    """Return the kind of thing that a reason names; None when the words open none."""
    text = words.text.lower()
    if kind == "Condition" and words.kind == "narrowing" and text in _REASONS:
        return "Condition"
    if kind == "Condition" and words.kind == "narrowing" and text in _NEEDS:
        return "Procedure"
    return "Condition" if kind in TREATMENTS and words.kind == "word" and words.value == "for" else None
