"""FHIR's data types as plain dictionaries; what would be empty is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from parser.export.fhir.terms import SYSTEMS, UCUM, Term
from parser.models.amounts import TIME_UNITS
from parser.models.values import Code, Concept, Number, PartialDate

#: A data type or a resource.
Json = dict[str, Any]

_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_BLANKS = re.compile(r"[\s\x00-\x1f]+")
#: Bounds that no Range can hold, by whether the bound is included.
LOW: Final = {True: ">=", False: ">"}
HIGH: Final = {True: "<=", False: "<"}


def filled(**fields: Any) -> Json:
    """Return an object of the fields that hold something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def coding(term: Term) -> Json:
    """Return a Coding of a term of ours."""
    return filled(system=term.system, code=term.code, display=term.display)


def concept(text: str | None, *terms: Term) -> Json:
    """Return a CodeableConcept of words and the terms that mean the same."""
    return filled(coding=[coding(term) for term in terms], text=text)


def coded(named: Concept, text: str | None = None) -> Json:
    """Return a CodeableConcept of a record's concept; `text` in place of its own words."""
    return filled(coding=codings(named.codes), text=text or named.text)


def codings(codes: Iterable[Code]) -> list[Json]:
    """Return the Codings of a record's codes; a terminology without a known URI is told in the display."""
    return [_coding(code) for code in codes]


def _coding(code: Code) -> Json:
    system = SYSTEMS.get(code.system)
    # a code in FHIR has no blanks but single ones inside
    text = " ".join(_BLANKS.split(code.code)).strip()
    if system is not None:
        return filled(system=system, code=text, display=code.display)
    display = f"{code.system} {code.code}" + (f": {code.display}" if code.display else "")
    return filled(code=text, display=display)


def quantity(value: Number, unit: str | None = None, ucum: str | None = None, comparator: str | None = None) -> Json:
    """Return a Quantity; the comparator belongs to no SimpleQuantity, such as a Range's bound."""
    shown = unit or (unit_words(ucum) if ucum else None)
    return filled(value=value, comparator=comparator, unit=shown, system=UCUM if ucum else None, code=ucum)


def unit_words(ucum: str) -> str:
    """Return how a UCUM unit reads: times in words, annotations without their braces."""
    if ucum in TIME_UNITS:
        return TIME_UNITS[ucum] + "s"
    return ucum[1:-1] if ucum.startswith("{") and ucum.endswith("}") else ucum


def annotation(text: str) -> Json:
    """Return an Annotation."""
    return {"text": text}


def point(when: PartialDate) -> Json:
    """Return a Period that is one date, as exact as it is known."""
    return {"start": when.value, "end": when.value}


def span(start: PartialDate | None, end: PartialDate | None) -> Json:
    """Return a Period; without its end where that lies before its start, which no Period may say."""
    first, last = (start.value if start else None), (end.value if end else None)
    if first and last and not _in_order(first, last):
        return filled(start=first)
    return filled(start=first, end=last)


def _in_order(first: str, last: str) -> bool:
    """Tell whether a date is surely no later than another; of `2020-03` and `2020`, neither is."""
    exact = min(len(first), len(last))
    return first[:exact] <= last[:exact]


def telecoms(phone: str | None, email: str | None) -> list[Json]:
    """Return ContactPoints."""
    points = (("phone", phone), ("email", email))
    return [{"system": system, "value": value} for system, value in points if value]


def human_name(name: str | None) -> list[Json]:
    """Return a list of one HumanName, not taken apart: which part is the family's differs by country."""
    return [{"text": name}] if name else []


def is_url(text: str | None) -> bool:
    """Tell whether a text is an address that can be followed."""
    return text is not None and _URL.fullmatch(text) is not None


def yes_no(value: bool) -> str:
    """Return how a truth value reads."""
    return "yes" if value else "no"
