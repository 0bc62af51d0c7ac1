"""SLCTR, the Sri Lanka Clinical Trials Registry: a record page of paragraphs, each label above its value.

Built from the documented labels of the public record page; no saved page was at hand. Conventions: months are named
(`04 May 2020`) or dates begin with the year; the register has no fields for age and sex, which stand in the
criteria; the time frame of an outcome stands in square brackets on a line of its own.
"""

from __future__ import annotations

from parser.registries import label_tables
from parser.registries.label_tables.scan import Convention
from parser.registries.label_tables.terms import read_marks, read_table

_LABELS = """\
registry_id: slctr registration number | registration number
registered: date of registration
updated: the date of last modification | date of last modification
heading: application summary | trial details | inclusion criteria and exclusion criteria | ethics review | contact &
    sponsor information | contacts | dissemination plan of study findings | ipd sharing | study protocol | results |
    trial status | print | publications | progress reports | funding | ethics
scientific_title: scientific title of trial | scientific title
title: public title of trial | public title
brief_title: brief title
conditions: disease or health condition(s) studied | disease or health condition studied
acronym: scientific acronym
public_acronym: public acronym
secondary_ids: universal trial number | any other number(s) assigned to the trial and issuing authority
summary: what is the research question being addressed?
study_type: type of study
allocation: allocation
masking: masking
extra: control
intervention_model: assignment
purpose: purpose
phase: study phase
interventions: intervention(s) planned
inclusion: inclusion criteria
exclusion: exclusion criteria
outcomes_primary: primary outcome(s)
outcomes_secondary: secondary outcome(s)
enrolment: target number/sample size
countries: countries of recruitment
start_anticipated: anticipated start date
completion_anticipated: anticipated end date
recruitment_start: date of first enrollment
completion: date of study completion
status: recruitment status
funders: funding source
regulatory: regulatory approvals
ethics_approved: status
ethics_date: date of approval
ethics_number: approval number
ethics: details of ethics review committee | ethics review committee
contact_scientific: contact person for scientific queries/principal investigator | contact person for scientific
    queries
contact_public: contact person for public queries
sponsor: primary study sponsor/organization | primary study sponsor
secondary_sponsors: secondary study sponsor (if any) | secondary study sponsor
ipd_plan: do the investigators plan to share identified individual clinical trial participant-level data (ipd)? | do
    the investigators plan to share de-identified individual clinical trial participant-level data (ipd)?
ipd: ipd sharing plan description
extra: study protocol available | protocol version and date | secondary study sponsor type
protocol_url: protocol url
results_available: results summary available
results_posted: date of posting results
enrolment_actual: final sample size
other_date: date of first publication
results_url: link to results
results: brief summary of results
"""

#: Labels by which a page of this register is told from others.
_MARKS = """\
slctr registration number | scientific title of trial | public title of trial | the date of last modification | what
is the research question being addressed | intervention(s) planned | target number/sample size | disease or
health condition(s) studied | primary study sponsor/organization | regulatory approvals | contact person for
public queries
"""

CONVENTION = Convention(
    scheme="slctr",
    hint="slctr/",
    marks=read_marks(_MARKS),
    labels=read_table(_LABELS),
    absent={"not yet": "explicit_not_reported"},
)

recognises, read = label_tables.readers_of(CONVENTION)
