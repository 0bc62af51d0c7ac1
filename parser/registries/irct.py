"""IRCT, the Iranian Registry of Clinical Trials: a record page of definition lists under headings.

Built from the documented labels of the public English record page; no saved page was at hand. Conventions: dates begin
with the year, the Gregorian one first, that of the Persian calendar behind a comma; `empty` is no value; ages read
`From 18 years old to 65 years old`; both halves of the criteria stand under one label, each with a heading.
"""

from __future__ import annotations

from parser.registries import label_tables
from parser.registries.label_tables.scan import Convention
from parser.registries.label_tables.terms import read_marks, read_table

_LABELS = """\
registry_id: irct registration number | irct id
registered: registration date | date of registration
updated: last update | last update date
extra: registration timing | update count | randomization description | blinding description | placebo | other
    design features | groups that have been masked | name of registrant | registrant information
heading: protocol summary | summary | irct registration information | general information | reason for update |
    acronym | ethics committees | secondary ids | person responsible for updating data | sharing plan |
    interventions | title of protocol
summary: study aim
design: design
extra: settings and conduct | participants/inclusion and exclusion criteria | intervention groups summary | main
    outcome variables
status: recruitment status
funders: funding source
recruitment_start_anticipated: expected recruitment start date
recruitment_end_anticipated: expected recruitment end date
recruitment_start_actual: actual recruitment start date
recruitment_end_actual: actual recruitment end date
completion: trial completion date
scientific_title: scientific title
title: public title
purpose: purpose
criteria: inclusion/exclusion criteria | inclusion and exclusion criteria
age: age
sex: gender | sex
phase: phase
enrolment: sample size | target sample size
enrolment_reached: actual sample size reached
allocation: randomization (investigator's opinion) | randomization
masking: blinding (investigator's opinion) | blinding
intervention_model: assignment
study_type: study type
ethics: ethics committees | ethics committee
conditions: health conditions studied
outcomes_primary: primary outcomes | primary outcome
outcomes_secondary: secondary outcomes | secondary outcome
interventions: intervention groups
locations: recruitment centers
sponsor: sponsors / funding sources | sponsor | sponsors/funding sources
contact_public: person responsible for general inquiries
contact_scientific: person responsible for scientific inquiries
contact_other: person responsible for updating data
secondary_ids: secondary ids
ipd_plan: deidentified individual participant data set (ipd) | deidentified individual participant data set
extra: study protocol | statistical analysis plan | informed consent form | clinical study report | analytic code |
    data dictionary
ipd: justification/reason for indecision/not sharing ipd | title and more details about the data/document
ipd_time: when the data will become available and for how long
ipd_access: to whom data/document is available | under which criteria data/document could be used | from where
    data/document is obtainable
countries: countries of recruitment
"""

#: Labels by which a page of this register is told from others.
_MARKS = """\
irct registration number | registration timing | expected recruitment start date | expected recruitment end date |
inclusion/exclusion criteria | groups that have been masked | randomization (investigator's opinion) | blinding
(investigator's opinion) | health conditions studied | recruitment centers | person responsible for general
inquiries | other design features
"""

CONVENTION = Convention(
    scheme="irct",
    hint="irct2",
    marks=read_marks(_MARKS),
    labels=read_table(_LABELS),
    language="fa",
    absent={"empty": "explicit_not_reported", "not completed": "explicit_not_reported"},
)

recognises, read = label_tables.readers_of(CONVENTION)
