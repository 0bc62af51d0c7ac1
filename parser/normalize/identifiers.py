"""Trial identifiers: their forms in the world's registers, one canonical form each, and the placeholders among them.

No check digit is tested. EudraCT's last two digits are called one, but no register publishes a rule, and none of the
usual ones (Luhn, ISO 7064, any weighted sum to a prime) holds on real numbers; ISRCTN and UTN show none either.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from parser.models.trial import IdentifierScheme
from parser.normalize.absence import absent_reason


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
    _form("ctis", r"(?:CTIS\s?|EU\s?CT\s?(?:number)?:?\s?)?(20[2-9]\d-5\d{5}-\d{2})(?:-\d{2})?", "{0}"),
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

# What parts several identifiers in one field; a comma only before a blank, for numbers have them too.
_SEPARATOR = re.compile(r"[;|\n\r]|,\s|<br\s?/?>", re.IGNORECASE)
# Words of a field that names no identifier, beside those that stand for any missing value.
_NO_IDENTIFIER = re.compile(
    r"(?:nil|no|none)(?:\s(?:known|secondary\s?ids?|other|number))?|version\s?\d.*|[\W_]+", re.IGNORECASE
)
_LONGEST_OTHER = 120

#: Numbers that people type where they have none.
PLACEHOLDERS = frozenset(
    {"NCT12345678", "NCT01234567", "NCT87654321", "NCT00000000", "ISRCTN12345678", "ISRCTN00000000"}
)
_ONE_DIGIT = re.compile(r"[A-Za-z]+(\d)\1{6,}")
# Every form has one of these; looking for them first spares most lines the patterns.
_HINT = re.compile(r"\d{4}|RBR-", re.ASCII | re.IGNORECASE)
_ANY = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(form.pattern.pattern for form in FORMS)})", re.ASCII | re.IGNORECASE)


def find_identifiers(text: str, start: int = 0, end: int | None = None) -> list[FoundIdentifier]:
    """Return the identifiers in `text[start:end]` in their order, placeholders marked; each place is read once."""
    stop = len(text) if end is None else end
    if not _HINT.search(text, start, stop) or not _ANY.search(text, start, stop):
        return []
    found: list[FoundIdentifier] = []
    taken: set[int] = set()
    for form in FORMS:
        for match in form.pattern.finditer(text, start, stop):
            place = range(*match.span())
            if not taken.isdisjoint(place):
                continue
            taken.update(place)
            value = _canonical(form, match)
            found.append(FoundIdentifier(form.scheme, value, match.start(), match.end(), is_placeholder(value)))
        if found and found[-1].start == start and found[-1].end == stop:
            break
    return sorted(found, key=lambda one: one.start)


@dataclass(frozen=True, slots=True)
class IdentifierReading:
    """One identifier of a field that may hold several.

    Attributes:
        scheme: The register; `other` where the number is of no register known.
        value: Canonical form; of `other` the words.
        raw: The words.
        placeholder: It stands for none (`NCT11111111`); leave it out and say so.
    """

    scheme: IdentifierScheme
    value: str
    raw: str
    placeholder: bool = False


def read_identifiers(words: str, *, default: IdentifierScheme = "other") -> list[IdentifierReading]:
    """Return the identifiers of a field of secondary numbers, each once.

    Args:
        words: The whole field; semicolons, line breaks and commas part several numbers.
        default: Scheme of a number of no register known: `sponsor` where the field is the sponsor's.
    """
    readings: dict[tuple[str, str], IdentifierReading] = {}
    for part in _SEPARATOR.split(words):
        raw = " ".join(part.split())
        found = find_identifiers(raw)
        for one in found:
            reading = IdentifierReading(one.scheme, one.value, raw[one.start : one.end], one.placeholder)
            readings.setdefault((one.scheme, one.value), reading)
        if not found and _names_one(raw):
            readings.setdefault((default, raw), IdentifierReading(default, raw, raw))
    return list(readings.values())


def _names_one(raw: str) -> bool:
    return len(raw) <= _LONGEST_OTHER and absent_reason(raw) is None and _NO_IDENTIFIER.fullmatch(raw) is None


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
