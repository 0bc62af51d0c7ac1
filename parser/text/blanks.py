"""What counts as blank: white space of every kind, and the characters that show nothing."""

from __future__ import annotations

from typing import Final

#: Shown as nothing: soft hyphen, zero-width space and joiners, word joiner, byte order mark (Unicode category Cf).
ZERO_WIDTH: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

#: Every character that `str.isspace` accepts, and the zero-width ones. Fit for `str.strip`.
BLANKS: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000" + ZERO_WIDTH
)

#: The characters at which `str.splitlines` ends a line.
LINE_BREAKS: Final = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def is_blank(text: str) -> bool:
    """Tell whether a text shows nothing at all; true of the empty one."""
    return not text.strip(BLANKS)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return `[start, end)` without the blanks at both ends; empty (at `end`) where all of it is blank."""
    stretch = text[start:end]
    left = len(stretch) - len(stretch.lstrip(BLANKS))
    right = len(stretch.rstrip(BLANKS))
    return (start + left, start + right) if right > left else (end, end)
