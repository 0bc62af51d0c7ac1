"""Numbers one after the other, each with the words that bound it."""

from __future__ import annotations

import re
from dataclasses import replace

from parser.nlp.components.quantities.amounts import Amount, amount_at
from parser.nlp.components.quantities.bounding import Found, bounds_name_after, ranged, single
from parser.nlp.components.quantities.comparators import Comparator, Opener, before
from parser.nlp.components.quantities.naming import is_name_or_date, is_no_range, run_end
from parser.nlp.components.quantities.patterns import TO
from parser.nlp.components.quantities.writings import CANDIDATE, one_of

_TO = re.compile(rf"(?:(?P<and>-?,?\s(?:and|an)\s|-?\s?&\s?)|\s?{one_of(TO)}\s?)", re.IGNORECASE)
#: A third number: no range ("18-20-25", "1-2/3").
_CHAINED = re.compile(r"\s?[-–/.]\s?\d|:\d\d")
_MINUS = "-−–"
#: What stands before the sign of a number.
_BEFORE_SIGN = frozenset(("", " ", "(", "<", ">", "≥", "≤", "="))
_TITRE = re.compile(r"1\s?:\s?(\d{1,5})(?![\d:.])(?:\s?dilution)?")
_TITRE_WORD = re.compile(r"\b(?:tit(?:er|re)s?|dilutions?)\b[^.;\d]{0,24}$", re.IGNORECASE)
_RATIO = re.compile(r"(\d{1,3}(?:\.\d)?)\s?:\s?1(?![\d:.])")
#: Ends of comparators that stand right before a number without a blank ("less than10 days", "at least-3").
_GLUED = ("than", "least", " over", "under", "above", "below", " aged", " age", " to", "most")
#: How far after "to" the second number of a range may stand, a comparator between ("18 to less than 65").
_SECOND_WITHIN = 36


class Reader:
    """Reads the quantities of one text from left to right; each number is looked at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.floor = 0

    def read(self) -> list[Found]:
        """Return every quantity found."""
        found: list[Found] = []
        at = 0
        while (candidate := CANDIDATE.search(self.text, at)) is not None:
            start = self._number_start(candidate.start())
            read = self._quantity(start) if start is not None else None
            if read is None:
                at = max(candidate.end(), run_end(self.text, candidate.start()))
                continue
            found.append(read)
            at = self.floor = read[1]
        return found

    def _number_start(self, at: int) -> int | None:
        """Return where the number of a candidate begins; None within names, versions, times of day."""
        char = self.text[at - 1 : at]
        if char == "." and self.text[at].isdigit() and not self.text[max(0, at - 2) : at - 1].strip(" (<>≥≤="):
            return at - 1
        if char and (char.isalnum() or char in "_.,^"):
            return at if char.isalpha() and self._is_glued(at) else None
        if char and char in "-−–‐‑" and self.text[max(0, at - 2) : at - 1].isalpha():
            return at if self._is_glued(at - 1) else None
        if char == ":" and self.text[max(0, at - 2) : at - 1].isdigit():
            return None
        return at

    def _is_glued(self, at: int) -> bool:
        return self.text[max(0, at - 6) : at].lower().endswith(_GLUED)

    def _quantity(self, start: int) -> Found | None:
        """Read the quantity whose first number begins at `start`."""
        begin, sign = self._sign(start)
        opened = before(self.text, begin, self.floor)
        titre = self._titre(start, begin, opened)
        if titre is not None:
            return single(self.text, titre, opened)
        first = amount_at(self.text, start, rates=True)
        if first is None or (sign is None and not first.is_time):
            return None
        first = replace(first, start=begin, value=first.value * (sign or 1))
        if is_name_or_date(self.text, first, opened, self.floor):
            return None
        pair = self._second(first, opened)
        if pair is None:
            return single(self.text, first, opened)
        if is_no_range(self.text, first, pair[0], opened, self.floor):
            return None
        read = ranged(self.text, first, pair[0], pair[1], opened)
        return read if read is not None or pair[0].is_bare or first.is_bare else single(self.text, first, opened)

    def _sign(self, start: int) -> tuple[int, int | None]:
        """Return where a number begins with its sign, and -1 or 1; None for a dash that may be a sign or a bullet.

        After a comparator a minus is a sign; else where the second number of the range has one too. What is measured in
        time is never negative: there a dash is none.
        """
        sign = self.text[start - 1 : start] if start else ""
        if not sign or sign not in _MINUS + "+" or self.text[max(0, start - 2) : start - 1] not in _BEFORE_SIGN:
            return start, 1
        if sign == "+":
            return start - 1, 1
        if self.text[max(0, start - 2) : start - 1].strip() or before(self.text, start - 1, self.floor) is not None:
            return start - 1, -1
        amount = amount_at(self.text, start, rates=False)
        if amount is not None and bounds_name_after(self.text, amount):
            return start - 1, -1
        to = _TO.match(self.text, amount.end) if amount is not None else None
        if to is not None and self.text[to.end() : to.end() + 1] in tuple(_MINUS):
            return start - 1, -1
        return start, None

    def _titre(self, start: int, begin: int, opened: Comparator | Opener | None) -> Amount | None:
        """Read "≥ 1:40" (a titre, whose number is 40) and "> 2:1" (a ratio, whose number is 2)."""
        bounded = isinstance(opened, Comparator) and opened.side in ("low", "high")
        if (match := _TITRE.match(self.text, start)) is not None:
            if not (bounded or _TITRE_WORD.search(self.text, max(0, begin - 40), begin)):
                return None
            return Amount(start, match.end(), int(match[1]), unit="1:", ucum="{titer}")
        if bounded and (match := _RATIO.match(self.text, start)) is not None:
            value = float(match[1]) if "." in match[1] else int(match[1])
            return Amount(start, match.end(), value, unit=":1", ucum="{ratio}")
        return None

    def _second(self, first: Amount, opened: Comparator | Opener | None) -> tuple[Amount, Comparator | None] | None:
        """Read the second number of a range, and the comparator that may stand before it ("20-<75")."""
        if first.plus or first.spread is not None or (isinstance(opened, Comparator) and opened.side == "high"):
            return None
        to = _TO.match(self.text, first.end)
        if to is None or (to["and"] and not (isinstance(opened, Opener) and opened.kind == "between")):
            return None
        candidate = CANDIDATE.search(self.text, to.end(), to.end() + _SECOND_WITHIN)
        if candidate is None:
            return None
        start = candidate.start() - (self.text[candidate.start() - 1] == ".")
        minus = start - 1 >= to.end() and self.text[start - 1] in _MINUS
        limit = self._limit(to.end(), start - minus)
        if limit is None and self.text[to.end() : start - minus].strip():
            return None
        amount = amount_at(self.text, start, rates=True)
        if amount is None or _CHAINED.match(self.text, amount.end) or (minus and first.value > 0):
            return None
        return (replace(amount, value=-amount.value, start=start - 1) if minus else amount), limit

    def _limit(self, begin: int, end: int) -> Comparator | None:
        """Return the comparator that all words between "to" and the second number are."""
        limit = before(self.text, end, begin) if end > begin else None
        is_whole = isinstance(limit, Comparator) and not self.text[begin : limit.start].strip()
        return limit if isinstance(limit, Comparator) and is_whole and limit.side == "high" else None
