"""The grammar of a criterion: clauses, joined by separators, each read by a frame.

    criterion  :=  part ((";" | ".") part)*            parts are read alone; what fails stays unstructured
    part       :=  [population] clause (separator clause)*
    clause     :=  ["no" | "not" | "without"] frame

A part is understood when its units are all used. Where a list of clauses begins with limits on age or sex, the
clauses after it may stay unstructured one by one: they cannot change what an age limit means. Elsewhere a part that
is not understood to its end is unstructured as a whole, because its end may turn its beginning round.
"""

from __future__ import annotations

import re
from dataclasses import replace

from parser.models.rules import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    Condition,
    Not,
    Reproductive,
    Rule,
    Sex,
    Treatment,
    Unstructured,
    atoms,
    parts,
)
from parser.models.values import Span
from parser.rules.announcing import Count, adequate, announced, counted, is_generic
from parser.rules.conditionals import read_conditional
from parser.rules.context import Context, all_of, any_of, not_
from parser.rules.frames import FRAMES, read_first
from parser.rules.frames.by_sex import by_sex
from parser.rules.frames.items import EXCEPTING
from parser.rules.frames.people import pass_people
from parser.rules.frames.timing import at_another_time, free_of
from parser.rules.partial import add_alternative, is_conditional, read_partly
from parser.rules.units import Cursor, Unit
from parser.rules.unstructured import unstructured

#: Words of a sentence that asks for nothing.
_WISHES = frozenset("preferred encouraged recommended mandatory optional preferable desirable advisable".split())
#: Units that a label may have before its colon.
_LONGEST_LABEL = 6
#: Kinds of unit that no label has.
_NO_LABEL = ("negation", "exception", "quantity", "window", "duration", "stop", "open", "sex", "examples", "definition")
#: Kinds of unit that say something of what follows a colon.
_CUES = frozenset(("article", "status", "certainty", "established", "intro", "qualifier"))
#: A letter or digit.
_NAMING = re.compile(r"[^\W_]")


def read_criterion(row: list[Unit], context: Context) -> Rule:
    """Return the rule of a criterion's units; `unstructured` for what is not understood."""
    if any(unit.text.lower() in _WISHES for unit in row) and not any(unit.kind == "stop" for unit in row):
        return _kept(row, context)
    return (
        read_conditional(row, context, _read_plain)
        or _read_counted(row, context)
        or _read_labelled(row, context)
        or _read_plain(row, context)
    )


def _read_counted(row: list[Unit], context: Context) -> Rule | None:
    """Read "at least two of the following: fever, cough, dyspnea", "no history of any of the following: …".

    Returns:
        None where there is no such list, or one that is not understood.
    """
    colon = next((index for index, unit in enumerate(row[: _LONGEST_LABEL + 2]) if unit.kind == "colon"), None)
    if colon is None or not colon:
        return None
    label = context.words(row[0].start, row[colon].start)
    count, manner = counted(label), announced(row[:colon])
    if count is None or not (is_generic(label) or manner is not None):
        return None
    cursor = Cursor(row[colon + 1 :])
    rules = read_list(cursor, context)
    if rules is None or not cursor.done or len(rules) < 2:
        return None
    if manner is not None:
        rules = [manner.said_of(rule) for rule in rules]
    if count == Count("none") or (manner is not None and manner.is_denied):
        return None if count == Count("all") else not_(any_of(rules), context.spans(*row[:colon]))
    return all_of(rules) if count == Count("all") else count.join(rules)


def _read_labelled(row: list[Unit], context: Context) -> Rule | None:
    """Read what stands after a label that only names the subject ("Cardiac disease: infarction within 6 months").

    Returns:
        None where there is no such label, or nothing after it is understood.
    """
    colon = next((index for index, unit in enumerate(row[: _LONGEST_LABEL + 1]) if unit.kind == "colon"), None)
    if colon is None or not 0 < colon < len(row) - 1 or any(unit.kind in _NO_LABEL for unit in row[:colon]):
        return None
    if all(unit.kind in _CUES for unit in row[:colon]):
        return None  # "Prior treatment with:" says when, and names no subject
    following = row[colon + 1]
    if following.kind == "quantity" or (_measures(row[:colon]) and following.kind not in ("measurement", "phrase")):
        return None
    rule = _read_plain(row[colon + 1 :], context)
    label = row[:colon]
    named = adequate(context.words(label[0].start, label[-1].end), rule, context.spans(*label))
    if named is not None and not any(isinstance(atom, Unstructured) for atom in atoms(rule)):
        return named
    return None if all(isinstance(atom, Unstructured) for atom in atoms(rule)) else rule


def _measures(label: list[Unit]) -> bool:
    return any(unit.kind in ("measurement", "age", "grade") for unit in label)


def _read_plain(row: list[Unit], context: Context) -> Rule:
    """Read a criterion, or a part of one, that is for everybody."""
    stretches = _split(row)
    rules = [_read_part(Cursor(stretch), context) for stretch in stretches]
    understood = [rule for rule in rules if rule is not None]
    if not understood or (len(understood) < len(rules) and any(unit.kind == "stop" for unit in row)):
        # a later sentence may take back what an earlier one says
        return _sure_limits(row, context)
    if context.kind != "exclusion" and sum(_asserts_a_state(rule) for rule in understood) > 1:
        # several diseases that must all hold are rather alternatives
        return _sure_limits(row, context)
    whole: list[Rule] = []
    for rule, part in zip(rules, stretches, strict=True):
        made = rule or read_partly(part, context) or unstructured(context, part[0].start, part[-1].end)
        if whole and part[0].kind == "exception" and part[0].text.lower() in EXCEPTING:
            whole[-1] = all_of([whole[-1], made])  # "; exceptions include …": no alternative, whatever it says
        elif not (is_conditional(part) and add_alternative(whole, made)):
            whole.append(made)
    joined = context.join(whole, [])
    assert joined is not None, "parts without connectors always join"
    return joined


