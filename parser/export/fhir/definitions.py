"""What an atom is about, as FHIR says it: a kind and a value; its windows, counts and exceptions come elsewhere.

A condition is `type` Condition with the value "sepsis"; a laboratory value is `type` with the value's bounds; what has
neither value nor bounds ("current smoking", "informed consent") is a concept. Status, certainty and whose fact it is
have no element of their own: they stand in the words of the kind ("history of condition", "condition of the mother"),
and a code that would then say something else is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from parser.export.fhir import terms
from parser.export.fhir.datatypes import HIGH, LOW, Json, coded, concept, filled, quantity
from parser.export.fhir.terms import Term
from parser.models.rules import (
    Age,
    Allergy,
    Biomarker,
    Condition,
    Measurement,
    Observation,
    Reproductive,
    Requirement,
    Sex,
    Treatment,
)
from parser.models.values import Concept, Range
from parser.models.wording import ASPECTS, REPRODUCTIVE, REQUIREMENTS, STATUSES, SUBJECTS

#: An atom that says something; `unstructured` says nothing that could be defined.
Said = Age | Sex | Condition | Measurement | Biomarker | Treatment | Allergy | Reproductive | Observation | Requirement
Joined = Literal["any-of", "all-of"]


class Definition(NamedTuple):
    """An atom as a kind and values.

    Attributes:
        kind: CodeableConcept: the kind of fact or what is measured; the fact itself where there are no values.
        values: One `value[x]` each.
        joined: How several values combine.
        method: CodeableConcepts of how it is established.
        offset: CodeableConcept of what a value is compared with, where that is not zero.
        worded: Fields that only the words of `kind` or of the value tell, each with those words.
        narrowed: Fields whose codes were left out, each with what was written.
    """

    kind: Json
    values: list[Json]
    joined: Joined = "any-of"
    method: list[Json] = []
    offset: Json | None = None
    worded: list[tuple[str, str]] = []
    narrowed: list[tuple[str, str]] = []


def define(atom: Said, release: str) -> Definition | None:
    """Return what an atom is about; None where only its words can say it (a limit without a direction)."""
    match atom:
        case Sex():
            return _sex(atom)
        case Age():
            return _age(atom)
        case Condition():
            return _named(atom, terms.CONDITION, atom.concept, release)
        case Treatment():
            return _named(atom, terms.TREATMENTS[atom.category], atom.concept, release)
        case Allergy():
            return _named(atom, terms.ALLERGIES[atom.kind], atom.concept, release)
        case Reproductive():
            return _reproductive(atom)
        case Biomarker():
            return _biomarker(atom)
        case Measurement():
            return _measurement(atom)
        case Observation():
            return _observed(atom, atom.concept.text, atom.concept)
        case Requirement():
            return _requirement(atom)


# --- a kind of fact, and which ----------------------------------------------------------------------------------------


def _sex(atom: Sex) -> Definition:
    kind, worded = _told(atom, "sex")
    coded_kind = concept(kind, *([] if atom.subject else [terms.SEX]))
    return Definition(coded_kind, [_is(concept(atom.value, terms.GENDERS[atom.value]))], worded=worded)


def _age(atom: Age) -> Definition | None:
    kind, worded = _told(atom, "age")
    if atom.range is None:
        return Definition(concept("legal age" if kind == "age" else kind), [], worded=worded)
    bounds = _bounds(atom.range)
    if bounds is None:
        return None
    values, joined = bounds
    return Definition(concept(kind, *([] if atom.subject else [terms.AGE])), values, joined, worded=worded)


def _named(
    atom: Condition | Treatment | Allergy, kind: tuple[str, str | None], named: Concept, release: str
) -> Definition:
    """Return a fact of a kind: a condition, a treatment, an allergy."""
    noun, type_name = kind
    words, worded = _told(atom, noun)
    value = _qualified(named.text, atom.qualifiers)
    if atom.qualifiers:
        worded.append(("qualifiers", value))
    type_term = fhir_type(_type_of(atom, type_name), release)
    return Definition(
        concept(words, *type_term), [_is(coded(named, value))], method=_methods(atom.method), worded=worded
    )


def fhir_type(name: str | None, release: str) -> list[Term]:
    """Return the term for a FHIR type, none for none."""
    if name is None:
        return []
    return [Term(terms.TYPES[release], terms.R4B_TYPES.get(name, name) if release == "R4B" else name)]


def _type_of(atom: Condition | Treatment | Allergy, name: str | None) -> str | None:
    """Return the type that holds such facts of the participant; none where the atom is about no fact of theirs."""
    if atom.subject is not None:
        return None
    if atom.status == ["family_history"]:
        return terms.FAMILY
    return name if terms.FACTUAL.issuperset(atom.status) else None


def _reproductive(atom: Reproductive) -> Definition:
    words, worded = _told(atom, "reproductive state")
    value = _qualified(REPRODUCTIVE[atom.state], atom.qualifiers)
    if atom.qualifiers:
        worded.append(("qualifiers", value))
    coded_as = atom.state == "pregnant" and atom.subject is None and terms.FACTUAL.issuperset(atom.status)
    kind = concept(words, *([terms.PREGNANCY_STATUS] if coded_as else []))
    state = concept(value, *([terms.PREGNANT] if coded_as else []))
    return Definition(kind, [_is(state)], method=_methods(atom.method), worded=worded)


def _requirement(atom: Requirement) -> Definition:
    noun = REQUIREMENTS[atom.topic]
    words, worded = _told(atom, noun)
    if atom.concept is None:
        return Definition(concept(words), [], worded=worded)
    text = f"{words} ({atom.concept.text})"
    return Definition(coded(atom.concept, text), [], worded=[*worded, ("topic", text)])


# --- what is measured, and its bounds ---------------------------------------------------------------------------------


def _measurement(atom: Measurement) -> Definition | None:
    if atom.aspect in ("value", "mean"):
        found = _observed(atom, atom.concept.text, atom.concept)
        if found is None or atom.aspect == "value":
            return found
        return found._replace(method=[concept("mean", terms.MEAN), *found.method])
    noun = ASPECTS[atom.aspect].format(atom.concept.text)
    # the code is of the value, not of how it changes
    found = _observed(atom, noun, None)
    if found is None or not atom.concept.codes:
        return found
    return found._replace(narrowed=[("concept/codes", noun)])


def _biomarker(atom: Biomarker) -> Definition | None:
    noun = atom.marker if atom.kind == "any" else f"{atom.marker} {atom.kind}"
    noun = f"{noun} with {atom.partner}" if atom.partner else noun
    noun = f"{atom.origin} {noun}" if atom.origin else noun
    if atom.variant is None:
        return _observed(atom, noun, None)
    if atom.range is None and not atom.values:
        return _observed(atom, noun, None, [atom.variant])
    found = _observed(atom, f"{noun} ({atom.variant})", None)
    return found and found._replace(worded=[*found.worded, ("variant", found.kind["text"])])


def _observed(
    atom: Measurement | Biomarker | Observation, noun: str, named: Concept | None, values: Iterable[str] = ()
) -> Definition | None:
    """Return what is measured or observed with its values, its bounds, or neither."""
    words, worded = _told(atom, _qualified(noun, atom.qualifiers))
    if atom.qualifiers:
        worded.append(("qualifiers", words))
    results = [*atom.values, *values]
    if atom.range is not None and results:
        words = f"{words} {' or '.join(results)}"
        worded.append(("values", words))
    method = [] if isinstance(atom, Observation) else _methods(atom.method)
    if atom.range is None and not results and method:
        words = f"{words} (by {' or '.join(atom.method)})" if not isinstance(atom, Observation) else words
        worded.append(("method", words))
        method = []
    keeps_codes = named is not None and atom.subject is None and terms.FACTUAL.issuperset(atom.status)
    narrowed = [("concept/codes", words)] if named is not None and named.codes and not keeps_codes else []
    kind = coded(named, words) if named is not None and keeps_codes else concept(words)
    if atom.range is None:
        told = [_is(concept(result)) for result in results]
        return Definition(kind, told, method=method, worded=worded, narrowed=narrowed)
    aspect = atom.aspect if isinstance(atom, Measurement) else "value"
    bounds = _bounds(atom.range, changes=aspect not in ("value", "mean"))
    if bounds is None:
        return None
    values_, joined = bounds
    offset = _offset(atom.range, changes=aspect not in ("value", "mean"))
    return Definition(kind, values_, joined, method, offset, worded, narrowed)


def _is(value: Json) -> Json:
    return {"valueCodeableConcept": value}


def _methods(texts: Iterable[str]) -> list[Json]:
    return [concept(text) for text in texts]


# --- words ------------------------------------------------------------------------------------------------------------


def _told(atom: Said, noun: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a noun with the atom's certainty, status and subject in words, and which fields those are."""
    fields = []
    certainty = getattr(atom, "certainty", [])
    if certainty:
        noun, fields = f"{' or '.join(certainty)} {noun}", ["certainty"]
    status = list(dict.fromkeys(getattr(atom, "status", [])))
    if len(status) == 1:
        noun = STATUSES[status[0]][0].format(noun)
    elif status:
        noun = f"{noun} ({' or '.join(STATUSES[each][1] for each in status)})"
    fields += ["status"] if status else []
    if atom.subject is not None:
        noun = f"{noun} of {SUBJECTS.get(atom.subject, f'the {atom.subject}')}"
        fields.append("subject")
    return noun, [(field, noun) for field in fields]


