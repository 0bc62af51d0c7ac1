"""What the components leave on a `Doc`.

Each component writes one group of spans, `doc.spans[NAME]`; a span's label says what it is, its `kb_id_` which value
of it, and `span._.trial` holds a value that needs more than a word (a `Range`, a `Window`). Nothing else is set.
spaCy keeps the value by place: two spans of one place share it.

| group | labels | `kb_id_` | `_.trial` |
|---|---|---|---|
| `trial_quantities` | `quantity` | | `Quantity` |
| `trial_windows` | `window` | | `Window` |
| `trial_durations` | `duration`: how long a thing lasts, over the quantity in it | | `Quantity` |
| | `washout`: a stretch that must hold no dose | | `Window` |
| `trial_assertion` | the cue types of `components/assertion/patterns.py` | the cue's value | |
| `trial_context` | the types of `CONTEXT` there: how a whole clause is to be taken | the cue's value | |
| `trial_topics` | the topics of `components/topics/patterns.py` | the topic's value | |
| `trial_grades` | `grade` | stage, grade, class | `Grade` |
| `trial_phrases` | kinds of thing: `Condition`, `Procedure`, `Drug`, … or `Unknown` | | |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc, Span, SpanGroup

from parser.models.values import Range

QUANTITIES = "trial_quantities"
WINDOWS = "trial_windows"
DURATIONS = "trial_durations"
ASSERTION = "trial_assertion"
CONTEXT = "trial_context"
TOPICS = "trial_topics"
PHRASES = "trial_phrases"
GRADES = "trial_grades"

#: Where `doc.user_data` has the strings of a doc, which are no annotation.
_WORDS = "trial_words"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bounds and unit.

    Attributes:
        range: The bounds.
        is_time: Whether its unit measures time.
        is_age: Whether the words say that it is an age ("years old", "of age").
        is_count: Whether it counts the things named after it ("at least 3 lesions").
        is_rate: Whether its unit is so many of something in a stretch of time ("exacerbations per year").
        is_roman: Whether its numbers are Roman ("NYHA II-III").
        is_implied: Whether no number is written ("> ULN" is 1 x ULN).
        comparator_lost: Whether `=` stands where a direction may be meant.
        parts: Where both bounds are written in units of their own ("6 months to 17 years"), one range for each as
            written; `range` has them in one unit.
        before_name: Whether what it bounds is named after it ("30 <" of "30 < eGFR < 60").
    """

    range: Range
    is_time: bool
    is_age: bool
    is_count: bool = False
    is_rate: bool = False
    is_roman: bool = False
    is_implied: bool = False
    comparator_lost: bool = False
    before_name: bool = False
    parts: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """The stages, grades or classes that a criterion allows.

    Attributes:
        kind: `stage`, `grade` or `class`.
        values: Those named one by one, as written; stages always, grades and classes as numbers.
        range: The bounds, where the words give bounds.
    """

    kind: str
    values: tuple[str, ...]
    range: Range | None


@dataclass(frozen=True, slots=True)
class Marking:
    """What is said of a gene or another marker.

    Attributes:
        marker: The gene's symbol, or the marker's usual name.
        kind: What kind of finding: a value of `parser.models.rules.BiomarkerKind`.
        variant: Which variant, as written ("exon 19 deletion", "V600E").
        origin: `germline` or `somatic`.
        values: `positive`, `negative`, `wild_type`, `high`, `2+`, ….
        methods: What was scored ("CPS").
    """

    marker: str
    kind: str = "any"
    variant: str | None = None
    origin: str | None = None
    values: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether the words say more than the marker's name."""
        return self.kind != "any" or bool(self.variant or self.origin or self.values or self.methods)


def register_extensions() -> None:
    """Register `Span._.trial` once."""
    if not Span.has_extension("trial"):
        Span.set_extension("trial", default=None)


class Words(NamedTuple):
    """The strings of a `Doc`, which spaCy makes anew whenever it is asked for them.

    It lies in `doc.user_data`, so it is made of what spaCy can save with a doc.

    Attributes:
        text: All of it.
        tokens: The text of each token.
        starts: Where each begins in the text.
        lower: The tokens in lower case.
        known: Those of them that occur, as keys.
    """

    text: str
    tokens: list[str]
    starts: list[int]
    lower: list[str]
    known: dict[str, None]

    def between(self, start: int, end: int) -> str:
        """Return the text of the tokens `[start, end)`."""
        return self.text[self.starts[start] : self.starts[end - 1] + len(self.tokens[end - 1])]

    def is_glued(self, index: int) -> bool:
        """Tell whether a token stands right before the next one, no blank between."""
        following = index + 1
        return following < len(self.starts) and self.starts[index] + len(self.tokens[index]) == self.starts[following]


def words_of(doc: Doc) -> Words:
    """Return the strings of a doc, made once."""
    words = doc.user_data.get(_WORDS)
    if isinstance(words, Words) and len(words.tokens) == len(doc):
        return words
    placed = [(token.text, token.idx) for token in doc]
    return keep_words(doc, doc.text, [token for token, _ in placed], [start for _, start in placed])


def keep_words(doc: Doc, text: str, tokens: list[str], starts: list[int]) -> Words:
    """Give a doc its strings, where they are at hand: its text, its tokens and where each begins."""
    lower = [token.lower() for token in tokens]
    words = doc.user_data[_WORDS] = Words(text, tokens, starts, lower, dict.fromkeys(lower))
    return words


def set_group(doc: Doc, name: str, spans: list[Span]) -> None:
    """Write a component's group of spans, in the order of the text."""
    ordered = sorted(spans, key=lambda span: (span.start, -span.end)) if len(spans) > 1 else spans
    doc.spans[name] = SpanGroup(doc, name=name, spans=ordered)


def longest(spans: list[Span]) -> list[Span]:
    """Keep the longest spans where some overlap; the first of equal ones."""
    if len(spans) < 2:
        return spans
    return [spans[index] for index in longest_places([(span.start, span.end) for span in spans])]


def longest_places(places: list[tuple[int, int]]) -> list[int]:
    """Keep the longest of some stretches `[start, end)` where they overlap, the first of equal ones.

    Returns:
        The index of each that is kept, in the order of the text.
    """
    ordered = sorted(range(len(places)), key=lambda index: (places[index][0] - places[index][1], places[index][0]))
    kept: list[int] = []
    taken: set[int] = set()
    for index in ordered:
        stretch = range(*places[index])
        if taken.isdisjoint(stretch):
            kept.append(index)
            taken.update(stretch)
    return sorted(kept, key=lambda index: places[index][0])


register_extensions()
