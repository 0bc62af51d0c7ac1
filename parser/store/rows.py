"""The rows that a record is in the tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from parser.models import Criterion, Range, Trial, Unstructured
from parser.models.rules import AllOf, AnyOf, Atom, Not, Rule, atoms
from parser.models.trial import EventKind
from parser.normalize.units import in_canonical_unit
from parser.store.columns import TABLES, Kind

Row = tuple[Any, ...]

#: Modifiers of atoms that hold rules.
_MODIFIERS = ("where", "defined_as", "unless", "examples")
#: Fields of atoms that tell more of what they are about; the first that an atom has.
_DETAILS = ("category", "kind", "state", "topic", "reason", "value")
#: Numbers of tables have 64 bits.
_LARGEST = 2**63
#: Events that answer a column, the best first.
_EVENTS: dict[str, tuple[EventKind, ...]] = {
    "registered": ("registered", "first_submitted", "first_posted"),
    "start": ("start", "recruitment_start"),
    "completion": ("completion", "primary_completion"),
    "updated": ("updated",),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """A record as rows.

    Attributes:
        trial: Its row, in the order of `TRIALS`.
        criteria: Their rows, in the order of `CRITERIA`.
        atoms: Their rows, in the order of `ATOMS`.
    """

    trial: Row
    criteria: list[Row]
    atoms: list[Row]

    def of(self, table: str) -> Sequence[Row]:
        """Return the rows for a table."""
        return {"trials": [self.trial], "criteria": self.criteria, "atoms": self.atoms}[table]


def rows_of(trial: Trial, origin: str | None = None) -> Rows:
    """Return the rows of a record.

    Args:
        trial: The record.
        origin: Where it came from (`ParseResult.origin`).
    """
    key = {"trial_id": trial_id(trial, origin), "registry": trial.source.registry}
    criteria = [_row("criteria", {**key, **each}) for each in _criteria(trial.eligibility.criteria)]
    found = [_row("atoms", {**key, **each}) for each in _atoms(trial)]
    return Rows(_row("trials", {**key, "origin": origin, **_trial(trial)}), criteria, found)


def trial_id(trial: Trial, origin: str | None = None) -> str:
    """Return what names a record: its primary identifier, else any, else its origin, else the hash of its source."""
    found = sorted(trial.identifiers, key=lambda one: one.role != "primary")
    return found[0].value if found else origin or f"sha256:{trial.source.sha256}"


def content_sha256(trial: Trial) -> str:
    """Return the hash of what a record says; the version of the parser that read it has no part in it."""
    data = trial.model_dump_json(exclude={"source": {"parser_version"}})
    return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()


def _row(table: str, values: dict[str, Any]) -> Row:
    return tuple(_fitting(values.get(column.name), column.kind) for column in TABLES[table])


def _fitting(value: Any, kind: Kind) -> Any:
    """Return a value as a column of the kind holds it; None for a number too large for any, as a typo can be."""
    if value is None or kind not in ("integer", "real"):
        return value
    if abs(value) >= _LARGEST:
        return None
    return float(value) if kind == "real" else value


def _trial(trial: Trial) -> dict[str, Any]:
    design, sponsor, eligibility = trial.design, trial.sponsor, trial.eligibility
    low, high = _years(eligibility.age)
    return {
        "identifiers": [one.value for one in trial.identifiers],
        "title": trial.title,
        "scientific_title": trial.scientific_title,
        "acronym": trial.acronym,
        "status": trial.status.value if trial.status else None,
        "study_type": design.study_type if design else None,
        "phases": list(design.phases) if design else [],
        "allocation": design.allocation if design else None,
        "masking": design.masking if design else None,
        "purpose": design.purpose if design else None,
        "enrolment_target": design.enrolment.target if design and design.enrolment else None,
        "enrolment_actual": design.enrolment.actual if design and design.enrolment else None,
        "sponsor": sponsor.name if sponsor else None,
        "sponsor_class": sponsor.sponsor_class if sponsor else None,
        "conditions": [one.text for one in trial.conditions],
        "interventions": [one.name for one in trial.interventions],
        "keywords": list(trial.keywords),
        "countries": _countries(trial),
        **{name: _date(trial, kinds) for name, kinds in _EVENTS.items()},
        "sex": eligibility.sex,
        "age_low": low,
        "age_high": high,
        "healthy_volunteers": eligibility.healthy_volunteers,
        "criteria": sum(1 for _ in eligibility.walk()),
        "structured": eligibility.coverage.structured,
        "unstructured": eligibility.coverage.unstructured,
        "url": trial.source.record_url or trial.source.url,
        "source_sha256": trial.source.sha256,
        "content_sha256": content_sha256(trial),
        "schema_version": trial.schema_version,
        "parser_version": trial.source.parser_version,
        "record": trial.to_json(indent=None),
    }


def _years(age: Range | None) -> tuple[float | None, float | None]:
    """Return the bounds in years; none of a range in a unit that is no fixed share of a year."""
    canonical = in_canonical_unit(age, "a").canonical if age is not None else None
    if canonical is not None and canonical.ucum == "a":
        return canonical.low, canonical.high
    return (age.low, age.high) if age is not None and age.ucum == "a" else (None, None)


def _countries(trial: Trial) -> list[str]:
    codes = [one.country_code for one in trial.countries] + [one.country_code for one in trial.locations]
    return sorted({code for code in codes if code is not None})


def _date(trial: Trial, kinds: Sequence[EventKind]) -> str | None:
    for kind in kinds:
        for event in trial.timeline:
            if event.event == kind and event.date is not None:
                return event.date.value
    return None


# --- criteria ------------------------------------------------------------------------------------------------------


def _criteria(criteria: Sequence[Criterion]) -> Iterator[dict[str, Any]]:
    for position, (criterion, parent) in enumerate(_with_parents(criteria, None)):
        rule = criterion.rule
        yield {
            "path": criterion.id,
            "parent": parent,
            "position": position,
            "kind": criterion.kind,
            "role": criterion.role,
            "scope": criterion.scope.text if criterion.scope else None,
            "flags": list(criterion.flags),
            "text": criterion.text,
            "understood": understood(rule),
            "confidence": rule.confidence if rule else None,
            "rule": rule.model_dump_json() if rule else None,
            "rule_words": str(rule) if rule else None,
        }


def _with_parents(criteria: Sequence[Criterion], parent: str | None) -> Iterator[tuple[Criterion, str | None]]:
    for criterion in criteria:
        yield criterion, parent
        yield from _with_parents(criterion.criteria, criterion.id)


def understood(rule: Rule | None) -> str | None:
    """Say how much of a rule is understood: `whole`, `part` or `none`; nothing where there is no rule."""
    if rule is None:
        return None
    kept = [isinstance(atom, Unstructured) for atom in atoms(rule)]
    return "none" if all(kept) else "part" if any(kept) else "whole"


# --- atoms ---------------------------------------------------------------------------------------------------------


def _atoms(trial: Trial) -> Iterator[dict[str, Any]]:
    for criterion in trial.eligibility.criteria:
        if criterion.rule is not None:
            for position, atom in enumerate(_walk(criterion.rule)):
                yield {"path": criterion.id, "kind": criterion.kind, "position": position, **atom}


def _walk(
    rule: Rule, *, negated: bool = False, alternative: bool = False, inside: str | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the atoms of a rule, those in modifiers right after the atom that they modify."""
    if isinstance(rule, Not):
        yield from _walk(rule.rule, negated=not negated, alternative=alternative, inside=inside)
    elif isinstance(rule, AllOf | AnyOf):
        either = isinstance(rule, AnyOf) and rule.at_least < len(rule.rules)
        for part in rule.rules:
            yield from _walk(part, negated=negated, alternative=alternative or either, inside=inside)
    else:
        yield {"negated": negated, "alternative": alternative, "inside": inside, **_atom(rule)}
        for modifier in _MODIFIERS:
            held: Any = getattr(rule, modifier, None) or []
            for part in held if isinstance(held, list) else [held]:
                yield from _walk(part, negated=negated, alternative=alternative, inside=modifier)


