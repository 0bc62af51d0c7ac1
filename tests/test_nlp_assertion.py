"""Cues of assertion, as annotated one-liners: `[words](label:value)`; a value that is `not` or the label is left out.

Both groups of the component are checked at once: cues (`trial_assertion`) and how whole clauses are meant
(`trial_context`). A denial word in no mark is one that denies nothing.
"""

from __future__ import annotations

import re

import pytest
from spacy.language import Language

from parser.nlp.annotations import ASSERTION, CONTEXT

_MARK = re.compile(r"\[([^]]+)\]\(([\w-]+)(?::([^)]*))?\)")

NEGATION = """
[No](negation) history
[Not](negation) pregnant
[Without](negation) metastases
[Never](negation) smoked
[Absence of](negation) infection
[The absence of](negation) infection
[Free of](negation) disease
[free from](negation) infection
[is free of](negation) disease
[Lack of](negation) response
[lacking](negation) response
[Denies](negation) drug use
[denied](negation) drug use
[Negative for](negation) HIV
[tested negative for](negation) HIV
[seronegative for](negation) HIV
[Neither](negation) pregnant nor lactating
[No evidence of](negation) metastases
[no signs or symptoms of](negation) infection
[without evidence of](negation) disease
[no clinical evidence of](negation) infection
Patient [does not have](negation) diabetes
They [do not have](negation) diabetes
[Must not have](negation) diabetes
[has never had](negation) a stroke
[Have not had](negation) a stroke
[have never been](negation) treated
patients [are not](negation) pregnant
[there is no](negation) contraindication
patients [with no](negation) infection
[don't have](negation) diabetes
[Non-](negation)pregnant women
[non-](negation)smokers
[no longer](negation) breastfeeding
[not yet](negation) started
[has not yet](negation) started
[cannot have](negation) dementia
[who](narrowing) [do not have](negation) dementia
"""

NO_DENIAL = """
Non-Hodgkin lymphoma
non-small cell lung cancer
[non-invasive](qualifier:non-invasive) ventilation
nonsteroidal drugs
[no more than](no_denial) 2 lesions
[not more than](no_denial) 2 lesions
[no less than](no_denial) 3 lesions
[not less than](no_denial) 3 lesions
[not exceeding](no_denial) the limit
[does not exceed](no_denial) the limit
[no later than](no_denial) Monday
[not later than](no_denial) Monday
[not only](no_denial) asthma
[not otherwise specified](no_denial)
[not necessarily](no_denial) asthma
[no greater than](no_denial) grade 1
[no worse than](no_denial) grade 1
[With or without](irrelevant) asthma
[regardless of](irrelevant) sex
[irrespective of](irrelevant) sex
[whether or not](irrelevant) treated
"""

DENIED_BEFORE = """
metastases [have been ruled out](denied_before)
tuberculosis [ruled out](denied_before)
infection [is absent](denied_before)
virus [not detected](denied_before)
lesions [are not present](denied_before)
treatment[-naive](denied_before) patients
ART[-naïve](denied_before) patients
"""

VERDICT = """
Steroids [are allowed](verdict:allowed)
Steroids [are not allowed](verdict:excluded)
Aspirin [is permitted](verdict:allowed)
Aspirin [is not permitted](verdict:excluded)
Asthmatics [may be included](verdict:allowed)
Asthmatics [are eligible](verdict:allowed)
Asthmatics [are not eligible](verdict:excluded)
Asthmatics [will be excluded](verdict:excluded)
Asthmatics [are not excluded](verdict:allowed)
Asthmatics [will not be excluded](verdict:allowed)
Alcohol [is prohibited](verdict:excluded)
Asthmatics [may participate](verdict:allowed)
asthma [is acceptable](verdict:allowed)
asthma [does not exclude](verdict:allowed) anybody
"""

ABILITY = """
[Able to](ability:able) swallow
[Unable to](ability:unable) swallow
[Inability to](ability:unable) swallow
[cannot](ability:unable) swallow
[Not able to](ability:unable) swallow
[Capable of](ability:able) walking
[Incapable of](ability:unable) walking
[Unwilling or unable to](ability:unable) swallow
[Refusal to](ability:unable) swallow
"""

STATUS = """
[History of](status:history) stroke
[A history of](status:history) stroke
[Past medical history of](status:history) stroke
[Lifetime history of](status:history) psychosis
[Previously had](status:history) stroke
[Current](status:current) smoker
[Currently](status:current) smoking
[Active](status:current) tuberculosis
[Ongoing](status:current) infection
[Concomitant](status:current) warfarin
[concurrently](status:current) warfarin
[Prior](status:prior) chemotherapy
[Previous](status:prior) chemotherapy
[Previously](status:prior) irradiated
[Prior exposure to](status:prior) rituximab
[Previous use of](status:prior) rituximab
[previously received](status:prior) rituximab
[Planned](status:planned) surgery
[Scheduled for](status:planned) surgery
[Scheduled to undergo](status:planned) surgery
[planning to undergo](status:planned) surgery
[will undergo](status:planned) surgery
[awaiting](status:planned) surgery
[Indication for](status:indicated) surgery
[in need of](status:indicated) surgery
[candidates for](status:indicated) surgery
[Family history of](status:family_history) melanoma
[Positive family history of](status:family_history) melanoma
[first-degree relative with](status:family_history) melanoma
[At high risk of](status:risk) falling
[increased risk of](status:risk) bleeding
[predisposition to](status:risk) bleeding
[risk factors for](status:risk) stroke
"""

