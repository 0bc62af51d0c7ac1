"""PACTR, the Pan African Clinical Trials Registry: a record page of tables under section headings.

Built from the documented labels of the public record page (`TrialDisplay`); no saved page was at hand. Conventions:
dates are dd/mm/yyyy; ages have their unit (`19 Year(s)`); each of a trial's dates is there as anticipated and as
actual.
"""

from __future__ import annotations

from parser.registries import label_tables
from parser.registries.label_tables.scan import Convention
from parser.registries.label_tables.terms import read_marks, read_table

_LABELS = """\
registry_id: trial no. | trial no | unique trial number | pactr number
registered: date of approval | date of registration | trial approval date
updated: last updated | date of last update | last update
heading: trial description | study design | eligibility criteria | changes to trial information | ethics approval
    details | print
extra: date the study will be submitted for approval | trial registered | date registered | trial status |
    registration status | if randomised, describe how the allocation sequence was generated | describe how the
    allocation sequence/code was concealed from the person allocating the participants to the intervention arms | if
    masking / blinding was used | sponsors funders
title: public title | title
scientific_title: official scientific title | scientific title
summary: brief summary describing the background and objectives of the trial | brief summary
study_type: type of trial | study type
acronym: acronym (if the trial has an acronym then please provide) | acronym | trial acronym
conditions: disease(s) or condition(s) being studied | disease | disease or condition | disease(s)
keywords: sub-disease(s) or condition(s) being studied
purpose: purpose of the trial | purpose
phase: phase of trial | phase
start_anticipated: anticipated trial start date | anticipated start date
start_actual: actual trial start date | actual start date
completion_anticipated: anticipated date of last follow up | anticipated date of last follow-up
completion_actual: actual last follow-up date | actual date of last follow up
other_date: completion date
enrolment: anticipated target sample size (number of participants) | target sample size | target number of
    participants
enrolment_actual: actual target sample size (number of participants) | final number of participants
status: recruitment status
publications: publication url
secondary_ids: secondary ids | secondary id
intervention_model: intervention assignment
allocation: allocation to intervention
masking: masking
interventions: interventions | intervention
inclusion: list inclusion criteria | inclusion criteria
exclusion: list exclusion criteria | exclusion criteria
extra: age category
age_min: minimum age
age_max: maximum age
sex: gender
ethics: ethics approval
outcomes: outcomes | outcome
outcomes_primary: primary outcome | primary outcomes
outcomes_secondary: secondary outcome | secondary outcomes
locations: recruitment centres | recruitment centers | recruitment centre
countries: countries of recruitment | country of recruitment
funders: funding source | funding sources | source of funding
sponsor: primary sponsor | sponsors | sponsor
secondary_sponsors: secondary sponsor
collaborators: collaborators | collaborators details
contact_public: contact people | public enquiries
contact_scientific: scientific enquiries
contact_investigator: principal investigator
ipd_plan: share ipd | will data and protocol be available?
ipd: ipd description | ipd sharing statement
ipd_time: ipd-sharing time frame
ipd_access: key access criteria
results_available: results available
results: results summary
results_posted: result upload date | results posting date
results_url: result url hyperlinks | link to results
protocol_url: protocol url
"""

#: Labels by which a page of this register is told from others.
_MARKS = """\
trial no | official scientific title | anticipated trial start date | actual trial start date | anticipated date of
last follow up | actual last follow-up date | list inclusion criteria | list exclusion criteria | changes to
trial information | disease(s) or condition(s) being studied | allocation to intervention | contact people | age
category
"""

CONVENTION = Convention(
    scheme="pactr",
    hint="pactr2",
    marks=read_marks(_MARKS),
    labels=read_table(_LABELS),
    order="dmy",
)

recognises, read = label_tables.readers_of(CONVENTION)
