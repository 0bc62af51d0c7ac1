"""FHIR R5, eligibility as an EvidenceVariable: the target `fhir-r5`."""

from __future__ import annotations

from parser.export.fhir.bundles import bundle, write_bundle
from parser.export.fhir.draft import Draft
from parser.export.fhir.study_r5 import research_study
from parser.export.fhir.variable import eligibility_variable
from parser.export.target import Converted
from parser.models import Trial

write = write_bundle


def convert(trial: Trial) -> Converted:
    """Return a trial's Bundle, and what it does not carry."""
    draft = Draft(trial, "R5")
    research_study(draft, eligibility_variable(draft))
    return bundle(draft), draft.losses
