"""Numbers as clinical text writes them.

A comma or a point before exactly three final digits groups thousands when it repeats or when the number is written
with a comma (`1,500`, `1.500.000`), or before `000` (`100.000`: nobody writes three zeros of a decimal); otherwise it
is the decimal sign (`0,25`, `3.0`). One point before three other digits (`1.500`) stays a decimal, as in English.
Commas may also group as in India (`1,00,000`). Spelled-out numbers are English; Roman numerals are read apart.
"""

from __future__ import annotations

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = {
    word: 10 * tens for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}

#: English number words that criteria spell out.
WORDS: dict[str, int] = {**{word: number for number, word in enumerate(_UNITS)}, **_TENS}

#: What a number is multiplied with by the word, or the letter, after it.
SCALES: dict[str, int] = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}

#: Fractions that are one character, where a decimal number says them exactly.
FRACTIONS: dict[str, float] = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅛": 0.125}

#: Numbers that only multiply what is said after them.
MULTIPLIERS: dict[str, int] = {
    "twice": 2,
    "double": 2,
    "thrice": 3,
    "triple": 3,
    "twofold": 2,
    "threefold": 3,
    "fourfold": 4,
    "fivefold": 5,
    "tenfold": 10,
}

_LONGEST = 60
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*|\.\d+")
_GROUPED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3}){2,})|[1-9]\d{0,2}\.000|[1-9]\d?(?:,\d{2})+,\d{3}")
_SPACED = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+")
_POWER = re.compile(r"10(?:\^|\*\*?|[eE])(\d{1,2})|10([⁰¹²³⁴-⁹]{1,2})")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MIXED = re.compile(r"(?:(\d{1,4})\s?)?([½¼¾⅛])|(\d{1,4})\s(1/2|1/4|3/4)")
_BETWEEN_WORDS = re.compile(r"[\s-]+")
_ROMAN = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})", re.IGNORECASE)
_ROMAN_SIGNS = {"I": 1, "V": 5, "X": 10}
#: Roman numerals that are characters of their own (Ⅰ to Ⅻ).
_FIRST_ROMAN_SIGN = 0x2160


def parse_number(text: str) -> int | float | None:
    """Read one number, with its sign; None when `text` is none.

    Examples:
        >>> parse_number("1,500"), parse_number("0,25"), parse_number("eighteen")
        (1500, 0.25, 18)
        >>> parse_number("one hundred and twenty-five"), parse_number("1.5 million"), parse_number("2½")
        (125, 1500000, 2.5)
        >>> parse_number("10^9"), parse_number("-2.5"), parse_number("1.2.3")
        (1000000000, -2.5, None)
    """
    if len(text) > _LONGEST:
        return None
    if text[:1] in ("-", "−", "+"):
        number = parse_number(text[1:]) if text[1:2].isdigit() or text[1:2] == "." else None
        return number if number is None or text[0] == "+" else -number
    word = WORDS.get(text.lower())
    if word is not None:
        return word
    if _DIGITS.fullmatch(text):
        return _digits(text)
    return _composed(text)


def _digits(text: str) -> int | float | None:
    """Read digits with the signs that group them or begin the decimals."""
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


def _composed(text: str) -> int | float | None:
    """Read a number of several parts: groups of digits apart, powers of ten, mixed fractions, words."""
    if _SPACED.fullmatch(text):
        return int(re.sub(r"\s", "", text))
    if match := _POWER.fullmatch(text):
        return int(10 ** int(match[1] or match[2].translate(_SUPERSCRIPTS)))
    if match := _MIXED.fullmatch(text):
        fraction = FRACTIONS[match[2]] if match[2] else {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75}[match[4]]
        return int(match[1] or match[3] or 0) + fraction
    return _scaled(text)


def _scaled(text: str) -> int | float | None:
    """Read `1.5 million`, `100K`, or words (`two hundred and fifty`)."""
    if text[-1:] in "Kk" and text[:1].isdigit():
        return _times(_digits(text[:-1]) if _DIGITS.fullmatch(text[:-1]) else None, 1000)
    parts = _BETWEEN_WORDS.split(text.lower())
    if len(parts) == 2 and parts[1] in SCALES and _DIGITS.fullmatch(parts[0]):
        return _times(_digits(parts[0]), SCALES[parts[1]])
    return _words(parts)


def _times(number: int | float | None, scale: int) -> int | float | None:
    if number is None:
        return None
    product = round(number * scale, 6)
    return int(product) if product == int(product) else product


def _words(parts: list[str]) -> int | None:
    """Read the words of one number: "one hundred and twenty five"."""
    total = current = 0
    last = ""
    for part in ["one" if part in ("a", "an") else part for part in parts]:
        if part in SCALES:
            if not current:
                return None
            current *= SCALES[part]
            if SCALES[part] > 100:
                total, current = total + current, 0
        elif part in WORDS:
            if last in WORDS and (last not in _TENS or not 0 < WORDS[part] < 10):
                return None
            current += WORDS[part]
        elif part != "and" or last not in SCALES:
            return None
        last = part
    return total + current if last in WORDS or last in SCALES else None


def parse_roman(text: str) -> int | None:
    """Read a Roman numeral up to 39; None when `text` is none.

    Examples:
        >>> parse_roman("IV"), parse_roman("Ⅲ"), parse_roman("IIX")
        (4, 3, None)
    """
    if len(text) == 1 and 0 <= ord(text) - _FIRST_ROMAN_SIGN < 12:
        return ord(text) - _FIRST_ROMAN_SIGN + 1
    if not _ROMAN.fullmatch(text):
        return None
    signs = [_ROMAN_SIGNS[char] for char in text.upper()]
    following = [*signs[1:], 0]
    return sum(-sign if sign < after else sign for sign, after in zip(signs, following, strict=True))
