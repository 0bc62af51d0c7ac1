"""Eligibility as an R5 EvidenceVariable: one characteristic a criterion, all of which must hold."""

from __future__ import annotations

from parser.export.fhir.characteristics import Characteristics, Place, combination
from parser.export.fhir.criteria import Asked, asked, words
from parser.export.fhir.datatypes import Json, annotation, concept, yes_no
from parser.export.fhir.draft import Draft
from parser.models import Scope
from parser.models.rules import Age, Not, Rule, Sex

#: What the registry's fields say of who may take part in words alone: field, label.
_IN_WORDS = (
    ("sex_note", "Sex"),
    ("study_population", "Study population"),
    ("sampling_method", "Sampling method"),
)


def eligibility_variable(draft: Draft) -> Json | None:
    """Add the trial's eligibility to a draft and return a Reference to it; None where the record says nothing of it."""
    eligibility = draft.trial.eligibility
    made = Characteristics(draft)
    characteristics = [*_of_fields(draft, made)]
    notes = notes_of_fields(draft)
    for each in asked(eligibility):
        if each.criterion.kind in ("inclusion", "exclusion"):
            characteristics.append(characteristic(each, made, draft))
        else:
            notes.append(annotation(undecided(each, draft)))
    if not (eligibility.text or characteristics or notes):
        return None
    title = draft.trial.title or draft.trial.scientific_title
    return draft.add(
        "EvidenceVariable",
        "eligibility",
        title=f"Eligibility criteria: {title}" if title else "Eligibility criteria",
        status="active",
        description=eligibility.text,
        note=notes,
        actual=False,
        characteristic=characteristics,
    )


def characteristic(each: Asked, made: Characteristics, draft: Draft) -> Json:
    """Return the characteristic of one criterion; of one whose side is in doubt, its words without a definition."""
    criterion = each.criterion
    about: Json = {"linkId": criterion.id, "description": words(criterion)}
    if len(criterion.id) > 64:
        del about["linkId"]
    if criterion.rule is None:
        return {**about, "exclude": each.excludes}
    pointer = f"{each.pointer}/rule"
    if not each.decides:
        doubt = f"{criterion.kind.capitalize()} criterion that reads as if it stood on the other side"
        draft.lose(pointer, "rule_as_text", criterion.text)
        return {**about, "note": [annotation(doubt)], "exclude": each.excludes}
    rule = _definition(criterion.rule, Place(pointer, criterion.text), made)
    if criterion.scope is not None:
        rule = _scoped(criterion.scope, rule or {"description": criterion.text}, each.excludes)
    note = rule.pop("note", None)
    return {**about, **({"note": note} if note else {}), "exclude": each.excludes, **rule}


def _definition(rule: Rule, place: Place, made: Characteristics) -> Json:
    """Return what defines a criterion, without a description.

    A denial stays inside: `exclude` says on which side the criterion stands, and its words are those of that side.
    """
    found = made.described(rule, place) if isinstance(rule, Not) else made.of(rule, place)
    if found.get("exclude"):
        return combination("all-of", [found])
    found.pop("description", None)
    return found


def _scoped(scope: Scope, rule: Json, excludes: bool) -> Json:
    """Limit a criterion to a cohort: those outside pass it."""
    inside = {"definitionByTypeAndValue": {"type": concept(scope.type), "valueCodeableConcept": concept(scope.text)}}
    if excludes:
        return combination("all-of", [inside, rule])
    return combination("any-of", [{"exclude": True, **inside}, rule])


def undecided(each: Asked, draft: Draft) -> str:
    """Return the words of a criterion of no known kind, which decides nothing, and say that they are all there is."""
    criterion = each.criterion
    label = "Criterion for later on" if criterion.kind == "other" else "Criterion that neither includes nor excludes"
    text = f"{label}: {words(criterion)}"
    draft.lose(each.pointer, "folded", text)
    return text


def _of_fields(draft: Draft, made: Characteristics) -> list[Json]:
    """Return the registry's own sex and age limits."""
    eligibility = draft.trial.eligibility
    found = []
    if eligibility.sex in ("female", "male"):
        rule = Sex(value=eligibility.sex)
        place = Place("/eligibility/sex", eligibility.sex)
        found.append({"linkId": "sex", "description": str(rule), "exclude": False, **made.of(rule, place)})
    if eligibility.age is not None:
        limit = Age(range=eligibility.age)
        place = Place("/eligibility/age", str(limit))
        found.append({"linkId": "age", "description": str(limit), "exclude": False, **made.of(limit, place)})
    return found


def notes_of_fields(draft: Draft) -> list[Json]:
    """Return what the registry's fields say in words alone, as notes, and name them."""
    eligibility = draft.trial.eligibility
    told = [(name, f"{label}: {value}") for name, label in _IN_WORDS if (value := getattr(eligibility, name))]
    if eligibility.sex in ("all", "unknown"):
        told.append(("sex", f"Sex: {eligibility.sex}"))
    if eligibility.healthy_volunteers is not None:
        told.append(("healthy_volunteers", f"Healthy volunteers: {yes_no(eligibility.healthy_volunteers)}"))
    if eligibility.age_groups:
        told.append(("age_groups", f"Age groups: {', '.join(eligibility.age_groups)}"))
    for name, text in told:
        draft.lose(f"/eligibility/{name}", "folded", text)
    return [annotation(text) for _, text in told]
