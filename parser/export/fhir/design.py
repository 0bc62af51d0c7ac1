"""How a study is built: its kind, phase, purpose and design."""

from __future__ import annotations

from collections.abc import Iterator

from parser.export.fhir import terms
from parser.export.fhir.datatypes import Json, concept
from parser.export.fhir.draft import Release
from parser.export.fhir.terms import FHIR, Term
from parser.models.trial import Design

#: R5 has these terminologies of its own, R4B those of HL7's terminology server.
_HL7 = {"R5": FHIR, "R4B": "http://terminology.hl7.org/CodeSystem/"}


def phase(design: Design, release: Release) -> Json | None:
    """Return the phase as a CodeableConcept; combinations that have no code in words."""
    phases = [each for each in design.phases if each != "unknown"]
    if not phases:
        return None
    code = terms.PHASES.get("/".join(phases))
    words = "Phase " + "/".join(phases) if set("".join(phases)) <= set("01234") else None
    text = words or ", ".join(terms.PHASE_WORDS.get(each, f"phase {each}") for each in phases).capitalize()
    return concept(text, *([Term(_HL7[release] + "research-study-phase", code)] if code else []))


def purpose(design: Design, release: Release) -> Json | None:
    """Return the primary purpose as a CodeableConcept."""
    if design.purpose is None:
        return None
    code = terms.PURPOSES.get(design.purpose.casefold())
    term = [Term(_HL7[release] + "research-study-prim-purp-type", code)] if code else []
    return concept(design.purpose, *term)


def designs(design: Design, release: Release) -> list[Json]:
    """Return the study's kind and design as CodeableConcepts, coded in R5."""
    found = [*_designs(design)]
    if release == "R5":
        return found
    return [concept(each["text"]) for each in found if "text" in each]


def _designs(design: Design) -> Iterator[Json]:
    if design.study_type is not None and design.study_type != "unknown":
        term = terms.STUDY_TYPES.get(design.study_type)
        yield concept(f"Study type: {design.study_type.replace('_', ' ')}", *([term] if term else []))
    if design.allocation is not None:
        yield concept(f"Allocation: {design.allocation}", *_allocation(design.allocation.casefold()))
    if design.masking is not None:
        yield concept(f"Masking: {design.masking}")
        yield from (concept(None, term) for term in _blinded(design.masking.casefold()))
    for label, words in (
        ("Intervention model", design.intervention_model),
        ("Observational model", design.observational_model),
        ("Time perspective", design.time_perspective),
    ):
        if words is not None:
            folded = words.casefold()
            yield concept(f"{label}: {words}", *[term for stem, term in terms.DESIGNS if stem in folded][:1])


def _allocation(words: str) -> list[Term]:
    if "random" not in words and words != "rct":
        return []
    return [terms.NOT_RANDOMIZED if words.startswith(("non", "not")) else terms.RANDOMIZED]


def _blinded(words: str) -> list[Term]:
    """Return who is blinded, as far as there are terms for them."""
    if words.startswith(terms.OPEN):
        return []
    return [term for stems, term in terms.BLINDED if any(stem in words for stem in stems)]
