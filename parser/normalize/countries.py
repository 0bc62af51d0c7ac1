"""Names of countries to ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from parser.normalize.country_names import COUNTRY_NAMES

# Semicolons, line breaks, and the tags that some exports put in their place.
_PARTED = re.compile(r"[;\n\r|#]|<br\s?/?>", re.IGNORECASE)
# No country has more commas in its name; no field names more countries than there are.
_MOST_IN_NAME = 3
_MOST = 500
_APART = re.compile(r"[^\w]+")


def country_code(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name; None where the words name none.

    Case, accents, punctuation and a leading article make no difference. `XK` (Kosovo) is user-assigned, not ISO's.
    """
    return _codes().get(_key(name)) if len(name) <= 80 else None


@dataclass(frozen=True, slots=True)
class CountryReading:
    """A country that a field of several names.

    Attributes:
        raw: Its name as written.
        code: ISO 3166-1 alpha-2; None where the words are no country (`Asia (except Japan)`, `Europe`).
    """

    raw: str
    code: str | None


def read_countries(words: str) -> list[CountryReading]:
    """Return the countries of a field in their order, each once.

    Semicolons and line breaks part them, else commas, unless the words on both sides are one name
    (`Korea, Republic of`).
    """
    found: dict[str, CountryReading] = {}
    for part in _PARTED.split(words):
        for raw in _names(part):
            code = country_code(raw)
            found.setdefault(code or _key(raw), CountryReading(raw, code))
    return list(found.values())


def _names(part: str) -> Iterator[str]:
    """Yield the names in words with commas, taking as many pieces together as are one country's name."""
    pieces = [piece.strip() for piece in part.split(",")] if part.count(",") <= _MOST else [part.strip()]
    at = 0
    while at < len(pieces):
        end = min(len(pieces), at + _MOST_IN_NAME)
        while end > at + 1 and country_code(", ".join(pieces[at:end])) is None:
            end -= 1
        if raw := ", ".join(pieces[at:end]):
            yield raw
        at = end


def is_code(code: str) -> bool:
    """Tell whether two capitals are a country's code."""
    return code in _english_names()


def country_name(code: str) -> str:
    """Return the short English name of ISO 3166-1 for a code.

    Raises:
        KeyError: When there is no such code.
    """
    return _english_names()[code]


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for line in COUNTRY_NAMES.splitlines():
        code, *names = line.split("|")
        codes.update((_key(name), code) for name in names)
    return codes


@cache
def _english_names() -> dict[str, str]:
    rows = (line.split("|") for line in COUNTRY_NAMES.splitlines())
    return {row[0]: row[1] for row in rows}


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _key(name: str) -> str:
    # The dotless i of Turkish has no decomposition.
    words = _APART.split(_folded(name).replace("ı", "i"))
    return " ".join(word for word in words if word and word not in {"the", "and"})
