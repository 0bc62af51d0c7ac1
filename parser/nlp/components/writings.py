"""Tables of writings: how they are written down, and patterns that match any of them, fast.

Writings that begin alike share their beginning in the pattern, so that a long table costs little more than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Next character -> what may follow it; the empty string says that a writing may end here.
_Trie = dict[str, "_Trie"]


def rows(*lines: str) -> tuple[str, ...]:
    """Return the writings of a table's lines, which `|` separates.

    Examples:
        >>> rows("prior to | before", "ahead of")
        ('prior to', 'before', 'ahead of')
    """
    return tuple(writing.strip() for line in lines for writing in line.split("|"))


def one_of(writings: Iterable[str]) -> str:
    """Return a pattern that matches the longest of the writings, lower case; words only as whole words."""
    groups: dict[tuple[bool, bool], list[str]] = {}
    for writing in sorted(set(writings)):
        groups.setdefault((writing[0].isalpha(), writing[-1].isalnum()), []).append(writing)
    whole = [
        ("(?<![^\\W_])" if before else "") + any_of(members) + ("(?![^\\W_])" if after else "")
        for (before, after), members in groups.items()
    ]
    return whole[0] if len(whole) == 1 else "(?:" + "|".join(whole) + ")"


def any_of(writings: Iterable[str]) -> str:
    """Return a pattern that matches the longest of the writings, wherever it stands."""
    trie: _Trie = {}
    for writing in writings:
        node = trie
        for char in writing:
            node = node.setdefault(char, {})
        node[""] = {}
    return _pattern(trie)


def _pattern(trie: _Trie) -> str:
    branches = [_char(char) + _pattern(rest) for char, rest in trie.items() if char]
    if not branches:
        return ""
    if "" in trie:
        return "(?:" + "|".join(branches) + ")?"
    return branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"


def _char(char: str) -> str:
    return r"\s" if char == " " else re.escape(char)
