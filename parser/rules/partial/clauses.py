"""A criterion as clauses: units, islands of what is understood, and brackets, cut at the separators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from parser.models.rules import Rule
from parser.rules.units import Unit

#: Brackets nested deeper than this are words.
_DEEPEST = 4
#: Words of a clause that add nothing to what it says.
EMPTY_WORDS = frozenset(
    """
    have has had having with is are was were be been must should will who that patients patient subjects subject
    participants participant a an the of their his her and or both inclusive either any also currently eligible
    included enrolled for in on at by to within from per during as other another undergoing required
    """.split()
)
#: Words in whose clause a limit no longer says what everybody must meet.
TURNING_WORDS = frozenset("if unless when where while until otherwise nor than".split())
#: Kinds of unit that say how what follows them is meant, and nothing else.
_SIGNS = frozenset(("definition", "examples", "colon", "separator"))


@dataclass(frozen=True, slots=True)
class Island:
    """What a frame understood.

    Attributes:
        rule: What it says.
        units: The units that it was read from; other words may stand between them.
        is_limit: Whether it bounds a number; other islands are facts ("diabetes").
    """

    rule: Rule
    units: tuple[Unit, ...]
    is_limit: bool = True


@dataclass(slots=True)
class Group:
    """What stands in a bracket."""

    elements: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class Clause:
    """The elements between two separators; `separator` is the one before it."""

    separator: str
    elements: list[Element] = field(default_factory=list)

    @property
    def has_islands(self) -> bool:
        """Whether anything in it is understood."""
        return has_islands(self.elements)


Element = Unit | Island | Group


def grouped(elements: Iterable[Unit | Island]) -> list[Element]:
    """Put what stands in brackets into groups; brackets that do not pair are dropped."""
    stack: list[list[Element]] = [[]]
    for element in elements:
        if isinstance(element, Unit) and element.kind == "open" and len(stack) <= _DEEPEST:
            stack.append([])
        elif isinstance(element, Unit) and element.kind == "close" and len(stack) > 1:
            inside = stack.pop()
            stack[-1].append(Group(inside))
        else:
            stack[-1].append(element)
    while len(stack) > 1:
        inside = stack.pop()
        stack[-1].extend(inside)
    return stack[0]


def sentences(elements: Iterable[Element]) -> list[list[Clause]]:
    """Cut at stops and semicolons into sentences, and these at the other separators into clauses."""
    found: list[list[Clause]] = [[Clause("")]]
    for element in elements:
        kind = element.kind if isinstance(element, Unit) else ""
        if kind == "stop" or (isinstance(element, Unit) and kind == "separator" and element.value == "semicolon"):
            found.append([Clause("stop" if kind == "stop" else "semicolon")])
        elif isinstance(element, Unit) and kind == "separator":
            found[-1].append(Clause(element.value))
        else:
            found[-1][-1].elements.append(element)
    with_words = ([clause for clause in sentence if clause.elements] for sentence in found)
    return [sentence for sentence in with_words if sentence]


def has_islands(elements: Iterable[Element]) -> bool:
    """Tell whether anything is understood, brackets included."""
    return any(
        isinstance(element, Island) or (isinstance(element, Group) and has_islands(element.elements))
        for element in elements
    )


def is_turned(elements: Sequence[Unit | Island], index: int) -> bool:
    """Tell whether the words before a limit, back to the last separator outside brackets, may turn it round."""
    before = [element for element in elements[:index] if isinstance(element, Unit)]
    depths = list(accumulate((unit.kind == "open") - (unit.kind == "close") for unit in before))
    for unit, depth in zip(reversed(before), reversed(depths), strict=True):
        if unit.kind == "exception" or (unit.kind == "word" and unit.value in TURNING_WORDS):
            return True
        if unit.kind == "stop" or (unit.kind == "separator" and unit.value != "or" and depth <= 0):
            return False
    return False


def flat(elements: Iterable[Element]) -> Iterator[Unit]:
    """Yield the units, those of islands and brackets included, in the order of the text."""
    units = [unit for element in elements for unit in _units(element)]
    yield from sorted(units, key=lambda unit: unit.start)


def _units(element: Element) -> Iterator[Unit]:
    if isinstance(element, Unit):
        yield element
    elif isinstance(element, Island):
        yield from element.units
    else:
        for inner in element.elements:
            yield from _units(inner)


def words(elements: Iterable[Element]) -> Iterator[Unit]:
    """Yield the units that no island took, brackets included."""
    for element in elements:
        if isinstance(element, Unit):
            yield element
        elif isinstance(element, Group):
            yield from words(element.elements)


def says_more(units: Iterable[Unit]) -> bool:
    """Tell whether words say anything beside what links others."""
    return any(
        unit.kind not in _SIGNS
        and not EMPTY_WORDS.issuperset(unit.text.lower().split())
        and any(char.isalnum() for char in unit.text)
        for unit in units
    )
