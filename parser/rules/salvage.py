"""What is sure in a criterion that is not understood as a whole: its limits on age and on what is measured.

The criterion is cut at its separators into clauses. A clause that holds such a limit keeps it, beside its other words
and the brackets in it: they narrow it. Clauses without one stay words. All are then joined as their separators say;
where that is not clear, any in an exclusion and all elsewhere (JSON contract, section 3). A limit under a negation, a
condition or an exception is left alone: the words around it may turn it round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, pairwise

from parser.models.rules import AllOf, AnyOf, Measurement, Rule, Sex, Unstructured, atoms
from parser.rules.context import Context, all_of, any_of
from parser.rules.frames.age import age
from parser.rules.frames.measurement import measurement
from parser.rules.frames.people import people
from parser.rules.units import Cursor, Unit
from parser.rules.unstructured import unstructured

_FRAMES = (age, measurement, people)
#: Kinds of unit, and words, that open words which loosen the limit before them ("unless due to Gilbert's syndrome").
_LOOSENING_WORDS = frozenset("if unless when otherwise may allowed permitted acceptable".split())
#: Of these, the ones that open a condition under which another limit holds.
_CONDITIONS = frozenset("if when".split())
#: Words before people in a bracket that says what holds for them ("(in children, > 26 %)").
_FOR_PEOPLE = frozenset("in for".split())
#: Words in whose clause a limit no longer says what everybody must meet.
_TURNING = frozenset("if unless when where while until otherwise not nor than".split())
#: Words of a clause that add nothing to its limit.
_EMPTY = frozenset(
    "have has having with is are be must should who that patients patient subjects subject participants a an the of "
    "their his her and or both inclusive either".split()
)
#: Brackets nested deeper than this are words.
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class _Island:
    """A limit and the units that it was read from."""

    rule: Rule
    units: tuple[Unit, ...]


@dataclass(slots=True)
class _Clause:
    """The elements between two separators: units, islands, and bracketed groups."""

    separator: str
    elements: list[Unit | _Island | _Group] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """What stands in a bracket."""

    elements: list[Unit | _Island | _Group] = field(default_factory=list)


Element = Unit | _Island | _Group


def salvage(row: list[Unit], context: Context) -> Rule | None:
    """Return the sure limits of a criterion, joined with its other words; None when there are none."""
    elements = _without_lone_sexes(list(_with_islands(row, context)))
    if not any(isinstance(element, _Island) and not _is_sex(element.rule) for element in elements):
        return None
    grouped = _grouped(elements)
    return _read(grouped, context)


def _with_islands(row: list[Unit], context: Context) -> Iterator[Unit | _Island]:
    """Yield the units of a criterion, those of a limit as one island."""
    cursor = Cursor(row)
    while not cursor.done:
        begun = cursor.at
        rule = _limit(cursor, context)
        if rule is None:
            yield row[cursor.at]
            cursor.at += 1
        elif _is_turned(row, begun):
            yield from row[begun : cursor.at]
        else:
            yield _Island(rule, tuple(row[begun : cursor.at]))


def _limit(cursor: Cursor, context: Context) -> Rule | None:
    for frame in _FRAMES:
        rule: Rule | None = cursor.attempt(partial(frame, cursor, context))
        if rule is not None:
            return rule
    return None


def _is_turned(row: list[Unit], index: int) -> bool:
    """Tell whether the words before a limit, back to the last separator outside brackets, may turn it round."""
    depths = list(accumulate((unit.kind == "open") - (unit.kind == "close") for unit in row[:index]))
    for unit, depth in zip(reversed(row[:index]), reversed(depths), strict=True):
        if unit.kind in ("negation", "exception") or (unit.kind == "word" and unit.value in _TURNING):
            return True
        if unit.kind == "stop" or (unit.kind == "separator" and unit.value != "or" and depth <= 0):
            return False
    return False


def _is_sex(rule: Rule) -> bool:
    """Tell whether a limit is on sex alone; that is no reason to take a criterion apart."""
    return all(isinstance(atom, Sex) for atom in atoms(rule))


def _without_lone_sexes(elements: list[Unit | _Island]) -> list[Unit | _Island]:
    """Give the words of the sexes back where several clauses speak of one each ("females of …, and males who …")."""
    if sum(isinstance(element, _Island) and _is_sex(element.rule) for element in elements) < 2:
        return elements
    flat: list[Unit | _Island] = []
    for element in elements:
        flat.extend(element.units if isinstance(element, _Island) and _is_sex(element.rule) else [element])
    return flat


def _grouped(elements: list[Unit | _Island]) -> list[Element]:
    """Put what stands in brackets into groups; brackets that do not pair are dropped."""
    stack: list[list[Element]] = [[]]
    for element in elements:
        if isinstance(element, Unit) and element.kind == "open" and len(stack) <= _DEEPEST:
            stack.append([])
        elif isinstance(element, Unit) and element.kind == "close" and len(stack) > 1:
            inside = stack.pop()
            # limits in a bracket that loosens are no limits for all
            stack[-1].append(_Group(list(_flat(inside)) if _loosens(inside) else inside))
        else:
            stack[-1].append(element)
    while len(stack) > 1:
        inside = stack.pop()
        stack[-1].extend(inside)
    return stack[0]


def _islands_in(elements: list[Element]) -> bool:
    return any(
        isinstance(element, _Island) or (isinstance(element, _Group) and _islands_in(element.elements))
        for element in elements
    )


def _read(elements: list[Element], context: Context) -> Rule:
    """Return the rule of a stretch: its clauses, each with its limits, joined."""
    rules: list[Rule] = []
    separators: list[str] = []
    for stretch in _stretches(_clauses(elements)):
        rule = _read_clause(stretch.elements, context) if _islands_in(stretch.elements) else _kept(stretch, context)
        if rule is None or (is_conditional(stretch.elements) and add_alternative(rules, rule)):
            continue
        rules.append(rule)
        separators.append(stretch.separator)
    return _joined(rules, separators[1:], context)


def is_conditional(elements: Sequence[Element]) -> bool:
    """Tell whether a stretch says under which condition its limits hold."""
    return any(unit.value in _CONDITIONS for unit in _words(elements))


def add_alternative(rules: list[Rule], rule: Rule) -> bool:
    """Join a limit under a condition to the limit on the same thing before it; tell whether there was one.

    "ALT ≤ 3 x ULN; ALT ≤ 5 x ULN if there are liver metastases": either holds.
    """
    named = _measured(rule)
    for index, before in enumerate(rules):
        parts = before.rules if isinstance(before, AllOf) else [before]
        same = [part for part in parts if _measured(part) and _measured(part) <= named]
        if same and frozenset().union(*map(_measured, same)) == named:
            others = [part for part in parts if part not in same]
            rules[index] = all_of([*others, any_of([all_of(same), _under_its_condition(rule)])])
            return True
    return False


def _under_its_condition(rule: Rule) -> Rule:
    """Return a limit with the words of its condition, which by themselves would only loosen it: both must hold."""
    loosened = isinstance(rule, AnyOf) and any(isinstance(part, Unstructured) for part in rule.rules)
    return all_of(rule.rules) if isinstance(rule, AnyOf) and loosened else rule


def _measured(rule: Rule) -> frozenset[str | None]:
    return frozenset(atom.concept.name for atom in atoms(rule) if isinstance(atom, Measurement))


def _stretches(clauses: list[_Clause]) -> Iterator[_Clause]:
    """Yield the clauses, those without limits that follow each other as one, with the first one's separator."""
    words: _Clause | None = None
    for clause in clauses:
        if _islands_in(clause.elements):
            if words is not None:
                yield words
            words = None
            yield clause
        elif words is None:
            words = _Clause(clause.separator, list(clause.elements))
        else:
            words.elements.extend(clause.elements)
    if words is not None:
        yield words


