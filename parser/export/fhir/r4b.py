"""FHIR R4B, eligibility as a Group: the target `fhir-r4b`."""

from __future__ import annotations

from parser.export.fhir.bundles import bundle, write_bundle
from parser.export.fhir.draft import Draft
from parser.export.fhir.group import eligibility_group
from parser.export.fhir.study_r4b import research_study
from parser.export.target import Converted
from parser.models import Trial

write = write_bundle


def convert(trial: Trial) -> Converted:
    """Return a trial's Bundle, and what it does not carry."""
    draft = Draft(trial, "R4B")
    enrolment = trial.design.enrolment if trial.design else None
    group = eligibility_group(draft, expected=enrolment.target if enrolment else None)
    research_study(draft, group)
    return bundle(draft), draft.losses
