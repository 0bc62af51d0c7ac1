"""Text that knows where it came from."""

from parser.text.blanks import BLANKS, LINE_BREAKS, ZERO_WIDTH, is_blank, trimmed
from parser.text.comparators import LostComparator, find_lost_comparators
from parser.text.repair import Mending, Repair, mend, mended, mended_words, repairs_of, unescape_markdown
from parser.text.traced import Run, TracedText

__all__ = [
    "BLANKS",
    "LINE_BREAKS",
    "ZERO_WIDTH",
    "LostComparator",
    "Mending",
    "Repair",
    "Run",
    "TracedText",
    "find_lost_comparators",
    "is_blank",
    "mend",
    "mended",
    "mended_words",
    "repairs_of",
    "trimmed",
    "unescape_markdown",
]
