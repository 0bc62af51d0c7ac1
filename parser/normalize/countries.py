"""Names of countries to ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from parser.normalize.country_names import COUNTRY_NAMES

_APART = re.compile(r"[^\w]+")


def country_code(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name; None where the words name none.

    Case, accents, punctuation and a leading article make no difference. `XK` (Kosovo) is user-assigned, not ISO's.
    """
    return _known_code(name) if len(name) <= 80 else None


@lru_cache(maxsize=1024)
def _known_code(name: str) -> str | None:
    return _codes().get(_key(name))


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
