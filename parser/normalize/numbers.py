"""Numbers as clinical text writes them.

A comma or a point before exactly three final digits groups thousands when it repeats or when the number is written
with a comma (`1,500`, `1.500.000`), or before `000` (`100.000`: nobody writes three zeros of a decimal); otherwise it
is the decimal sign (`0,25`, `3.0`). One point before three other digits (`1.500`) stays a decimal, as in English.
"""

from __future__ import annotations

import re

#: English number words that criteria spell out.
WORDS: dict[str, int] = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3}){2,})|[1-9]\d{0,2}\.000")


def parse_number(text: str) -> int | float | None:
    """Read one number; None when `text` is none.

    Examples:
        >>> parse_number("1,500"), parse_number("0,25"), parse_number("eighteen")
        (1500, 0.25, 18)
    """
    word = WORDS.get(text.lower())
    if word is not None:
        return word
    if len(text) > 30 or not _DIGITS.fullmatch(text):
        return None
    if _GROUPED.fullmatch(text):
        return int(re.sub(r"[.,]", "", text))
    if text.count(",") + text.count(".") > 1:
        return _grouped_decimal(text)
    plain = text.replace(",", ".")
    return float(plain) if "." in plain else int(plain)


def _grouped_decimal(text: str) -> float | None:
    """Read `1,234.5` or `1.234,5`; None for version-like numbers such as `1.2.3`."""
    point = max(text.rfind(","), text.rfind("."))
    whole, fraction = text[:point], text[point + 1 :]
    if not _GROUPED.fullmatch(whole) and not re.fullmatch(r"\d{1,3}\.\d{3}", whole):
        return None
    if text[point] in whole:
        return None
    return float(re.sub(r"[.,]", "", whole) + "." + fraction)
