"""Finding what is understood among words that are not.

Limits (ages, bounds, counts) are looked for everywhere; facts (diseases, treatments, pregnancy) only where a clause
begins, for a name further inside may stand for something else ("risk of bleeding", "treatment for hypertension").
"""

from __future__ import annotations

from collections.abc import Iterator

from parser.models.rules import Condition, Observation, Rule, Sex, Treatment, atoms
from parser.models.values import Window
from parser.nlp.components.phrases.patterns import EMPTY_HEADS
from parser.rules.context import GUESS, Context, concept, not_
from parser.rules.frames.age import age
from parser.rules.frames.allergy import allergy
from parser.rules.frames.biomarker import biomarker
from parser.rules.frames.by_sex import by_sex
from parser.rules.frames.clinical import clinical_loosely
from parser.rules.frames.counted import counted
from parser.rules.frames.elapsed import elapsed
from parser.rules.frames.graded import graded
from parser.rules.frames.judgement import judgement
from parser.rules.frames.lasting import lasting
from parser.rules.frames.listed import listed
from parser.rules.frames.measurement import measurement
from parser.rules.frames.observation import observation
from parser.rules.frames.openings import Frame, read_first
from parser.rules.frames.people import people
from parser.rules.frames.reproductive import reproductive
from parser.rules.frames.requirement import requirement
from parser.rules.frames.resolved import resolved
from parser.rules.frames.result import result
from parser.rules.frames.scored import scored
from parser.rules.partial.clauses import EMPTY_WORDS, TURNING_WORDS, Island, is_turned
from parser.rules.partial.orphans import adopt, is_measured
from parser.rules.units import Cursor, Unit

_LIMITS: tuple[Frame, ...] = (age, resolved, graded, by_sex, measurement, listed, scored, counted, people)
_FACTS: tuple[Frame, ...] = (
    elapsed,
    lasting,
    judgement,
    requirement,
    reproductive,
    allergy,
    biomarker,
    observation,
    result,
)

#: Kinds of unit, beside empty words, that may stand before the fact that a clause states.
_BEFORE_A_FACT = frozenset(("article", "population", "sex", "negation", "colon"))
#: Units between a fact and its window; more are another matter.
_FURTHEST_WINDOW = 12
#: Words that say that a treatment has ended.
_ENDED = frozenset("discontinued stopped completed ceased withdrawn ended finished suspended terminated".split())
_IN_BETWEEN = frozenset(("word", "article", "phrase", "qualifier", "extent", "method", "narrowing", "measurement"))


def find_islands(row: list[Unit], context: Context) -> list[Unit | Island]:
    """Return the units of a criterion, those of a limit or fact as one island."""
    elements = _without_lone_sexes(list(_elements(row, context)))
    return adopt(elements, context)


def is_sex(rule: Rule) -> bool:
    """Tell whether a limit is on sex alone; that is no reason to take a criterion apart."""
    return all(isinstance(atom, Sex) for atom in atoms(rule))


def _elements(row: list[Unit], context: Context) -> Iterator[Unit | Island]:
    cursor = Cursor(row)
    place = _Place()
    while not cursor.done:
        begun = cursor.at
        island = _limit(cursor, context) or (_fact(cursor, context) if place.is_head else None)
        if island is None:
            place.pass_unit(row[cursor.at])
            yield row[cursor.at]
            cursor.at += 1
        elif is_turned(row, begun):
            place.pass_words()
            cursor.at = max(cursor.at, begun + 1)
            yield from row[begun : cursor.at]
        else:
            yield island
            taken = {unit.start for unit in island.units}
            yield from (unit for unit in row[begun : cursor.at] if unit.start not in taken)


class _Place:
    """Where in its clause the reading stands."""

    def __init__(self) -> None:
        self.is_head = True
        self._depth = 0
        self._has_words = False

    def pass_unit(self, unit: Unit) -> None:
        """Go past a unit that nothing understands."""
        self._depth += (unit.kind == "open") - (unit.kind == "close")
        if self._depth > 0 or unit.kind == "close":
            self.is_head = False
        elif unit.kind == "stop" or (unit.kind == "separator" and unit.value == "semicolon"):
            self.is_head, self._has_words = True, False
        elif unit.kind == "separator":
            # words before it may go on after it ("on the head or neck")
            self.is_head = not self._has_words
        elif not (unit.kind in _BEFORE_A_FACT or unit.text.lower() in EMPTY_WORDS):
            self.pass_words()

    def pass_words(self) -> None:
        """Go past words that say something."""
        self.is_head, self._has_words = False, True


def _limit(cursor: Cursor, context: Context) -> Island | None:
    begun = cursor.at
    rule = read_first(_LIMITS, cursor, context)
    return None if rule is None else Island(rule, tuple(cursor.units[begun : cursor.at]))


