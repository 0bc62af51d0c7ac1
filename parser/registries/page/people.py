"""Whom to write to: contacts as groups of a name and the lines under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parser.models.values import Span
from parser.reading.page import Page
from parser.registries.page.sections import Entry, Piece
from parser.registries.page.words import clean, label_of, stripped
from parser.registries.record import RecordBuilder

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
PHONE = re.compile(
    r"(?:(?:tel|phone|telephone|mobile|ph)\.?\s?:?\s?)?"
    r"(\+?\(?\d[\d\s().\-/]{5,20}\d(?:\s?(?:ext|x)\.?\s?\d{1,6})?)",
    re.IGNORECASE,
)

#: Words that many organisations share, which tell none from another.
_COMMON = (
    "the and of for in at on de la du des di center centre hospital hospitals university institute institutes "
    "institution college school faculty department division unit national international medical medicine "
    "clinical clinic research health healthcare science sciences foundation group trust affiliated first second "
    "third general public principal investigator study director chair surgery disease diseases"
)
COMMON_WORDS = frozenset(_COMMON.split())

_AFFILIATION = re.compile(r"\bat\b|@", re.IGNORECASE)
_NAME_THEN_AFFILIATION = re.compile(r"([^,·|–—]{3,60}?)\s?[,·|–—]\s?(.+\bat\b.+)", re.IGNORECASE)


@dataclass(slots=True)
class ContactLines:
    """One contact's lines as spans."""

    name: Span | None = None
    affiliation: Span | None = None
    phone: Span | None = None
    email: Span | None = None
    more: list[Span] = field(default_factory=list)


def read_contacts(page: Page, record: RecordBuilder, pieces: Sequence[Piece], role: Entry | None = None) -> None:
    """Set a contact for every group of lines: a name, then what the person is and where.

    Args:
        page: The page.
        record: Gets the contacts.
        pieces: The lines.
        role: The label that says what they are, where one does (`Principal investigator`).
    """
    for contact in _groups(page.text, _lines(page.text, pieces)):
        pointer = record.next("/contacts")
        fields = {
            "name": contact.name,
            "affiliation": contact.affiliation,
            "phone": contact.phone,
            "email": contact.email,
        }
        for name, span in fields.items():
            if span is not None:
                record.set(f"{pointer}/{name}", clean(page.text[slice(*span)]), span=span)
        if role is not None and record.get(pointer) is not None:
            record.set(f"{pointer}/role", label_of(page, role), span=role.span)


def _lines(text: str, pieces: Sequence[Piece]) -> list[Span]:
    """Return the lines as spans, a line that holds a name and an affiliation as two."""
    lines: list[Span] = []
    for piece in pieces:
        match = (
            _NAME_THEN_AFFILIATION.fullmatch(text, piece.start, piece.end) if piece.end - piece.start < 300 else None
        )
        lines += [match.span(1), match.span(2)] if match else [(piece.start, piece.end)]
    return lines


def _groups(text: str, lines: list[Span]) -> list[ContactLines]:
    groups: list[ContactLines] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        rest, phone, email = _without_reach(text, line)
        if phone or email:
            current = groups[-1] if groups and not (rest and groups[-1].affiliation) else ContactLines()
            if not groups or current is not groups[-1]:
                groups.append(current)
            current.phone, current.email = current.phone or phone, current.email or email
        if rest is None:
            continue
        current = groups[-1] if groups else ContactLines()
        if not groups or (current.name is not None and _begins_group(text, rest, following, current)):
            current = ContactLines()
            groups.append(current)
        if current.name is None:
            current.name = rest
        else:
            current.affiliation = rest
    return groups


def _begins_group(text: str, line: Span, following: Span | None, current: ContactLines) -> bool:
    """Tell whether a line is the next contact's name: the current one is complete, or its affiliation comes below."""
    if current.affiliation is not None:
        return True
    if _AFFILIATION.search(text, *line):
        return False
    return following is not None and _AFFILIATION.search(text, *following) is not None


def _without_reach(text: str, line: Span) -> tuple[Span | None, Span | None, Span | None]:
    """Take a line's telephone number and address apart from its other words."""
    start, end = line
    email = EMAIL.search(text, start, end)
    phone = PHONE.search(text, start, email.start() if email else end)
    if email is None and phone is None:
        return line, None, None
    reach = min(match.start() for match in (email, phone) if match)
    rest = stripped(text, start, reach, " \t\xa0,;:|·-–(")
    named = rest if rest[0] < rest[1] and text[slice(*rest)].casefold() not in _REACH_WORDS else None
    return named, phone.span(1) if phone else None, email.span() if email else None


_REACH_WORDS = frozenset({"email", "e-mail", "tel", "telephone", "phone", "mail", "mobile", "contact", "ph"})


def significant_words(name: str) -> frozenset[str]:
    """Return the words of an organisation's name that tell it from others."""
    return frozenset(word for word in re.findall(r"\w+", name.casefold()) if len(word) > 2) - COMMON_WORDS
