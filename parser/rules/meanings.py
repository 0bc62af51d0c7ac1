"""How a whole clause is meant: whose fact it is, whether it is denied behind, left open, or kept out.

The marks are those of `trial_context`. The words that they govern are read as a criterion of their own, and what comes
out is turned:

| words | what they say |
|---|---|
| Mothers with diabetes | diabetes, of the mother: see `subjects` |
| metastases have been ruled out; steroid-naive patients | no metastases; never treated with steroids |
| patients with asthma are not eligible | asthma in an exclusion, no asthma in an inclusion |
| HbA1c < 8 % in case of diabetes | no diabetes, or HbA1c < 8 %; both of them in an exclusion |
| asthma, provided that FEV1 > 50 % | both |
| asthma with or without eczema | asthma |

Where the rest is not understood, the criterion is read as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from parser.models.rules import AllOf, AnyOf, Not, Rule, Unstructured, atoms
from parser.nlp.annotations import CONTEXT
from parser.rules.context import LIKELY, Context, all_of, any_of, not_
from parser.rules.subjects import read_about_others
from parser.rules.things import thing
from parser.rules.units import Unit, cut

Read = Callable[[list[Unit], Context], Rule]

#: Kinds of unit that may stand behind a mark that ends its criterion.
_AFTER_THE_END = frozenset(("population", "stop", "article"))
#: Words that may stand there.
_STUDY = frozenset("from for in the this study trial participation enrollment enrolment inclusion by patients".split())
_NAIVE = frozenset(("naive", "naïve", "-naive", "-naïve"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of `trial_context`, in offsets of the criterion's text."""

    kind: str
    value: str
    start: int
    end: int
    text: str


def marks_of(doc: Doc) -> list[Mark]:
    """Return the marks of a criterion, in order."""
    if CONTEXT not in doc.spans:
        return []
    return [
        Mark(span.label_, span.kb_id_, span.start_char, span.end_char, span.text.lower()) for span in doc.spans[CONTEXT]
    ]


def read_meant(row: list[Unit], marks: Sequence[Mark], context: Context, read: Read) -> Rule:
    """Read a criterion with the marks that say how it is meant.

    Args:
        row: Its units.
        marks: As `marks_of` returns them.
        context: Where it stands.
        read: Reads a stretch of units as a criterion of its own.
    """
    for mark in marks:
        turned = _turned(row, mark, marks, context, read)
        if turned is not None:
            return turned
    return read(row, context)


def _turned(row: list[Unit], mark: Mark, marks: Sequence[Mark], context: Context, read: Read) -> Rule | None:
    match mark.kind:
        case "subject":
            subjects = [(each.value, each.start, each.end) for each in marks if each.kind == "subject"]
            return read_about_others(row, subjects, context, read) if mark.start == subjects[0][1] else None
        case "denied_before":
            return _naive(row, mark, context) if mark.text in _NAIVE else _denied(row, mark, context, read)
        case "verdict":
            return _kept_out(row, mark, context, read) if mark.value == "excluded" else None
        case "condition":
            return _under_condition(row, mark, context, read)
        case "irrelevant":
            return _left_open(row, mark, context, read)
        case _:
            return None


def _ended_by(row: list[Unit], mark: Mark) -> list[Unit] | None:
    """Return the units before a mark that ends the criterion; None where more follows, or nothing stands before."""
    parted = cut(row, mark.start, mark.end)
    if parted is None:
        return None
    before, after = parted
    if not before or any(not (unit.kind in _AFTER_THE_END or unit.text.lower() in _STUDY) for unit in after):
        return None
    if any(unit.kind == "stop" or (unit.kind == "separator" and unit.value == "semicolon") for unit in before):
        return None  # of several sentences, it speaks of the last
    return before


def _denied(row: list[Unit], mark: Mark, context: Context, read: Read) -> Rule | None:
    """Read "metastases have been ruled out"."""
    before = _ended_by(row, mark)
    if before is None or any(unit.kind == "negation" for unit in before):
        return None
    rule = read(before, context.under_negation())
    return not_(rule, [context.span(mark.start, mark.end)]) if _is_understood(rule) else None


def _kept_out(row: list[Unit], mark: Mark, context: Context, read: Read) -> Rule | None:
    """Read "patients with asthma are not eligible"."""
    before = _ended_by(row, mark)
    if before is None or context.kind not in ("inclusion", "exclusion"):
        return None
    is_exclusion = context.kind == "exclusion"
    rule = read(before, context if is_exclusion else context.under_negation())
    if not _is_understood(rule) or (not is_exclusion and _denies(rule)):
        return None
    return rule if is_exclusion else not_(rule, [context.span(mark.start, mark.end)])


def _naive(row: list[Unit], mark: Mark, context: Context) -> Rule | None:
    """Read "steroid-naive patients": never treated with it."""
    before = _ended_by(row, mark)
    named = [unit for unit in before or () if unit.kind not in ("population", "article") and unit.text != "-"]
    if len(named) != 1 or named[0].kind != "phrase" or named[0].value == "Condition":
        return None
    fields = {"status": ["prior"], "spans": context.spans(named[0]), "confidence": LIKELY}
    given = thing("Drug", named[0].text.rstrip("-"), fields)
    return not_(given, [context.span(mark.start, mark.end)])


def _under_condition(row: list[Unit], mark: Mark, context: Context, read: Read) -> Rule | None:
    """Read "HbA1c < 8 % in case of diabetes" (asked of them alone), "asthma provided that FEV1 > 50 %" (both)."""
    parted = cut(row, mark.start, mark.end)
    if parted is None or mark.value not in ("asked", "required"):
        return None
    before, after = (_without_comma(units) for units in parted)
    if (
        not before
        or not after
        or any(unit.kind in ("stop", "open", "close", "exception") for unit in (*before, *after))
    ):
        return None
    what, who = read(before, context), read(after, replace(context, kind="inclusion", denied=False))
    if not (_is_understood(what) and _is_understood(who)):
        return None
    if mark.value == "required":
        return all_of([what, who])
    if context.kind == "exclusion":
        return all_of([who, what])
    return any_of([who.rule if isinstance(who, Not) else not_(who, []), what])


def _without_comma(units: list[Unit]) -> list[Unit]:
    """Return units without separators at their ends."""
    begin, end = 0, len(units)
    while begin < end and units[begin].kind == "separator":
        begin += 1
    while end > begin and units[end - 1].kind in ("separator", "stop"):
        end -= 1
    return units[begin:end]


def _left_open(row: list[Unit], mark: Mark, context: Context, read: Read) -> Rule | None:
    """Read "asthma with or without eczema": the words behind the mark ask for nothing, and end at the next comma."""
    parted = cut(row, mark.start, mark.end)
    if parted is None:
        return None
    before, after = parted
    while before and before[-1].kind in ("separator", "open"):
        if before[-1].kind == "open" and not (after and after[-1].kind == "close"):
            return None
        before = before[:-1]
    if not before or any(unit.kind in ("separator", "quantity", "window", "stop", "negation") for unit in after):
        return None
    rule = read(before, context)
    return rule if _is_understood(rule) else None


def _is_understood(rule: Rule) -> bool:
    return not any(isinstance(atom, Unstructured) for atom in atoms(rule))


def _denies(rule: Rule) -> bool:
    """Tell whether a rule holds a denial: what is kept out then may be either."""
    if isinstance(rule, Not):
        return True
    return isinstance(rule, AllOf | AnyOf) and any(_denies(part) for part in rule.rules)
