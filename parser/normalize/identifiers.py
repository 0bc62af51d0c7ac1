"""Trial identifiers: their forms in the world's registers, one canonical form each, and the placeholders among them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from parser.models.trial import IdentifierScheme


@dataclass(frozen=True, slots=True)
class IdentifierForm:
    """How the identifiers of one register are written.

    Attributes:
        scheme: The register.
        pattern: Finds one, with or without a prefix; its groups are what the canonical form is made of.
        canonical: Makes the canonical form of a match.
    """

    scheme: IdentifierScheme
    pattern: re.Pattern[str]
    canonical: Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class FoundIdentifier:
    """An identifier in a text: its canonical form and where it stands."""

    scheme: IdentifierScheme
    value: str
    start: int
    end: int
    placeholder: bool = False


def _form(scheme: IdentifierScheme, pattern: str, template: str) -> IdentifierForm:
    """Make a form whose canonical text is a template over the pattern's groups."""
    compiled = re.compile(rf"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])", re.IGNORECASE | re.ASCII)

    def canonical(match: re.Match[str]) -> str:
        return template.format(*match.groups())

    return IdentifierForm(scheme, compiled, canonical)


#: In order: a CTIS number has the form of a EudraCT number with more digits, so it is tried first.
FORMS: tuple[IdentifierForm, ...] = (
    _form("nct", r"NCT[\s-]?(\d{8})", "NCT{0}"),
    _form("ctis", r"(?:EU\s?CT\s?(?:number)?:?\s?)?(20[2-9]\d-5\d{5}-\d{2})(?:-\d{2})?", "{0}"),
    _form(
        "eudract",
        r"(?:EUCTR\s?|EudraCT\s?(?:number)?:?\s?)?((?:19|20)\d\d-\d{6}-\d{2})(?:-(?:[A-Z]{2}|3rd|Outside-EU/EEA))?",
        "{0}",
    ),
    _form("isrctn", r"ISRCTN\s?(\d{8})", "ISRCTN{0}"),
    _form("drks", r"DRKS\s?(\d{8})", "DRKS{0}"),
    _form("actrn", r"ACTRN\s?(\d{14})p?", "ACTRN{0}"),
    _form("chictr", r"ChiCTR-?([A-Z]{2,6})-?(\d{8,10})", "ChiCTR-{0}-{1}"),
    _form("chictr", r"ChiCTR[\s-]?(\d{8,10})", "ChiCTR{0}"),
    _form("ctri", r"CTRI/?\s?(\d{4})/(\d{2,3})/(\d{6})", "CTRI/{0}/{1}/{2}"),
    _form("umin", r"(?:JPRN-)?UMIN(?:-CTR)?\s?(\d{9})", "UMIN{0}"),
    _form("jrct", r"(?:JPRN-)?jRCT\s?(s\d{9}|\d{10})", "jRCT{0}"),
    _form("irct", r"IRCT\s?(\d{8,18}N\d+)", "IRCT{0}"),
    _form("kct", r"KCT\s?(\d{7})", "KCT{0}"),
    _form("rebec", r"RBR-([0-9A-Z]{6,8})", "RBR-{0}"),
    _form("pactr", r"PACTR\s?(\d{15,16})", "PACTR{0}"),
    _form("tctr", r"TCTR\s?(\d{11})", "TCTR{0}"),
    _form("slctr", r"SLCTR/(\d{4})/(\d{3})", "SLCTR/{0}/{1}"),
    _form("rpcec", r"RPCEC\s?(\d{8})", "RPCEC{0}"),
    _form("lbctr", r"LBCTR\s?(\d{10})", "LBCTR{0}"),
    _form("nl", r"(NL-OMON\d{3,6}|NTR\d{2,5}|NL\d{4,6})", "{0}"),
    _form("utn", r"U?(1111-\d{4}-\d{4})", "U{0}"),
)

#: Numbers that people type where they have none.
PLACEHOLDERS = frozenset(
    {"NCT12345678", "NCT01234567", "NCT87654321", "NCT00000000", "ISRCTN12345678", "ISRCTN00000000"}
)
_ONE_DIGIT = re.compile(r"[A-Za-z]+(\d)\1{6,}")
# Every form has one of these; looking for them first spares most lines the patterns.
_HINT = re.compile(r"\d{4}|RBR-", re.ASCII | re.IGNORECASE)


def find_identifiers(text: str, start: int = 0, end: int | None = None) -> list[FoundIdentifier]:
    """Return the identifiers in `text[start:end]` in their order, placeholders marked; each place is read once."""
    stop = len(text) if end is None else end
    if not _HINT.search(text, start, stop):
        return []
    found: list[FoundIdentifier] = []
    for form in FORMS:
        for match in form.pattern.finditer(text, start, stop):
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            value = _canonical(form, match)
            found.append(FoundIdentifier(form.scheme, value, match.start(), match.end(), is_placeholder(value)))
    return sorted(found, key=lambda one: one.start)


def _canonical(form: IdentifierForm, match: re.Match[str]) -> str:
    """Return the canonical form: capitals, but for what the register itself writes otherwise."""
    value = form.canonical(match)
    if form.scheme == "rebec":
        return value
    value = value.upper()
    for capitals, own in (("CHICTR", "ChiCTR"), ("JRCTS", "jRCTs"), ("JRCT", "jRCT")):
        if value.startswith(capitals):
            return own + value[len(capitals) :]
    return value


def is_placeholder(value: str) -> bool:
    """Tell whether a canonical identifier is one that stands for none (`NCT11111111`)."""
    return value in PLACEHOLDERS or _ONE_DIGIT.fullmatch(value) is not None
