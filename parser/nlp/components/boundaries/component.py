"""The `trial_boundaries` component."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Span

from parser.nlp.annotations import ASSERTION, QUANTITIES, WINDOWS
from parser.nlp.components.boundaries.patterns import (
    AFTER_VALUE,
    BRACKETS,
    LEADING_SIGNS,
    LONGEST_BRACKET,
    NEGATIONS,
    OTHER_NAMES,
    TRAILING_SIGNS,
    UNSURE_STARTS,
    YOUNG_DISEASES,
)
from parser.normalize.abbreviations import long_form

#: First token, token behind the last, label.
Entity = tuple[int, int, str]


class Layout:
    """Which entity each token of a `Doc` belongs to; entities do not overlap."""

    def __init__(self, doc: Doc) -> None:
        self.before: list[Entity] = [(entity.start, entity.end, entity.label_) for entity in doc.ents]
        self._owners: list[Entity | None] = [None] * len(doc)
        for entity in self.before:
            self.put(entity)

    def over(self, start: int, end: int) -> list[Entity]:
        """Return the entities with a token in a stretch, in order."""
        return list(dict.fromkeys(owner for owner in self._owners[start:end] if owner))

    def put(self, entity: Entity) -> None:
        """Put an entity in the place of all that it overlaps."""
        start, end, _ = entity
        for first, behind, _ in self.over(start, end):
            self._owners[first:behind] = [None] * (behind - first)
        self._owners[start:end] = [entity] * (end - start)

    def entities(self) -> list[Entity]:
        """Return all entities, in order."""
        return self.over(0, len(self._owners))


class Boundaries:
    """Mend the entities of `doc.ents` by what the patterns have found, each kind of repair by a switch of its own.

    It reads the groups `trial_quantities`, `trial_windows` and `trial_assertion`, and belongs behind the components
    that write them and the recogniser. An entity of another label is never cut or swallowed.

    Args:
        values: A Value that overlaps a quantity takes its boundaries: comparator, number and unit.
        times: A Temporal that overlaps a window reaches at least as far: preposition, length, anchor.
        missing: Windows and cues of exceptions where nothing was recognised become Temporals and Negations.
        edges: Signs and unmatched brackets at an entity's ends are no part of it, the bracket that closes one is.
        abbreviations: The abbreviation in brackets behind a name is part of it.
        young: Names of diseases that are younger than the annotated corpus are Conditions.

    Example:
        >>> doc = load()("platelets ≥ 100,000/mm3 within 14 days")
        >>> [(ent.text, ent.label_) for ent in doc.ents]
        [('platelets', 'Measurement'), ('≥ 100,000/mm3', 'Value'), ('within 14 days', 'Temporal')]
    """

    def __init__(
        self,
        *,
        values: bool = True,
        times: bool = True,
        missing: bool = True,
        edges: bool = True,
        abbreviations: bool = True,
        young: bool = True,
    ) -> None:
        switches = (
            (values, mend_values),
            (times, mend_times),
            (missing, add_missing),
            (edges, clean_edges),
            (abbreviations, take_abbreviations),
            (young, name_young_diseases),
        )
        self._repairs: list[Callable[[Doc, Layout], None]] = [repair for on, repair in switches if on]

    def __call__(self, doc: Doc) -> Doc:
        """Write the entities of a `Doc` anew where a repair changes them."""
        layout = Layout(doc)
        for repair in self._repairs:
            repair(doc, layout)
        entities = layout.entities()
        if entities != layout.before:
            doc.ents = tuple(Span(doc, start, end, label=label) for start, end, label in entities)
        return doc


def mend_values(doc: Doc, layout: Layout) -> None:
    """Give Values the end of the quantity that they overlap, and at least its begin ("scores | above 26")."""
    for span in _group(doc, QUANTITIES):
        over = layout.over(span.start, span.end)
        if _all_are(over, "Value"):
            layout.put((min(span.start, over[0][0]), _value_end(span), "Value"))


def _value_end(span: Span) -> int:
    """Return where the Value of a quantity ends: before "of age", and before a bracket that was opened before it."""
    end = span.end
    while end > span.start + 1 and (
        span.doc[end - 1].lower_ in AFTER_VALUE or _is_unmatched(span.doc, span.start, end)
    ):
        end -= 1
    return end


def mend_times(doc: Doc, layout: Layout) -> None:
    """Stretch Temporals over the windows that they overlap; what else they hold stays ("for 2 months | before it")."""
    for span in _windows(doc):
        over = layout.over(span.start, span.end)
        if _all_are(over, "Temporal"):
            layout.put((min(span.start, over[0][0]), max(span.end, over[-1][1]), "Temporal"))


def add_missing(doc: Doc, layout: Layout) -> None:
    """Add Temporals and Negations in whose place nothing was recognised; part of a cue becomes the whole cue."""
    for span in _windows(doc):
        if span[0].lower_ not in UNSURE_STARTS and not layout.over(span.start, span.end):
            layout.put((span.start, span.end, "Temporal"))
    for span in _group(doc, ASSERTION):
        over = layout.over(span.start, span.end)
        is_cue = span.label_ == "exception" and span.text.lower() in NEGATIONS
        if is_cue and (not over or (_all_are(over, "Negation") and over[-1][1] <= span.end)):
            layout.put((min(span.start, over[0][0]) if over else span.start, span.end, "Negation"))


def clean_edges(doc: Doc, layout: Layout) -> None:
    """Take signs and unmatched brackets off the ends of entities; one of nothing else stays as it is."""
    for start, end, label in layout.entities():
        first, last = start, end
        while first < last and doc[first].text in LEADING_SIGNS:
            first += 1
        while first < last and (doc[last - 1].text in TRAILING_SIGNS or _is_unmatched(doc, first, last)):
            last -= 1
        if (
            last < len(doc)
            and doc[last].text in BRACKETS
            and _depth(doc, first, last + 1) == 0
            and not layout.over(last, last + 1)
        ):
            last += 1
        if first < last and (first, last) != (start, end):
            layout.put((first, last, label))


def take_abbreviations(doc: Doc, layout: Layout) -> None:
    """Add to names the abbreviation behind them, where nothing was recognised in its brackets.

    A name that goes on behind the bracket and was cut at it is one ("converting enzyme | (ACE) inhibitors").
    """
    for start, end, label in layout.entities():
        close = next((at for at in range(end + 1, min(end + LONGEST_BRACKET, len(doc))) if doc[at].text == ")"), None)
        if close is None or doc[end].text != "(":
            continue
        over = layout.over(end, close + 1)
        behind = max([close + 1, *(last for _, last, _ in over)])
        if any(other != label or last <= close for _, last, other in over):
            continue
        if long_form(doc[start:end].text, doc[end + 1 : close].text) is not None:
            layout.put((start, behind, label))


def name_young_diseases(doc: Doc, layout: Layout) -> None:
    """Make a young disease's name a Condition where it was missed, cut or taken for something else.

    A longer entity that the name is part of stays ("COVID-19 vaccine", "severe COVID-19 pneumonia").
    """
    for match in YOUNG_DISEASES.finditer(doc.text):
        span = doc.char_span(*match.span(), label="Condition", alignment_mode="expand")
        if span is None or _names_something_else(span):
            continue
        over = layout.over(span.start, span.end)
        if all(span.start <= start and end <= span.end for start, end, _ in over):
            layout.put((span.start, span.end, "Condition"))


def _names_something_else(span: Span) -> bool:
    """Tell whether the words behind a disease's name make it the name of a drug, a test or a place."""
    behind = [token.lower_ for token in span.doc[span.end : span.end + 2] if token.text not in "-–"]
    return bool(behind) and behind[0] in OTHER_NAMES


def _is_unmatched(doc: Doc, start: int, end: int) -> bool:
    """Tell whether the last token closes a bracket that is not opened in the stretch."""
    return _depth(doc, start, end) < 0


def _depth(doc: Doc, start: int, end: int) -> int:
    """Return how many more brackets of the kind that the last token closes are opened than closed in a stretch."""
    opening = BRACKETS.get(doc[end - 1].text)
    signs = [token.text for token in doc[start:end]]
    return signs.count(opening) - signs.count(doc[end - 1].text) if opening else 0


def _group(doc: Doc, name: str) -> list[Span]:
    return list(doc.spans[name]) if name in doc.spans else []


def _windows(doc: Doc) -> list[Span]:
    return [span for span in _group(doc, WINDOWS) if span.label_ == "window"]


def _all_are(entities: list[Entity], label: str) -> bool:
    return bool(entities) and all(entity[2] == label for entity in entities)
