"""How names are compared: case, blanks, hyphens, possessives and British spelling do not matter."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

#: Mark of a name that means its thing only in a context that speaks of it.
WEAK = "~"

#: British spellings of stems, and the American ones that names are compared in; Greek letters by name.
_SPELLINGS = {
    "haem": "hem",
    "aemia": "emia",
    "leuco": "leuko",
    "oestr": "estr",
    "tumour": "tumor",
    "faec": "fec",
    "foet": "fet",
    "anaesth": "anesth",
    "apnoea": "apnea",
    "dyspnoea": "dyspnea",
    "normalised": "normalized",
    "ionised": "ionized",
    "luteinising": "luteinizing",
    "analogue": "analog",
    "programme": "program",
    "titre": "titer",
    "caerulo": "cerulo",
    "oesoph": "esoph",
    "paediatric": "pediatric",
    "β": "beta",
    "ß": "beta",
    "γ": "gamma",
    "α": "alpha",
    "ε": "e",
    "δ": "delta",
}
_BRITISH = re.compile("|".join(_SPELLINGS))
_POSSESSIVE = re.compile(r"['’](?:s\b)?")
#: Signs that divide words, as blanks; the mark of weak names goes.
_BETWEEN = str.maketrans({**dict.fromkeys("-‐‑–/.,:()[]", " "), WEAK: None})


def spelled(text: str) -> str:
    """Return text in lower case, in American spelling, with Greek letters by name."""
    return _BRITISH.sub(lambda match: _SPELLINGS[match.group()], text.lower())


def plain(text: str) -> str:
    """Return text as `spelled` does, with blanks for the signs that divide words."""
    return _POSSESSIVE.sub("", spelled(text)).translate(_BETWEEN)


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared.

    Examples:
        >>> words_of("Bence-Jones protein"), words_of("Crohn's Disease Activity Index")[:2]
        (('bence', 'jones', 'protein'), ('crohn', 'disease'))
    """
    return tuple(plain(name).split())


def read_table(file: str) -> list[list[str]]:
    """Return the cells of a tab-separated file of this package, without its comments and its row of column names."""
    text = resources.files(__package__).joinpath(file).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]