CERTAINTY = """
[Confirmed](certainty:confirmed) malaria
[Documented](certainty:confirmed) malaria
[definite](certainty:confirmed) endocarditis
[Suspected](certainty:suspected) malaria
[Suspicion of](certainty:suspected) malaria
[probable](certainty:suspected) malaria
[presumptive](certainty:suspected) malaria
[suggestive of](certainty:suspected) malaria
[known](certainty:known) asthma
[No](negation) [known](certainty:known) asthma
[Confirmed](certainty:confirmed) or [suspected](certainty:suspected) infection
[Histologically confirmed](established:histology) carcinoma
[histologically-proven](established:histology) carcinoma
[Cytologically documented](established:cytology) carcinoma
[Histologically or cytologically confirmed](established:histology or cytology) carcinoma
[pathologically confirmed](established:pathology) carcinoma
[Biopsy-proven](established:biopsy) celiac disease
[biopsy confirmed](established:biopsy) celiac disease
[Laboratory-confirmed](established:laboratory) influenza
[PCR-confirmed](established:PCR) influenza
[Radiologically confirmed](established:radiology) pneumonia
[angiographically documented](established:angiography) stenosis
[genetically confirmed](established:genetic test) Gaucher
[microbiologically confirmed](established:microbiology) infection
"""

OTHER_CUES = """
sepsis ([based on](method) Sepsis 3.0)
sepsis [according to](method) Sepsis 3.0
sepsis [as defined by](method) Sepsis 3.0
sepsis [as evidenced by](method) lactate
[meeting](method) DSM-5
[Clinical diagnosis of](intro:condition) sepsis
[has been diagnosed with](intro:condition) sepsis
[suffering from](intro:condition) sepsis
[signs and symptoms of](intro:condition) sepsis
[treatment with](intro:treatment) rituximab
[have received](intro:treatment) rituximab
[has undergone](intro:treatment) surgery
[exposure to](intro:treatment) rituximab
[use of](intro:treatment) rituximab
tumours, [e.g.](examples) glioma
tumours [including but not limited to](examples) glioma
tumours [such as](examples) glioma
tumours ([i.e.](definition) glioma)
cancer [other than](exception) melanoma
cancer [except for](exception) melanoma
cancer [with the exception of](exception) melanoma
cancer [apart from](exception) melanoma
cancer [unless](exception) cured
[Severe](qualifier:severe) asthma
[clinically significant](qualifier:clinically significant) asthma
[drug-resistant](qualifier:) infection
[In the event of](condition:asked) fever
[in case of](condition:asked) fever
[only if](condition:required) fever
"""

SUBJECT = """
[Mother](subject:mother) [with](narrowing) diabetes
[maternal](subject:mother) diabetes
[Donor](subject:donor) [with](narrowing) hepatitis
[female partners](subject:partner) of men
[parents](subject:parent) [with](narrowing) asthma
a [sibling](subject:relative) [with](narrowing) asthma
[caregiver](subject:caregiver) present
"""

CASES = [
    line
    for group in (
        NEGATION,
        NO_DENIAL,
        DENIED_BEFORE,
        VERDICT,
        ABILITY,
        STATUS,
        CERTAINTY,
        OTHER_CUES,
        SUBJECT,
    )
    for line in group.strip().splitlines()
]


@pytest.mark.parametrize("marked", CASES)
def test_nlp_assertion_marks_cues_with_their_value(nlp: Language, marked: str) -> None:
    expected = [
        (
            match[1],
            match[2],
            ("not" if match[2] in ("negation", "denied_before") else match[2]) if match[3] is None else match[3],
        )
        for match in _MARK.finditer(marked)
    ]
    doc = nlp(_MARK.sub(r"\1", marked))
    found = sorted((*doc.spans[ASSERTION], *doc.spans[CONTEXT]), key=lambda span: span.start)
    assert [(span.text, span.label_, span.kb_id_) for span in found] == expected


def test_nlp_assertion_cues_never_overlap(nlp: Language) -> None:
    doc = nlp(
        "Who have not had, and do not have, no more than 2 known or suspected cases with or without a history of X"
    )
    taken = [
        index for group in (ASSERTION, CONTEXT) for span in doc.spans[group] for index in range(span.start, span.end)
    ]
    assert len(taken) == len(set(taken))
