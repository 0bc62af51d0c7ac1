"""A grammar of UCUM (https://ucum.org/ucum): tells whether a code is well formed and its atoms are known."""

from __future__ import annotations

import re

#: Atoms that take a metric prefix.
METRIC = frozenset("m s g L l mol eq osm Pa m[Hg] m[H2O] J W A V Hz Gy Sv Bq Ci kat U [IU] cal B Cel bar dyn".split())
#: Atoms that do not.
PLAIN = frozenset(
    """
    % [ppth] [ppm] [ppb] [pptr] a mo wk d h min deg [lb_av] [in_i] [ft_i] [foz_us] [degF] [diop] [HPF] [LPF] [MET] [CFU]
    [PFU] [arb'U] [beth'U] [GPL'U] [MPL'U] [hnsf'U] [pH]
    """.split()
)
PREFIXES = ("da", *"YZEPTGMkhdcmunpfazy")

_ANNOTATION = re.compile(r"\{[\x21-\x7a|~]*\}\Z")
_COMPONENT = re.compile(
    r"(?:10\*-?\d+|\d+|(?P<atom>(?:[a-zA-Z%]|\[[^\[\]{}]+\])+)(?:[+-]?\d+)?)(?P<annotation>\{[^{}]*\})?\Z"
)


def is_ucum(code: str) -> bool:
    """Tell whether a code follows the grammar and names units that UCUM has."""
    if not code or not code.isascii() or " " in code:
        return False
    inside = code[1:] if code.startswith("/") else code
    parts = _parts(inside)
    return parts is not None and all(map(_is_component, parts))


def _parts(term: str) -> list[str] | None:
    """Cut a term at its points and slashes outside brackets and annotations; None when brackets do not match."""
    parts, depth, held = [""], 0, False
    for char in term:
        held = (held or char == "{") and char != "}"
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return None
        if char in "./" and depth == 0 and not held:
            parts.append("")
        else:
            parts[-1] += char
    return None if depth or held else parts


def _is_component(part: str) -> bool:
    if part.startswith("(") and part.endswith(")"):
        return is_ucum(part[1:-1])
    if _ANNOTATION.match(part):
        return True
    match = _COMPONENT.match(part)
    return match is not None and (match["atom"] is None or _is_atom(match["atom"]))


def _is_atom(atom: str) -> bool:
    if atom in METRIC or atom in PLAIN:
        return True
    return any(atom.startswith(prefix) and atom.removeprefix(prefix) in METRIC for prefix in PREFIXES)