def _sure_limits(row: list[Unit], context: Context) -> Rule:
    """Return what is sure in a criterion that is not understood; all of it kept as words where nothing is."""
    return read_partly(row, context) or _kept(row, context)


def _kept(row: list[Unit], context: Context) -> Rule:
    """Keep a stretch as words, with the signs at the criterion's ends."""
    text = context.text.text
    start = row[0].start if _NAMING.search(text, 0, row[0].start) else 0
    end = row[-1].end if _NAMING.search(text, row[-1].end) else len(text)
    return unstructured(context, start, end)


def _asserts_a_state(rule: Rule) -> bool:
    return any(isinstance(part, Condition | Treatment) for part in (rule, *parts(rule)))


def read_list(cursor: Cursor, context: Context) -> list[Rule] | None:
    """Read a list of examples: every member a rule, whatever joins them; None when one is not understood."""
    rules: list[Rule] = []
    inside = context.in_list()
    while inside is not None:
        rule = _clause(cursor, replace(inside, kind="exclusion", denied=False))
        if rule is None:
            return None
        rules.extend(rule.rules if rule.type == "any_of" else [rule])
        if cursor.take("separator") is None:
            return rules
    return None


def _split(row: list[Unit]) -> list[list[Unit]]:
    """Split at stops and semicolons outside brackets."""
    parts: list[list[Unit]] = [[]]
    depth = 0
    for unit in row:
        depth += (unit.kind == "open") - (unit.kind == "close")
        ends = unit.kind == "stop" or (unit.kind == "separator" and unit.value == "semicolon")
        if ends and depth <= 0:
            parts.append([])
        else:
            parts[-1].append(unit)
    return [part for part in parts if part]


def _read_part(cursor: Cursor, context: Context) -> Rule | None:
    apart = cursor.attempt(lambda: by_sex(cursor, context)) if cursor.sees("sex") else None
    if apart is not None and cursor.done:
        return apart
    cursor.at = 0
    sexes = pass_people(cursor, context)
    if sexes is not None and cursor.done:
        return sexes
    rules: list[Rule] = [] if sexes is None else [sexes]
    clauses = _clauses(cursor, context)
    if clauses is None:
        return None
    # "women who are pregnant": the sex narrows whatever is said, in exclusions too
    return all_of([*rules, clauses]) if rules else clauses


def _clauses(cursor: Cursor, context: Context) -> Rule | None:
    """Read clauses to the end; None when they are not understood."""
    rules: list[Rule] = []
    separators: list[str] = []
    while True:
        rule = (cursor.attempt(lambda: _again(rules[-1], cursor, context)) if rules else None) or _clause(
            cursor, context
        )
        if rule is None:
            return None
        if rules and separators[-1] == "or" and _goes_on_denying(rules[-1], rule):
            rules[-1] = _also_denied(rules[-1], rule)
            separators.pop()
        else:
            rules.append(rule)
        if cursor.done:
            return None if _window_reach_unclear(rules) else context.join(rules, separators)
        separator = cursor.take("separator")
        if separator is None:
            return None
        separators.append(separator.value)


def _goes_on_denying(before: Rule, rule: Rule) -> bool:
    """Tell whether "no A, or B" denies B too: a fact with no negation of its own, and no limit."""
    facts = all(isinstance(atom, Condition | Treatment | Allergy | Reproductive) for atom in atoms(rule))
    return isinstance(before, Not) and not isinstance(rule, Not) and facts


def _also_denied(before: Rule, rule: Rule) -> Rule:
    assert isinstance(before, Not), "only what is denied goes on being denied"
    parts = before.rule.rules if isinstance(before.rule, AnyOf) else [before.rule]
    return not_(any_of([*parts, rule]), before.spans)


def _again(rule: Rule, cursor: Cursor, context: Context) -> Rule | None:
    """Read a window that stands alone after a separator: the fact before it, at another time."""
    status = cursor.take("status", "planned", "current", "prior")
    window = cursor.take("window")
    if window is None or not (cursor.done or cursor.sees("separator")):
        return None
    return at_another_time(rule, window, status, context)


def _window_reach_unclear(rules: list[Rule]) -> bool:
    """Tell whether only the last of several clauses has a window: it may be meant for all of them."""
    dated = [
        any(getattr(atom, "when", None) for atom in atoms(rule)) for rule in rules if not isinstance(rule, Age | Sex)
    ]
    return len(dated) > 1 and dated[-1] and not all(dated)


def _clause(cursor: Cursor, context: Context) -> Rule | None:
    """Read one clause, with the negation in front of it."""
    mark = cursor.at
    denial = cursor.take("negation")
    inner = context.under_negation() if denial else context
    rule = read_first(FRAMES, cursor, inner)
    if rule is None:
        cursor.at = mark
        return None
    return _denied(free_of(rule), context.spans(denial)) if denial else rule


def _denied(rule: Rule, spans: list[Span]) -> Rule:
    """Deny a rule; whom it is about is not denied ("non-lactating women")."""
    if isinstance(rule, AllOf) and isinstance(rule.rules[0], Sex):
        return all_of([rule.rules[0], not_(all_of(rule.rules[1:]), spans)])
    return not_(rule, spans)
