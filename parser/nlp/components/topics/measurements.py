"""Finding the names of measurements: the longest name, with what belongs to it.

A name takes along the words that say what was sampled ("serum creatinine"), words such as "level" after it, and another
name of the same thing in brackets or after a slash ("alanine aminotransferase (ALT)", "SGOT/AST"). Names that mean
something else as well (a substance, a disease) count only beside a number, or with such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from parser.nlp.annotations import QUANTITIES, Words, words_of
from parser.nlp.tokenizer import ClinicalTokenizer
from parser.vocabulary.measurements import Measured, measured, table
from parser.vocabulary.names import WEAK, spelled

#: Words before a name that are taken into it.
_SAMPLES = frozenset(
    """
    serum plasma blood peripheral venous arterial capillary whole total absolute fasting random resting sitting seated
    supine standing estimated calculated measured corrected
    """.split()
)
#: Words after a name that are taken into it.
_AMOUNTS = frozenset(
    """
    level levels count counts value values score scores concentration concentrations result results measurement
    measurements reading readings
    """.split()
)
#: Words after a name that make it part of another: diseases of what is measured, drugs that work on it, devices.
_THINGS = frozenset(
    """
    disease diseases disorder disorders deficiency dysfunction abnormality abnormalities intolerance malabsorption
    galactose myeloma nephropathy vasculitis gammopathy transfusion transfusions infusion infusions inhibitor inhibitors
    antagonist antagonists analog analogs agonist agonists medication medications drug drugs agent agents therapy
    therapies treatment treatments lowering supplement supplements supplementation replacement meter monitor monitoring
    electrophoresis fusion antibody tki tkis mutation mutations directed targeted sensation management program
    """.split()
)
#: What divides the words of one name: "C-reactive", "FEV1/FVC", "25(OH)D".
_INSIDE = frozenset(("-", "‐", "‑", "–", "/", "'s", "’s", "'", "’"))
_INSIDE_CLOSE = frozenset((":", "(", ")", "."))
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
#: Last words of names that begin a stage, grade or class, where the name does without them.
_GRADING = frozenset(("stage", "stages", "grade", "grades", "class", "classes"))
_JOINS = frozenset((",", "/", "&", "and", "or", "either", "both", "the"))
_LONGEST_JOIN = 4
#: Tokens that a bracket with another name may hold.
_LONGEST_BRACKET = 12

#: Right after a name that bounds it: links, then a comparator, a number, or words for one.
_BOUND = re.compile(
    r"""
    \s?(?:[(\[][^()\[\]\d<>≤≥]{0,40}[)\]]\s?)?
    (?:(?:of|is|are|was|were|has|have|been|must|should|will|be|at|to|in|the|a|than|remains?|found|as|equal|each
        |both)\s|[:,=]\s?){0,4}
    (?:[<>≤≥≧≦＜＞=~]|\d|[(\[]\s?[<>≤≥=\d]|at\s(?:least|most)\b|(?:less|lower|more|greater|higher|fewer|smaller)\s(?:than|or)\b
       |above\b|below\b|over\b|under\b|exceed|between\b|not\s(?:exceed|more|less|greater)|no\s(?:more|less|greater)\b
       |up\sto\b|within\s(?:the\s)?(?:institutional\s|laboratory\s)?(?:normal|limits)|[a-z]{0,6}\s?x\s?u?ln\b|ranging\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(slots=True)
class _Node:
    """A word of names: the words that may follow, and what ends here."""

    following: dict[str, _Node] = field(default_factory=dict)
    #: The names that end here: as written or empty for any case, whether only beside a number, and the measurement.
    names: list[tuple[str, bool, Measured]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name found: its tokens, what it means, and whether it needs a number."""

    start: int
    end: int
    row: Measured
    weak: bool


class MeasurementNames:
    """Find the names of the vocabulary's measurements in a `Doc`."""

    def __init__(self, vocab: Vocab) -> None:
        self._root = _Node()
        self._words: dict[str, str] = {}
        for words, synonym, row in _tokenized(vocab):
            node = self._root
            for word in words:
                node = node.following.setdefault(word, _Node())
            written = synonym.removeprefix(WEAK)
            as_written = written if written != written.lower() else ""
            node.names.append((as_written, synonym.startswith(WEAK), row))

    def __call__(self, doc: Doc) -> list[Span]:
        """Return the spans found, labelled `measurement`, with the measurement's name in `kb_id_`."""
        text = words_of(doc)
        words = [self._word(token) for token in text.tokens]
        kept: list[Span] = []
        # from the last to the first: a name in a list counts when the one after it does ("PT or INR > 1.5")
        for name in reversed(self._names(text, words)):
            joined = bool(kept) and _only_joins(words[name.end : kept[-1].start])
            is_sure = not name.weak and not _names_more(words, name.end)
            if is_sure or joined or _is_bounded(doc, name.start, name.end):
                kept.append(Span(doc, name.start, name.end, label="measurement", kb_id=name.row.name))
        return kept[::-1]

    def _names(self, text: Words, words: list[str]) -> list[_Name]:
        """Return the names in a text, none of which overlap, with what belongs to them."""
        names: list[_Name] = []
        at = 0
        while at < len(words):
            name = self._longest_at(text, words, at) if words[at] in self._root.following else None
            if name is not None:
                names.append(self._widened(text, words, name, names[-1].end if names else 0))
            at = names[-1].end if name is not None else at + 1
        return names

    def _word(self, text: str) -> str:
        """Return a token's text as names are compared."""
        word = self._words.get(text)
        if word is None:
            word = spelled(text)
            if len(self._words) < 100_000:
                self._words[text] = word
        return word

    def _longest_at(self, text: Words, words: list[str], start: int) -> _Name | None:
        """Return the longest name that begins at a token; None when none does."""
        node, end, best = self._root, start, None
        while end < len(words):
            following = node.following.get(words[end])
            if following is None:
                if end == start or not _is_inside(text, end):
                    break
            else:
                node = following
                name = self._name(text, node, start, end + 1)
                if name is not None and best is not None and best.row is name.row and words[end] in _GRADING:
                    # "class" of "NYHA class III" belongs to the III
                    best = replace(best, weak=best.weak and name.weak)
                else:
                    best = name or best
            end += 1
        return best

    @staticmethod
    def _name(words: Words, node: _Node, start: int, end: int) -> _Name | None:
        """Return the name that ends at a node; of those that only case tells apart, the one as written."""
        if not node.names:
            return None
        text = words.between(start, end) if len(node.names) > 1 or node.names[0][0] else ""
        fitting = [(as_written, weak, row) for as_written, weak, row in node.names if as_written in ("", text)]
        if not fitting:
            return None
        _, weak, row = max(fitting, key=lambda name: (name[0] == text, not name[1]))
        return _Name(start, end, row, weak)

    def _widened(self, text: Words, words: list[str], name: _Name, least: int) -> _Name:
        """Return a name with the words and other names that belong to it, from token `least` on."""
        start, end, row = name.start, name.end, name.row
        if words[end : end + 1] == [")"] and words[start:end].count("(") > words[start:end].count(")"):
            end += 1  # "DAS28(CRP)"
        while start > least and words[start - 1] in _SAMPLES:
            start -= 1
        end = _past_amounts(words, end)
        weak = name.weak and (start, end) == (name.start, name.end)
        while (further := self._same_again(text, words, row, end)) is not None:
            end, weak = _past_amounts(words, further.end), weak and further.weak
        close = _closing(words, end)
        qualified = measured(text.between(start, close + 1)) if close is not None else None
        if close is not None and qualified not in (None, row):
            end, row = close + 1, qualified or row  # "QTc (Fridericia)" is a row of its own
        return _Name(start, end, row, weak)

    def _same_again(self, text: Words, words: list[str], row: Measured, end: int) -> _Name | None:
        """Return another name of the same measurement, in brackets or right after; None when there is none."""
        close = _closing(words, end)
        if close is not None:
            return _Name(end, close + 1, row, weak=False) if measured(text.between(end + 1, close)) is row else None
        start = end + 1 if words[end : end + 1] == ["/"] else end
        other = self._longest_at(text, words, start) if start < len(words) else None
        return other if other is not None and other.row is row else None


def _tokenized(vocab: Vocab) -> Iterator[tuple[list[str], str, Measured]]:
    """Yield every synonym with its words, divided as the pipeline divides text; all at once, which is fast."""
    rows = [(synonym, row) for row in table() for synonym in row.synonyms]
    doc = ClinicalTokenizer(vocab)("\n".join(synonym.removeprefix(WEAK) for synonym, _ in rows))
    lines: list[list[str]] = [[]]
    for token in doc:
        if token.is_space:
            lines.append([])
        elif token.text not in _INSIDE and token.text not in _INSIDE_CLOSE:
            lines[-1].append(spelled(token.text))
    for (synonym, row), words in zip(rows, lines, strict=True):
        yield words, synonym, row


def _names_more(words: list[str], end: int) -> bool:
    """Tell whether the word after a name makes it the name of something else ("platelet disorders", "EGFR-TKI")."""
    following = words[end + 1 : end + 2] if words[end : end + 1] == ["-"] else words[end : end + 1]
    return bool(following) and following[0] in _THINGS


def _only_joins(words: list[str]) -> bool:
    """Tell whether words between two names only make a list of them."""
    return 0 < len(words) <= _LONGEST_JOIN and all(word in _JOINS for word in words)


def _closing(words: list[str], at: int) -> int | None:
    """Return where a short bracket that opens at a token closes; None when there is none."""
    if at >= len(words) or words[at] not in _OPEN:
        return None
    inside = range(at + 1, min(at + _LONGEST_BRACKET, len(words)))
    close = next((index for index in inside if words[index] in _CLOSE), None)
    return close if close is not None and close > at + 1 else None


def _past_amounts(words: list[str], end: int) -> int:
    while end < len(words) and words[end] in _AMOUNTS:
        end += 1
    return end


def _is_inside(text: Words, at: int) -> bool:
    """Tell whether a token only divides the words of a name."""
    if text.tokens[at] in _INSIDE:
        return True
    is_last = at + 1 == len(text.tokens)
    return text.tokens[at] in _INSIDE_CLOSE and text.is_glued(at - 1) and (is_last or text.is_glued(at))


def _is_bounded(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a number stands beside a name: its bound after it, or a quantity with a unit before it."""
    if end < len(doc) and _BOUND.match(words_of(doc).text, doc[end - 1].idx + len(doc[end - 1])):
        return True
    before = (span for span in doc.spans.get(QUANTITIES, ()) if span.end == start)
    return any(span._.trial is not None and span._.trial.range.unit is not None for span in before)
