"""Clinical abbreviations: what a text itself says they mean, and a table of those that everybody knows.

`meanings(text)` gives what abbreviations mean in one text. A definition in the text comes first ("chronic obstructive
pulmonary disease (COPD)"), then the table `abbreviations.tsv`, whose ambiguous rows ("MS", "PE", "RA") need a word of
their field in the same text; an abbreviation that fits two fields at once means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from parser.normalize.spelling import american, singular

#: Words that count towards a long form: at most this many more than the abbreviation has letters, or twice as many.
_MORE_WORDS = 5

#: "long form (ABBR)" or "ABBR (long form)"; the brackets hold no brackets and stay on their line.
_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{2,120})[)\]]")
_ABBREVIATION = re.compile(r"(?=[^\W_]*[A-Z])[^\W_](?:[\w/+.-]{0,8}[\w+])")
#: What opens the bracket is not part of its abbreviation: `(i.e., COPD)`, `("COPD")`.
_OPENING = re.compile(r"(?:i\.?e\.?,?|abbreviated(?: as)?|hereafter|or|=)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\s(\[]+")
_BREAK = re.compile(r"[\n;:.?!](?=\s)|[()\[\]]|\n")
_LAST_TOKEN = re.compile(r"[\w/+.-]{2,10}\Z")
#: Words that end no name: "body mass index of (BMI) 30".
_NO_END = frozenset("of the a an in for with to is and or by at on".split())
_CONTEXT_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def meanings(text: str) -> dict[str, str]:
    """Return what abbreviations mean in a text: the abbreviation as written, and its name in lower case."""
    return {**_fitting(text), **stated(text)}


@cache
def unambiguous() -> Mapping[str, str]:
    """Return the table's abbreviations that mean one thing everywhere."""
    return {short: name for short, name, context in _table() if not context}


@cache
def _table() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Read the rows of `abbreviations.tsv`: abbreviation, name, and the words of which a text must hold one."""
    lines = files("parser.normalize").joinpath("abbreviations.tsv").read_text("utf-8").splitlines()
    rows = ((line + "\t").split("\t") for line in lines if not line.startswith("#"))
    return tuple((row[0], row[1], frozenset(filter(None, row[2].split("|")))) for row in rows)


@cache
def _ambiguous() -> tuple[tuple[str, str, frozenset[str]], ...]:
    return tuple(row for row in _table() if row[2])


def _fitting(text: str) -> dict[str, str]:
    """Return the unambiguous rows, and the ambiguous ones of which exactly one fits the words of the text."""
    words = {word.lower().replace("’", "'") for word in _CONTEXT_WORD.findall(text)}
    found: dict[str, list[str]] = {}
    for short, name, context in _ambiguous():
        if short.lower() in words and not context.isdisjoint(words - {short.lower()}):
            found.setdefault(short, []).append(name)
    return {**unambiguous(), **{short: names[0] for short, names in found.items() if len(names) == 1}}


def stated(text: str) -> dict[str, str]:
    """Return the abbreviations that the text defines, with their long forms in lower case; the first definition wins.

    The method is that of Schwartz and Hearst (Pacific Symposium on Biocomputing 2003): the letters of the abbreviation
    stand in the long form in the same order, the first of them at its first word's beginning.

    Examples:
        >>> stated("chronic obstructive pulmonary disease (COPD), ULN (upper limit of normal)")
        {'COPD': 'chronic obstructive pulmonary disease', 'ULN': 'upper limit of normal'}
    """
    found: dict[str, str] = {}
    for short, name in _definitions(text):
        found.setdefault(short, name)
    return found


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    for bracket in _BRACKET.finditer(text):
        inside = _OPENING.sub("", bracket[1].strip().strip("\"'“”‘’"), count=1)
        before = _clause_before(text, bracket.start())
        short = re.split(r"[,;]", inside, maxsplit=1)[0].strip().strip("\"'“”‘’")
        name = long_form(before, short)
        if name is not None:
            yield _singular_short(short), _tidy(name)
            continue
        owner = _LAST_TOKEN.search(before.rstrip())
        if owner and long_form(inside, owner[0]) == inside:
            yield _singular_short(owner[0]), _tidy(inside)


def _clause_before(text: str, end: int) -> str:
    """Return the words before a bracket, back to the last break of the sentence; at most as many as may count."""
    begin = max(0, end - 200)
    breaks = [found.end() for found in _BREAK.finditer(text, begin, end)]
    return text[breaks[-1] if breaks else begin : end]


def _singular_short(short: str) -> str:
    return short[:-1] if len(short) > 2 and short[-1] == "s" and short[:-1].isupper() else short


def _tidy(name: str) -> str:
    words = american(name.lower().replace("’", "'")).split()
    while len(words) > 1 and words[-1] in _NO_END:
        words.pop()
    return " ".join([*words[:-1], singular(words[-1])])


def long_form(before: str, short: str) -> str | None:
    """Return the words at the end of `before` for which `short` stands.

    None where its letters are not found there, or where it does not look like an abbreviation: one word of at most ten
    characters with a capital letter.
    """
    if not _ABBREVIATION.fullmatch(short):
        return None
    letters = [letter.lower() for letter in _singular_short(short) if letter.isalnum()]
    words = list(_WORD.finditer(before.rstrip()))
    most = min(len(letters) + _MORE_WORDS, 2 * len(letters))
    if len(letters) < 2 or not words:
        return None
    tail = before.rstrip()[words[max(0, len(words) - most)].start() :]
    begin = _aligned(tail, letters)
    name = tail[begin:] if begin is not None else None
    return name if name and " " in name.strip() else None


def _aligned(tail: str, letters: list[str]) -> int | None:
    """Return where the long form begins: each letter is found from the right, the first one at a word's beginning."""
    at = len(tail)
    for place, letter in reversed(list(enumerate(letters))):
        at = _find_back(tail, letter, at, starts_word=place == 0)
        if at < 0:
            return None
    return at


def _find_back(tail: str, letter: str, before: int, *, starts_word: bool) -> int:
    for at in range(before - 1, -1, -1):
        if tail[at].lower() == letter and not (starts_word and at and tail[at - 1].isalnum()):
            return at
    return -1
