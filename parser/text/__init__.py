"""Text that knows where it came from."""

from parser.text.repair import unescape_markdown
from parser.text.traced import TracedText

__all__ = ["TracedText", "unescape_markdown"]