def _atom(atom: Atom) -> dict[str, Any]:
    concept = getattr(atom, "concept", None)
    codes = concept.codes if concept else []
    window = next(iter(getattr(atom, "when", [])), None)
    count = getattr(atom, "count", None)
    return {
        "type": atom.type,
        "concept": concept.text if concept else getattr(atom, "marker", None),
        "name": concept.name if concept else getattr(atom, "marker", None),
        "detail": next((getattr(atom, name) for name in _DETAILS if hasattr(atom, name)), None),
        "system": codes[0].system if codes else None,
        "code": codes[0].code if codes else None,
        **_bounds(getattr(atom, "range", None) or getattr(atom, "dose", None)),
        "stated_values": list(getattr(atom, "values", [])),
        **{name: list(getattr(atom, name, [])) for name in ("status", "certainty", "qualifiers")},
        "count_low": count.low if count else None,
        "count_high": count.high if count else None,
        "window_relation": window.relation if window else None,
        "window_min": window.min if window else None,
        "window_max": window.max if window else None,
        "window_anchor": window.anchor if window else None,
        "subject": getattr(atom, "subject", None),
        "confidence": atom.confidence,
        "words": str(atom),
    }


def _bounds(limits: Range | None) -> dict[str, Any]:
    if limits is None:
        return {}
    names = ("low", "low_inclusive", "high", "high_inclusive", "unit", "ucum", "relative_to")
    canonical = limits.canonical
    return {
        **{name: getattr(limits, name) for name in names},
        "canonical_low": canonical.low if canonical else None,
        "canonical_high": canonical.high if canonical else None,
        "canonical_ucum": canonical.ucum if canonical else None,
    }
