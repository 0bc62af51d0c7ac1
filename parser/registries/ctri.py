"""CTRI, the Clinical Trials Registry of India: a record page of two columns, with tables in its cells.

Built from the documented labels of the public record page (`pmaindet2`); no saved page was at hand. Conventions: dates
are dd/mm/yyyy; dates, status and numbers of participants are there twice, for India and for the whole study; the
numbers stand behind labels of their own in one cell (`Total Sample Size="120"`); `Applicable only for
Completed/Terminated trials` and `NIL` are no values; the label `ExclusionCriteria` has no blank.
"""

from __future__ import annotations

from parser.registries import label_tables
from parser.registries.label_tables.scan import Convention
from parser.registries.label_tables.terms import read_marks, read_table

_LABELS = """\
registry_id: ctri number
registered: registered on
updated: last modified on
heading: post graduate thesis | acknowledgement number | modification(s) | ctri website url | view modification
    history | close | print | clinical trial details (pdf generation date) | clinical trial details
extra: type of study | method of generating random sequence | method of concealment | estimated duration of trial |
    method of generating randomization sequence | method of allocation concealment | rationale for iec
study_type: type of trial
intervention_model: study design
title: public title of study
scientific_title: scientific title of study
acronym: trial acronym
secondary_ids: secondary ids if any
contact_investigator: details of principal investigator or overall trial coordinator (multi-center study) | details
    of principal investigator | details of principal investigator or overall trial coordinator
contact_scientific: details of contact person scientific query | details contact person scientific query
contact_public: details of contact person public query | details contact person public query
funders: source of monetary or material support
sponsor: primary sponsor
secondary_sponsors: details of secondary sponsor
countries: countries of recruitment
locations: sites of study
ethics: details of ethics committee
regulatory: regulatory clearance status from dcgi
conditions: health condition / problems studied | health condition/problems studied
interventions: intervention / comparator agent | intervention/comparator agent
inclusion: inclusion criteria | inclusion criteria - details
age_min: age from | inclusion criteria - age from
age_max: age to | inclusion criteria - age to
sex: gender | inclusion criteria - gender
half: details
exclusion: exclusioncriteria | exclusion criteria | exclusioncriteria - details | exclusion criteria - details
masking: blinding/masking | blinding and masking
outcomes_primary: primary outcome
outcomes_secondary: secondary outcome
enrolment_table: target sample size
phase: phase of trial
recruitment_start: date of first enrollment (india) | date of first enrollment (global) | date of first enrollment
completion: date of study completion (india) | date of study completion (global)
status: recruitment status of trial (global)
status_country: recruitment status of trial (india)
publications: publication details
ipd: individual participant data (ipd) sharing statement
summary: brief summary
"""

#: Labels by which a page of this register is told from others.
_MARKS = """\
ctri number | exclusioncriteria | type of trial | public title of study | scientific title of study | post graduate
thesis | recruitment status of trial (india) | recruitment status of trial (global) | phase of trial | date of
first enrollment (india) | regulatory clearance status from dcgi | secondary ids if any | intervention /
comparator agent
"""

CONVENTION = Convention(
    scheme="ctri",
    hint="ctri/",
    marks=read_marks(_MARKS),
    labels=read_table(_LABELS),
    order="dmy",
    absent={
        "applicable only for completed/terminated trials": "not_applicable",
        "date missing": "explicit_not_reported",
        "nil": "explicit_not_reported",
        "none yet": "explicit_not_reported",
        "no modification": "explicit_not_reported",
    },
    home="IN",
)

recognises, read = label_tables.readers_of(CONVENTION)