def _qualified(noun: str, qualifiers: list[str]) -> str:
    return f"{noun} ({', '.join(qualifiers)})" if qualifiers else noun


# --- bounds -----------------------------------------------------------------------------------------------------------


def amount(bounds: Range) -> Json | None:
    """Return a number of things or a stretch of time as `{"Quantity": …}` or `{"Range": …}`.

    None where one element cannot say it: two bounds of which one is not included, or a limit without a direction.
    """
    found = _bounds(bounds)
    if found is None or len(found[0]) > 1:
        return None
    ((name, value),) = found[0][0].items()
    return {name.removeprefix("value"): value}


def _bounds(bounds: Range, *, changes: bool = False) -> tuple[list[Json], Joined] | None:
    """Return bounds as values: one Quantity or Range, or a Quantity for each bound, of which both must hold."""
    unit, ucum = _unit(bounds, changes)
    low, high = bounds.low, bounds.high
    if low is None and high is None:
        return None
    if low is not None and high is not None and bounds.low_inclusive and bounds.high_inclusive:
        if low == high:
            return [{"valueQuantity": quantity(low, unit, ucum)}], "any-of"
        return [{"valueRange": {"low": quantity(low, unit, ucum), "high": quantity(high, unit, ucum)}}], "any-of"
    sides = [(low, LOW[bounds.low_inclusive is not False])] if low is not None else []
    sides += [(high, HIGH[bounds.high_inclusive is not False])] if high is not None else []
    return [{"valueQuantity": quantity(value, unit, ucum, comparator)} for value, comparator in sides], "all-of"


