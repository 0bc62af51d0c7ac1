"""What a rule's builder must know beside the units: the section it is in, and where its words stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from parser.models.eligibility import CriterionKind
from parser.models.rules import AllOf, AnyOf, Not, Rule
from parser.models.values import Concept, Span
from parser.normalize.concepts import concept_name
from parser.rules.units import Cursor, Unit
from parser.text import TracedText

#: What a reading rests on: an exact pattern; a head noun or ending; a guess by its place alone. Ranks, which
#: `confidence` turns into shares of atoms that are right.
SURE, LIKELY, GUESS = 0.95, 0.8, 0.5

#: Lists inside lists ("asthma (e.g., allergic (e.g., …))") that are read; people write two.
DEEPEST_LIST = 4


@dataclass(frozen=True, slots=True)
class Context:
    """Where a criterion stands.

    Attributes:
        kind: Of its section; decides what a bare comma or "and" means.
        text: The criterion's clean text, with its way back to the eligibility text.
        read_list: Reads a bracketed list of things, each a rule of its own; None when it is not understood. The
            grammar gives itself here, so that a frame need not know it.
        expects: Kind of thing that a phrase names where nothing else tells: examples are kinds of their term.
        denied: Whether the words stand under a negation, where "and" and "or" both mean any.
        depth: In how many lists inside each other the words stand.
    """

    kind: CriterionKind
    text: TracedText
    read_list: Callable[[Cursor, Context], list[Rule] | None]
    expects: str | None = None
    denied: bool = False
    depth: int = 0

    def in_list(self) -> Context | None:
        """Return the place inside a list that stands here; None where lists are nested deeper than anybody writes."""
        return replace(self, depth=self.depth + 1) if self.depth < DEEPEST_LIST else None

    def under_negation(self) -> Context:
        """Return the same place under a negation."""
        return replace(self, denied=True)

    def span(self, start: int, end: int) -> Span:
        """Return the place in the eligibility text of a stretch of the criterion's text."""
        found = self.text.source_span(start, end)
        assert found is not None, "a criterion's words come from the eligibility text"
        return found

    def spans(self, *units: Unit) -> list[Span]:
        """Return the places of units, joined where they follow each other with only blanks between."""
        joined: list[tuple[int, int]] = []
        for unit in sorted(units, key=lambda unit: unit.start):
            if joined and not self.text.text[joined[-1][1] : unit.start].strip():
                joined[-1] = (joined[-1][0], max(unit.end, joined[-1][1]))
            else:
                joined.append((unit.start, unit.end))
        return [self.span(*place) for place in joined]

    def words(self, start: int, end: int) -> str:
        """Return the criterion's own words."""
        return self.text.text[start:end]

    def join(self, rules: Sequence[Rule], separators: Iterable[str]) -> Rule | None:
        """Join the parts of a list as its separators say; None where "and" and "or" are mixed.

        In an exclusion, and under a negation, "and" and commas list what disqualifies, each by itself: any of them.
        """
        if len(rules) == 1:
            return rules[0]
        said = set(separators)
        disqualifies = self.denied or self.kind == "exclusion"
        if not disqualifies and "or" in said and said & {"and", "semicolon", "stop"}:
            return None
        either = disqualifies or "or" in said
        return any_of(_alternatives(rules)) if either else all_of(rules)


def _alternatives(rules: Sequence[Rule]) -> list[Rule]:
    """Return the alternatives of a list of alternatives as one list."""
    return [
        part for rule in rules for part in (rule.rules if isinstance(rule, AnyOf) and rule.at_least == 1 else [rule])
    ]


def concept(text: str) -> Concept:
    """Return the concept that a phrase names."""
    return Concept(text=text, name=concept_name(text))


def all_of(rules: Sequence[Rule]) -> Rule:
    """Join rules that must all hold; nested ones of the same kind are one."""
    if len(rules) == 1:
        return rules[0]
    flat = [part for rule in rules for part in (rule.rules if isinstance(rule, AllOf) else [rule])]
    return AllOf(rules=flat, spans=outline_of(flat), confidence=least(flat))


def any_of(rules: Sequence[Rule], at_least: int = 1) -> Rule:
    """Join rules of which some must hold."""
    if len(rules) == 1 and at_least == 1:
        return rules[0]
    return AnyOf(rules=list(rules), at_least=at_least, spans=outline_of(rules), confidence=least(rules))


def not_(rule: Rule, spans: list[Span]) -> Rule:
    """Deny a rule; `spans` are the words that deny."""
    return Not(rule=rule, spans=outline_of([rule], spans), confidence=rule.confidence)


def outline_of(rules: Iterable[Rule], more: Iterable[Span] = ()) -> list[Span]:
    """Return one span from the first to the last word of the parts."""
    spans = [*more, *(span for rule in rules for span in rule.spans)]
    return [(min(start for start, _ in spans), max(end for _, end in spans))] if spans else []


def least(rules: Iterable[Rule]) -> float:
    """Return the confidence of a joined rule: that of its least sure part."""
    return min(rule.confidence for rule in rules)
