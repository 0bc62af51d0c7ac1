"""Text that knows where it came from."""

from parser.text.traced import TracedText
from parser.text.repair import unescape_markdown

__all__ = ["TracedText", "unescape_markdown"]