def _fact(cursor: Cursor, context: Context) -> Island | None:
    """Read a fact with the window that stands further on in its clause."""
    begun = cursor.at
    is_dated, is_measured_in_time = cursor.table(_windows_to_come)[begun]
    rule = (
        read_first(_FACTS, cursor, context)
        or (
            cursor.attempt(lambda: clinical_loosely(cursor, context, is_dated=is_dated))
            if cursor.has_ahead("noun")
            else None
        )
        or (cursor.attempt(lambda: _guess(cursor, context)) if is_measured_in_time else None)
    )
    if rule is None:
        return None
    read = cursor.units[begun : cursor.at]
    windows = _windows_ahead(cursor, rule)
    if windows:
        ahead = cursor.units[cursor.at : cursor.units.index(windows[-1])]
        cursor.at += len(ahead) + 1
        ended = [unit for unit in ahead if unit.text.lower() in _ENDED]
        if ended and len(windows) == 1 and context.kind != "exclusion":
            rule = _washed_out(rule, windows[0], context)
            read = [*read, *ended]
        else:
            rule = _dated(rule, [window.data for window in windows], context, windows)
    elif not _stands_alone(rule):
        cursor.at = begun
        return None
    return Island(rule, (*read, *windows), is_limit=False)


def _washed_out(rule: Rule, window: Unit, context: Context) -> Rule:
    """Return "X must have been stopped at least 4 weeks before screening" as no dose of X in those weeks."""
    length = window.data.min or window.data.max
    free = window.data.model_copy(
        update={
            "relation": "before",
            "min": None,
            "min_inclusive": None,
            "max": length,
            "max_inclusive": False if length else None,
            "of": "last_dose",
        }
    )
    if isinstance(rule, Treatment):
        rule = rule.model_copy(update={"status": []})  # when it ended says more than that it was before
    return not_(_dated(rule, [free], context, [window]), [])


def _stands_alone(rule: Rule) -> bool:
    """Tell whether a fact needs no window to be told from another: not a guess, and no treatment given at any time."""
    return not any(
        (isinstance(atom, Observation | Treatment) and not (atom.when or atom.status)) for atom in atoms(rule)
    )


def _windows_to_come(row: list[Unit]) -> list[tuple[bool, bool]]:
    """Tell of every place whether a window is still to come in its clause, and one with a length.

    A clause ends at the next stop, semicolon, bracket or exception.
    """
    found: list[tuple[bool, bool]] = []
    any_window = measured = False
    for unit in reversed(row):
        if unit.kind in ("stop", "open", "exception") or (unit.kind == "separator" and unit.value == "semicolon"):
            any_window = measured = False
        elif unit.kind == "window":
            any_window, measured = True, measured or is_measured(unit.data)
        found.append((any_window, measured))
    return found[::-1]


def _guess(cursor: Cursor, context: Context) -> Rule | None:
    """Read a phrase whose kind of thing nothing tells as a fact about the person."""
    phrase = cursor.take("phrase")
    if phrase is None or phrase.text.lower() in EMPTY_HEADS:
        return None
    return Observation(concept=concept(phrase.text), spans=context.spans(phrase), confidence=GUESS)


def _windows_ahead(cursor: Cursor, rule: Rule) -> list[Unit]:
    """Return the windows that a clause has after a fact without one, words between aside."""
    named = [atom for atom in atoms(rule) if isinstance(atom, Condition | Treatment | Observation)]
    if not named or any(atom.when for atom in named):
        return []
    is_treatment = all(isinstance(atom, Treatment) for atom in named)
    for ahead in range(_FURTHEST_WINDOW):
        unit = cursor.peek(ahead)
        if unit is None:
            return []
        if unit.kind == "window" and unit.text.lower().startswith("recent"):
            return []  # a recent examination: the window is of what stands after it
        if unit.kind == "window":
            following = cursor.peek(ahead + 1)
            both = following is not None and following.kind == "window"
            return [unit, following] if both and following is not None else [unit]
        if unit.kind not in _IN_BETWEEN or (unit.kind == "word" and unit.value in TURNING_WORDS):
            return []
        if unit.kind == "phrase" and unit.value in ("Procedure", "Drug"):
            return []
        if unit.kind == "phrase" and unit.value == "Condition" and not is_treatment:
            return []
    return []


def _dated(rule: Rule, when: list[Window], context: Context, windows: list[Unit]) -> Rule:
    """Give every atom of a fact its window."""
    if hasattr(rule, "rules"):
        return rule.model_copy(update={"rules": [_dated(part, when, context, windows) for part in rule.rules]})
    if hasattr(rule, "rule"):
        return rule.model_copy(update={"rule": _dated(rule.rule, when, context, windows)})
    if not isinstance(rule, Condition | Treatment | Observation):
        return rule
    return rule.model_copy(update={"when": when, "spans": [*rule.spans, *context.spans(*windows)]})


def _without_lone_sexes(elements: list[Unit | Island]) -> list[Unit | Island]:
    """Give the words of the sexes back where several clauses speak of one each ("females of …, and males who …")."""
    if sum(isinstance(element, Island) and is_sex(element.rule) for element in elements) < 2:
        return elements
    found: list[Unit | Island] = []
    for element in elements:
        found.extend(element.units if isinstance(element, Island) and is_sex(element.rule) else [element])
    return found
