"""Names that always mean a measurement, so that a bare number bounds them ("albumin < 30"). Data only.

Laboratory values, vital signs, scores and scales, in the writings that criteria use, lower case.
"""

from __future__ import annotations

_NAMES = """
pregnancy test | serum pregnancy test | urine pregnancy test | blood pregnancy test |
life expectancy | estimated life expectancy | expected survival | predicted survival |
body mass index | bmi | body weight | weight | height | waist circumference | body surface area | bsa |
hemoglobin | haemoglobin | hb | hgb | hematocrit | haematocrit | hct | platelet count | platelets | platelet |
plt |
absolute neutrophil count | anc | neutrophils | neutrophil count | white blood cell count | white blood cells
| wbc |
leukocytes | leukocyte count | lymphocyte count | absolute lymphocyte count | cd4 count | cd4+ count | cd4
cell count |
serum creatinine | creatinine | plasma creatinine | creatinine clearance | estimated creatinine clearance |
crcl |
egfr | gfr | estimated gfr | glomerular filtration rate | estimated glomerular filtration rate |
total bilirubin | bilirubin | serum bilirubin | direct bilirubin | total serum bilirubin | tbil |
alt | ast | sgot | sgpt | alanine aminotransferase | aspartate aminotransferase | alanine transaminase |
aspartate transaminase | alkaline phosphatase | alp | ggt | ldh | lactate dehydrogenase | transaminases |
albumin | serum albumin | inr | international normalized ratio | aptt | ptt | prothrombin time | fibrinogen |
hba1c | hemoglobin a1c | haemoglobin a1c | glycated hemoglobin | glycosylated hemoglobin | fasting glucose |
fasting plasma glucose | fasting blood glucose | blood glucose | plasma glucose | glucose | c-peptide |
ldl | ldl-c | ldl cholesterol | hdl | hdl-c | hdl cholesterol | triglycerides | total cholesterol |
cholesterol |
potassium | serum potassium | sodium | serum sodium | calcium | serum calcium | phosphate | serum phosphate |
tsh | crp | c-reactive protein | ferritin | serum ferritin | uric acid | serum uric acid | psa | psa level |
systolic blood pressure | sbp | diastolic blood pressure | dbp | blood pressure | bp | mean arterial pressure
|
heart rate | resting heart rate | pulse rate | respiratory rate | body temperature | temperature | spo2 | pao2
| paco2 |
oxygen saturation | shortening fraction | fractional shortening | ph | arterial ph | left ventricular ejection
fraction | lvef | ejection fraction | ef |
qtc | qtc interval | qtcf | fev1 | fvc | fev1/fvc | forced expiratory volume | dlco |
karnofsky performance status | karnofsky performance score | karnofsky | kps | lansky performance status |
ecog | ecog performance status | ecog ps | ecog score | performance status | who performance status |
asa | asa class | asa physical status | asa score | nyha class | nyha functional class | gleason score |
gleason |
mmse | mmse score | mini-mental state examination | mini mental state examination | moca | gcs | glasgow coma
scale |
nihss | nihss score | mrs | modified rankin scale | apache ii score | sofa score | meld | meld score | iq |
nrs | vas |
easi | pasi | das28 | hamd | madrs | phq-9 | gestational age | birth weight | birthweight |
"""

MEASUREMENTS: tuple[str, ...] = tuple(sorted({" ".join(name.split()) for name in _NAMES.split("|")} - {""}))