def _unit(bounds: Range, changes: bool) -> tuple[str | None, str | None]:
    """Return the unit in words and in UCUM: of a multiple or a share, with what it is a multiple or a share of."""
    if bounds.relative_to is None:
        return bounds.unit, bounds.ucum
    name = _reference(bounds)
    code = terms.REFERENCES.get(bounds.relative_to)
    annotation = f"{{{code.replace(' ', '_')}}}" if code else None
    if bounds.unit is None and bounds.ucum is None:
        return f"× {name}", annotation
    if bounds.ucum == "%" and not changes:
        return f"{bounds.unit or '%'} of {name}", f"%{annotation}" if annotation else "%"
    return bounds.unit, bounds.ucum


def _offset(bounds: Range, *, changes: bool) -> Json | None:
    """Return what a value with a unit of its own is compared with."""
    if bounds.relative_to is None or (bounds.unit is None and bounds.ucum is None):
        return None
    if bounds.ucum == "%" and not changes:
        return None
    term = terms.OFFSETS.get(bounds.relative_to)
    return filled(**concept(_reference(bounds), *([term] if term else [])))


def _reference(bounds: Range) -> str:
    if bounds.relative_to == "other":
        return bounds.relative_text or "a reference of its own"
    return terms.REFERENCES[bounds.relative_to] if bounds.relative_to else ""
