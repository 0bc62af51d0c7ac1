"""Text that knows where it came from."""

from parser.text.blanks import BLANKS, LINE_BREAKS, ZERO_WIDTH, is_blank, trimmed
from parser.text.repair import mended, unescape_markdown
from parser.text.traced import Run, TracedText

__all__ = [
    "BLANKS",
    "LINE_BREAKS",
    "ZERO_WIDTH",
    "Run",
    "TracedText",
    "is_blank",
    "mended",
    "trimmed",
    "unescape_markdown",
]
