"""TCTR, the Thai Clinical Trials Registry: a record page of labels with values.

Built from the documented labels of the public record page and from the register's interchange files; no saved page
was at hand. Conventions: months are named (`21 December 2016`) or dates begin with the year; ages have their unit, and
`0 N/A (No limit)` is no limit.
"""

from __future__ import annotations

from parser.registries import label_tables
from parser.registries.label_tables.scan import Convention
from parser.registries.label_tables.terms import read_marks, read_table

_LABELS = """\
registry_id: tctr id | tctr identification number | tctr number | tctr registration number | trial id
heading: title | sponsor | protocol synopsis | location | contact | design | eligibility | outcome | status and
    dates | arms & interventions | protocol and results | overall contact | history | publication
status: overall recruitment status | recruitment status | study status
registered: registered on | date of registration | registration date | first registered on | first submitted date
updated: last update posted | last updated on | last update | last refreshed on | last modified
first_submitted: first submitted
title: public title
acronym: acronym
scientific_title: scientific title
secondary_ids: secondary id | secondary ids | secondary id(s) | sponsor id/ irb id/ ec id | sponsor id/irb id/ec id
    | universal trial number (utn)
extra: registration site | url
ethics: ethics review | ethics committee | ethics review board
sponsor: primary sponsor | study primary sponsor | sponsor name
secondary_sponsors: study secondary sponsor | secondary sponsor | secondary sponsors
funders: source of funding | source(s) of monetary or material supports | source of monetary or material support
responsible_party: responsible party | responsible party name
summary: brief summary
detailed: detailed description
conditions: conditions or focuses of study | health conditions | primary conditions or focuses of study | health
    condition(s) or problem(s) studied | conditions
keywords: keywords
study_type: study type
purpose: primary purpose | purpose
phase: study phase | phase
intervention_model: intervention model
study_arm_count: number of arms
masking: masking
allocation: allocation
extra: masking description | study endpoint classification | control | biospecimen retention | biospecimen
    description | number of group/cohort | type of intervention period | randomization
observational_model: observational study design
time_perspective: time perspective
enrolment: planned sample size | target sample size | target sample size(planned) | sample size
enrolment_actual: actual sample size | actual sample size at study completion
recruitment_start: study start date (first enrollment) | date of first enrollment | first enrollment
recruitment_start_anticipated: anticipated date of first enrollment
completion: completion date | study completion date
primary_completion: primary completion date
arms: arms | arm | study arms
interventions: interventions | intervention | intervention name
sex: gender
age_min: minimum age | age minimum
age_max: maximum age | age maximum
age: age limit
inclusion: inclusion criteria | key inclusion criteria
exclusion: exclusion criteria | key exclusion criteria
healthy: accept healthy volunteers? | accept healthy volunteers | accepts healthy volunteers
outcomes_primary: primary outcome | primary outcomes
outcomes_secondary: secondary outcome | secondary outcomes
locations: location of study | study location
countries: country of recruitment | countries of recruitment
contact_public: central contact | contact for public queries | public contact | central contact person
contact_scientific: contact for scientific queries | scientific contact
contact_investigator: investigators | principal investigator
ipd_plan: plan to share ipd | deidentified individual participants-level data sharing | deidentified individual
    participant-level data sharing
ipd: reason | ipd sharing statement | shared with
results_available: summary results | publication from this study
"""

#: Labels by which a page of this register is told from others.
_MARKS = """\
tctr id | tctr identification number | overall recruitment status | study primary sponsor | conditions or focuses of
study | primary conditions or focuses of study | planned sample size | date of first enrollment
| actual sample size at study completion | accept healthy volunteers | sponsor id/ irb id/ ec id | age limit |
protocol synopsis | study secondary sponsor
"""

CONVENTION = Convention(
    scheme="tctr",
    hint="tctr2",
    marks=read_marks(_MARKS),
    labels=read_table(_LABELS),
    language="th",
    absent={"no study secondary sponsor": "explicit_not_reported", "no secondary id": "explicit_not_reported"},
)

recognises, read = label_tables.readers_of(CONVENTION)
