"""The comparator before a number: its words are looked up from the last one back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parser.nlp.components.quantities.patterns import AGES, BEFORE, BETWEEN, FAR, FAR_NAMES, FILLERS, FROM, SIGNS, Side

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[<>˂˃‹›=≤≥≦≧⩽⩾＜＞＝﹤﹥〈〉⪯⪰≼≽]+|[^\s]")
_READS_BACK = 64
#: What stands before a number: words of the longest entry, and as many fillers.
_LONGEST = max(len(key.split()) for key in BEFORE)
_MOST_FILLERS = 4
_LAST = frozenset(key.split()[-1] for key in (*BEFORE, *BETWEEN, *FROM))
_OPENERS = {**dict.fromkeys(BETWEEN, "between"), **dict.fromkeys(FROM, "from")}
_FAR_WORDS = 6
#: Comparators that point back in the text after "the" ("any of the above 3 conditions").
_POINTING = ("above", "below")


@dataclass(frozen=True, slots=True)
class Comparator:
    """What bounds the number after it.

    Attributes:
        start: Where its words begin.
        side: The bound, or `between` / `from` that open a range.
        inclusive: Whether the number itself is allowed.
        says_age: Whether its words say that the number is an age ("older than", "under the age of").
    """

    start: int
    side: Side
    inclusive: bool
    says_age: bool


@dataclass(frozen=True, slots=True)
class Opener:
    """Words that open a range: `kind` is `between` or `from`."""

    start: int
    kind: str
    says_age: bool


def before(text: str, at: int, floor: int) -> Comparator | Opener | None:
    """Return the comparator, or the opener of a range, whose words end at `at` and begin after `floor`."""
    begin = max(floor, at - _READS_BACK)
    found = list(_TOKEN.finditer(text, begin, at))
    words = [_word(match[0]) for match in found]
    if not words:
        return None
    end = len(words)
    if words[-1] == ")" and len(words) > 3 and words[-3] == "(" and words[-2] in BEFORE:
        # "less than (<) 0.85": the words and their sign say the same
        said = _read(words[:-3], found)
        return Comparator(
            said[0] if said and said[1] in BEFORE else found[-3].start(), *BEFORE[words[-2]], says_age=False
        )
    for _ in range(_MOST_FILLERS + 1):
        if end and words[end - 1] in _LAST:
            read = _read(words[:end], found)
            if read is not None:
                start, key = read
                ages = not AGES.isdisjoint((*key.split(), *words[end:]))
                if key in _OPENERS:
                    return Opener(start, _OPENERS[key], ages)
                return Comparator(start, *BEFORE[key], ages)
        if not end or words[end - 1] not in FILLERS:
            break
        end -= 1
    return _far(words, found, at)


def _word(token: str) -> str:
    return SIGNS.get(token) or token.lower().replace("’", "'")


def _read(words: list[str], found: list[re.Match[str]]) -> tuple[int, str] | None:
    """Return where the longest comparator at the end of the words begins, and its entry."""
    for count in range(min(_LONGEST, len(words)), 0, -1):
        key = " ".join(words[-count:])
        if count == 1 and key in _POINTING and words[-2:-1] == ["the"]:
            return None
        if key in BEFORE or key in _OPENERS:
            return found[len(words) - count].start(), key
    return None


def _far(words: list[str], found: list[re.Match[str]], at: int) -> Comparator | None:
    """Read "minimum" and "maximum" with a name between them and their number; the name stays out of the quantity."""
    if words[-1] not in ("of", "is", ":", "age"):
        return None
    named = False
    for index in range(len(words) - 1, max(-1, len(words) - 2 - _FAR_WORDS), -1):
        word = words[index]
        named = named or word in FAR_NAMES
        if word in FAR and named and not (index and words[index - 1] == "no"):
            return Comparator(at, *FAR[word], says_age=False)
        if not (word[0].isalpha() or (word == ":" and index == len(words) - 1)):
            return None
    return None
