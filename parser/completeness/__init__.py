"""Whether a record holds what WHO asks of a registered trial: the 24 items of its Trial Registration Data Set.

    >>> import parser
    >>> found = parser.check(trial)                     # doctest: +SKIP
    >>> [item.name for item in found.items if item.state == "missing"]   # doctest: +SKIP

Source: WHO Trial Registration Data Set, version 1.3.1 (https://www.who.int/tools/clinical-trials-registry-platform).
"""

from parser.completeness.checking import Completeness, Item, check
from parser.completeness.consistency import Finding

__all__ = ["Completeness", "Finding", "Item", "check"]
