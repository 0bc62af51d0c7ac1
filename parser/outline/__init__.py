"""Eligibility text to a tree of criteria: headings, markers, nesting, scopes, run-on lists.

`outline()` is the whole way on one screen: lines with their markers, entries (soft wraps joined, headings told
apart), sections (what each heading says), trees by section, criteria with their ids, segments.
"""

from parser.outline.outlining import Outline, outline

__all__ = ["Outline", "outline"]
