"""Trials for FHIR servers: R5 with computable eligibility, R5 and R4B with eligibility as a group.

A trial becomes a Bundle (of type `transaction`, which a server takes as it is) of a ResearchStudy and what it refers
to: sites, organisations, people, interventions, and its eligibility as EvidenceVariable or Group. The dictionaries are
plain JSON, and need no library.

=============================  ========================================================================================
`r5`, `r5_group`, `r4b`        the targets: which resources a trial becomes in which release
`draft`                        a Bundle while it is made: resources, references, notes, losses
`bundles`                      Bundles of one trial and of many
`terms`                        code systems, value sets and how the record's values map to them (data)
`datatypes`                    FHIR's data types: CodeableConcept, Quantity, Range, Period, …
`definitions`, `timing`        an atom's kind and value; its windows
`characteristics`              rules as characteristics of an EvidenceVariable
`variable`, `group`            eligibility as EvidenceVariable (all of R5's logic) and as Group (and-only)
`criteria`                     which criteria decide, and their words
`study`                        what ResearchStudy has in both releases; `study_r5`, `study_r4b`: what is each one's own
`validation`                   checks by the library `fhir.resources`, for those who install it
`parties`, `design`            people, organisations and places; how a study is built
=============================  ========================================================================================

Facts about FHIR are those of https://hl7.org/fhir/R5 (5.0.0) and https://hl7.org/fhir/R4B (4.3.0).
"""
