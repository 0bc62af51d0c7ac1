"""What the network sees of a word, apart from its letters' vector: hashed spellings and its shape."""

from __future__ import annotations

import re
from zlib import crc32

#: Rows of the tables that spellings and shapes are hashed into.
WORD_ROWS = 10_000
AFFIX_ROWS = 2_000
SHAPE_ROWS = 300

#: Runs of one sign are cut to four.
_RUN = re.compile(r"(.)\1{3,}")


def word_rows(word: str) -> tuple[int, int]:
    """Return the two rows of a word, in lower case and with digits alike, in the table of words."""
    code = re.sub(r"\d", "0", word.lower()).encode()
    return crc32(code) % WORD_ROWS, crc32(code, 1) % WORD_ROWS


def affix_rows(word: str) -> tuple[int, int]:
    """Return the rows of a word's first and last three letters in the table of affixes."""
    lower = word.lower()
    return crc32(b"<" + lower[:3].encode()) % AFFIX_ROWS, crc32(lower[-3:].encode() + b">") % AFFIX_ROWS


def shape_row(word: str) -> int:
    """Return the row of a word's shape: `X` capitals, `x` letters, `0` digits, runs of four at most."""
    return crc32(shape(word).encode()) % SHAPE_ROWS


def shape(word: str) -> str:
    """Return the shape of a word; `Hb`, `HbA1c` and `≥` are `Xx`, `XxX0x` and `≥`."""
    coarse = "".join("0" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in word[:20])
    return _RUN.sub(r"\1\1\1\1", coarse)
