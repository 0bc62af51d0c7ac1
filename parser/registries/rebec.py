"""ReBEC, the Brazilian Clinical Trials Registry: a record page with texts in English, Portuguese and Spanish.

Built from the documented labels of the public record page; no saved page was at hand. Conventions: each text stands
below a line that names its language (`en`, `pt-br`, `es`); a date has its order printed behind it
(`02/01/2021 (mm/dd/yyyy)`), without which it stays ambiguous; ages have a letter for their unit (`18 Y`), and
`0 -` is no limit.
"""

from __future__ import annotations

from parser.registries import label_tables
from parser.registries.label_tables.scan import Convention
from parser.registries.label_tables.terms import read_marks, read_table

_LABELS = """\
registry_id: rbr number | register number | trial id | trial identifying number | registration number
registered: date of registration | registration date | data de registro
updated: last approval date | last update | last update date | data da última aprovação
heading: trial identification | sponsors | health conditions | recruitment | outcomes | contacts | additional links
    | attachments | identificação do ensaio | patrocinadores | condições de saúde | public trial | summary results
    | links
study_type: study type | tipo do estudo
scientific_title: scientific title | título científico
secondary_ids: utn code | utn | secondaries identifiers | secondary identifiers | secondary ids | código utn
title: public title | título público
public_acronym: public acronym
acronym: scientific acronym
sponsor: primary sponsor | patrocinador primário
secondary_sponsors: secondary sponsor | secondary sponsors | patrocinador secundário
funders: supporting source | supporting sources | source of support | fonte de apoio financeiro ou material
conditions: health conditions or problems | health condition or problem | health condition or problem studied |
    health conditions or problems studied | health condition(s) or problem(s) | condições de saúde ou problemas |
    conditions of health or problems
keywords: general descriptors for health conditions | general descriptors for health condition(s) | general
    descriptors | specific descriptors | specific descriptors for health condition(s)
interventions: interventions | intervention | intervenções
extra: descriptors | descriptors for intervention(s) | intervention codes | study arms
status: study status | recruitment status | status de recrutamento
countries: countries | countries of recruitment | recruitment countries | países de recrutamento
recruitment_start: date first enrollment | date of first enrollment | date of first enrolment | data do primeiro
    recrutamento
recruitment_end: date last enrollment | date of last enrollment | data do último recrutamento
enrolment: target sample size | target size | tamanho da amostra alvo
sex: gender | gender for inclusion | inclusion gender | gênero para inclusão
age_min: minimum age | inclusion minimum age | minimum age for inclusion | idade mínima para inclusão
age_max: maximum age | inclusion maximum age | maximum age for inclusion | idade máxima para inclusão
inclusion: inclusion criteria | critérios de inclusão
exclusion: exclusion criteria | critérios de exclusão
design: study design | desenho do estudo
purpose: purpose | study purpose | propósito do estudo
intervention_model: intervention assignment | assignment | desenho da intervenção
study_arm_count: number of arms | número de braços
masking: masking type | masking | tipo de mascaramento
allocation: allocation type | allocation | tipo de alocação
phase: study phase | phase | fase do estudo
time_perspective: time perspective | temporality | temporalidade
observational_model: observational study design
extra: expanded access program
outcomes_primary: primary outcomes | primary outcome | desfecho primário
outcomes_secondary: secondary outcomes | secondary outcome | desfecho secundário
contact_public: public contact | contact for public queries | contatos para questões públicas
contact_scientific: scientific contact | contact for scientific queries | contatos para questões científicas
contact_other: site contact | contatos para informação sobre os centros de pesquisa
ipd_plan: ipd sharing plan | plan to share ipd
ipd: ipd sharing statement
results: results summary
completion: completion date | date of study completion
"""

#: Labels by which a page of this register is told from others.
_MARKS = """\
utn code | scientific acronym | public acronym | secondaries identifiers | supporting source | date first enrollment
| date last enrollment | last approval date | general descriptors for health conditions | masking type |
allocation type | número de braços | código utn | gênero para inclusão | study status | public title | target
sample size
"""

CONVENTION = Convention(
    scheme="rebec",
    hint="rbr-",
    marks=read_marks(_MARKS),
    labels=read_table(_LABELS),
    tongues={
        "en": "en",
        "english": "en",
        "pt-br": "pt-BR",
        "pt": "pt-BR",
        "português": "pt-BR",
        "es": "es",
        "español": "es",
    },
)

recognises, read = label_tables.readers_of(CONVENTION)