def _read_clause(elements: list[Element], context: Context) -> Rule:
    """Join a clause's limits with its other words: they narrow them, or loosen them (a waiver, another limit)."""
    parts = list(_parts(elements, context))
    if context.kind == "exclusion" or not _loosens(elements):
        return all_of(parts)
    limits = [part for part in parts if not isinstance(part, Unstructured)]
    words = [part for part in parts if isinstance(part, Unstructured)]
    if not limits or not words:
        return all_of(parts)
    return any_of([all_of(limits), all_of(words)])


def _loosens(elements: list[Element]) -> bool:
    words = list(_words(elements))
    for_people = any(
        unit.value in _FOR_PEOPLE and following.kind in ("population", "sex") for unit, following in pairwise(words)
    )
    return for_people or any(unit.kind == "exception" or unit.value in _LOOSENING_WORDS for unit in words)


def _words(elements: Sequence[Element]) -> Iterator[Unit]:
    for element in elements:
        if isinstance(element, Unit):
            yield element
        elif isinstance(element, _Group):
            yield from _words(element.elements)


def _clauses(elements: list[Element]) -> list[_Clause]:
    clauses = [_Clause("")]
    for element in elements:
        if isinstance(element, Unit) and element.kind in ("separator", "stop"):
            clauses.append(_Clause(element.value if element.kind == "separator" else "stop"))
        else:
            clauses[-1].elements.append(element)
    return [clause for clause in clauses if clause.elements]


def _kept(stretch: _Clause, context: Context) -> Rule | None:
    """Keep the words of clauses without limits as one unstructured part; None where they say nothing."""
    words = list(_flat(stretch.elements))
    return unstructured(context, words[0].start, words[-1].end) if _says_more(words) else None


def _parts(elements: list[Element], context: Context) -> Iterator[Rule]:
    """Yield a clause's limits, the rules of its brackets, and its other words run by run."""
    run: list[Unit] = []
    for element in [*elements, None]:
        if isinstance(element, Unit) or (isinstance(element, _Group) and not _islands_in(element.elements)):
            run.extend(_flat([element]))
            continue
        if run and _says_more(run):
            yield unstructured(context, run[0].start, run[-1].end)
        run = []
        if isinstance(element, _Island):
            yield element.rule
        elif isinstance(element, _Group):
            yield _read(element.elements, context)


def _flat(elements: list[Element]) -> Iterator[Unit]:
    for element in elements:
        if isinstance(element, Unit):
            yield element
        else:
            yield from element.units if isinstance(element, _Island) else _flat(element.elements)


def _says_more(run: list[Unit]) -> bool:
    return any(unit.text.lower() not in _EMPTY and any(char.isalnum() for char in unit.text) for unit in run)


def _joined(rules: list[Rule], separators: list[str], context: Context) -> Rule:
    said = set(separators)
    joined = context.join(rules, separators) if "stop" not in said else None
    if joined is not None:
        return joined
    if context.kind == "exclusion" or ("or" in said and "and" not in said):
        return any_of(rules)
    return all_of(rules)
