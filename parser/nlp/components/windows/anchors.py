"""What windows are measured from: "the first dose of study drug", "randomisation", "a previous transfusion".

A name made of the words that studies use for their own events (`ANCHOR_WORDS`) is read first; any other noun phrase is
an anchor only where the words before it leave no doubt ("within 6 weeks of …").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parser.models.values import Anchor, WindowRelation
from parser.nlp.components.windows.anchor_names import (
    ANCHOR_LINKS,
    ANCHOR_ROWS,
    ANCHOR_WORDS,
    NEVER_IN_ANCHOR,
    NO_EVENTS,
    PLAIN_NAMES,
)

_WORD = re.compile(r"\s?(?P<word>[^\W_][\w'’]*(?:[-‐‑/][^\W_]['’\w]*)*)")
_NUMBERED = re.compile(r"\s?#?\s?[-−–]?\d{1,3}(?!\w|[.,]\d|\s?(?:mg\b|%))")
_BRACKET = re.compile(r"\s?\([^()]{1,40}\)(?=\s(?:of|for)\b)|\s?\((?:[A-Z][\w-]{1,9}|[Vv]isit \d+|[Dd]ay -?\d+)\)")
_DATE = re.compile(
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)?\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?\s"
    r"(?:\d{1,2}(?:st|nd|rd|th)?,?\s)?(?:of\s)?(?:19|20)\d{2}|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}"
    r"|(?:19|20)\d{2}(?:-\d{2}-\d{2})?)(?![\w%])",
    re.IGNORECASE,
)
_ROWS = tuple((anchor, re.compile(pattern)) for anchor, pattern in ANCHOR_ROWS)
_TIME_OF = re.compile(
    r"^(?:the )?(?:actual |planned |anticipated |scheduled |expected )?(?:time|date|day|moment|start date) of "
)

#: Words after which a number belongs to the name.
_NUMBERED_WORDS = frozenset("visit day week cycle dose phase part period course month v d".split())
#: Longest name of an anchor, in words; of one without a length before it.
_LONGEST = 12
_LONGEST_EVENT = 7
_LONGEST_BARE = 4
#: "of" after these words names what they are of, whatever it is.
_OF_ANYTHING = ("diagnosis", "onset", "completion", "end", "start", "initiation", "administration", "dose", "receipt")
_STUDY_DRUG = re.compile(
    r"^(?:the )?(?:study|trial|investigational|protocol) (?:drugs?|treatment|medication|product|therapy|intervention)$"
)
_FOR_STUDY = re.compile(r"for\s(?:(?:the|this|our)\s)?(?:study|trial|protocol)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:the|a|an|this|that|their|his/her|his|her|any|its|our)\s")


@dataclass(frozen=True, slots=True)
class Anchored:
    """An anchor read from text.

    Attributes:
        anchor: Which of the anchors it is; `event` for one that has no name of its own.
        words: The words for it, without a leading article.
        text: The same where they say more than the anchor's name; None otherwise.
        end: Where it ends in the text.
    """

    anchor: Anchor
    words: str
    text: str | None
    end: int


def read_anchor(text: str, at: int, relation: WindowRelation, *, bare: bool, known: bool = False) -> Anchored | None:
    """Read the anchor that stands right at a place.

    Args:
        text: The criterion's.
        at: Where it would begin; one blank before it is passed.
        relation: On which side of it the window lies: "study drug" is its first dose before it, its last after it.
        bare: Whether no length stands before it ("before surgery"); names are then shorter.
        known: Whether only an anchor with a name of its own will do.

    Returns:
        None when no anchor stands there.
    """
    begin = at + 1 if text[at : at + 1] == " " else at
    dated = _DATE.match(text, begin)
    if dated and not known:
        return Anchored("event", dated.group(), dated.group(), dated.end())
    end = _known_end(text, begin)
    if end is not None and not _goes_on(text, end):
        found = _named(text, begin, end, relation)
        if found.anchor != "event":
            return found
    if known:
        return None
    end = _event_end(text, begin, _LONGEST_BARE if bare else _LONGEST_EVENT)
    return _named(text, begin, end, relation) if end is not None else None


def _named(text: str, begin: int, end: int, relation: WindowRelation) -> Anchored:
    words = _ARTICLE.sub("", text[begin:end], count=1) if _ARTICLE.match(text, begin) else text[begin:end]
    key = re.sub(r"\s+", " ", _ARTICLE.sub("", words.lower() + " ")).strip()
    anchor = _classified(key, relation)
    if anchor == "admission" and relation == "during":
        anchor = "event"  # the stay, not the day that it began
    plain = key in PLAIN_NAMES.get(anchor, ()) or _TIME_OF.sub("", key) in PLAIN_NAMES.get(anchor, ())
    return Anchored(anchor, words, None if plain else words, end)


def _classified(key: str, relation: WindowRelation) -> Anchor:
    if _STUDY_DRUG.match(key):
        return {"after": "last_dose", "since": "last_dose", "during": "study"}.get(relation, "first_dose")  # type: ignore[return-value]
    for name in (key, _TIME_OF.sub("", key)):
        for anchor, pattern in _ROWS:
            if pattern.search(name):
                return anchor
    return "event"


def _goes_on(text: str, end: int) -> bool:
    """Tell whether the word after a known name makes it another thing ("surgery-related", "on the study eye")."""
    if text[end : end + 1] in ("-", "/"):
        return text[end + 1 : end + 2].isalpha()
    match = _WORD.match(text, end) if text[end : end + 1] == " " else None
    if match is None or not match["word"].isalpha():
        return False
    word = match["word"].lower()
    return word not in NEVER_IN_ANCHOR and not word.endswith(("ed", "ing", "ly"))


def _known_end(text: str, begin: int) -> int | None:
    """Return where a name made of anchor words ends."""
    at, end, last = begin, None, ""
    for _ in range(_LONGEST):
        match = _WORD.match(text, at)
        if match is None:
            break
        word = match["word"].lower()
        if word in ANCHOR_WORDS:
            at = end = match.end()
            last = word
            numbered = _NUMBERED.match(text, at) if word in _NUMBERED_WORDS else None
            if numbered:
                at = end = numbered.end()
            bracket = _BRACKET.match(text, at)
            if bracket:
                at = end = bracket.end()
        elif word in ANCHOR_LINKS or _FOR_STUDY.match(text, match.start("word")):
            at = match.end()
        else:
            break
    if end is None:
        return None
    return _with_of(text, end) if last in _OF_ANYTHING else end


def _with_of(text: str, end: int) -> int:
    """Return the end of "diagnosis of tuberculosis"."""
    if not re.match(r"\sof\s", text[end : end + 4]):
        return end
    inner = _event_end(text, end + 4, _LONGEST_BARE)
    return inner if inner is not None else end


def _event_end(text: str, begin: int, longest: int) -> int | None:
    """Return where a noun phrase ends; None where none begins."""
    at, end, first = begin, None, True
    for _ in range(longest + 3):
        match = _WORD.match(text, at)
        if match is None:
            break
        word = match["word"].lower()
        if word in ANCHOR_LINKS and word not in ("into", "in", "to", "and/or"):
            if end is not None and word != "of" and text[max(0, at - 3) : at].lower() != " of":
                break  # an article inside a phrase begins another one
            at = match.end()
            continue
        if word in NEVER_IN_ANCHOR or (first and word in NO_EVENTS) or (first and word[0].isdigit()):
            break
        if word[0].isdigit() and not text[:at].lower().endswith(tuple(_NUMBERED_WORDS)):
            break
        at = end = match.end()
        first = False
        longest -= 1
        bracket = _BRACKET.match(text, at)
        if bracket:
            at = end = bracket.end()
        if longest == 0:
            break
    return end
