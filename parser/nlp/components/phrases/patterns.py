"""What kind of thing a noun phrase names, judged by its last word. Data only.

This is guesswork by word formation and by the general head nouns of clinical English, no list of diseases to look
up: a trained recogniser can take its place by writing the same group of spans.
"""

from __future__ import annotations

from parser.nlp.components.word_patterns import Step, Steps

#: Labels of the recogniser that name a thing.
ENTITY_KINDS = frozenset(("Condition", "Drug", "Procedure", "Device", "Observation"))

#: Words that are no part of a noun phrase: they end it.
FUNCTION_WORDS = frozenset(
    """
    a an the any of in on at to for with by from and or nor that which who whom whose is are was were be been being
    has have had having must should will would may might can could does do did as if than then not no but except
    unless other such this these those their his her its per via due because before after during within until since
    between both either each all some more less least most following including requiring receiving taking using
    undergoing without while when where there they them he she it you your we our into onto about against under over
    above below through upon among only also so too very another same own able unable willing unwilling still
    none already yet ever even just again often now once currently previously recently requires require required needs
    need receives receive took takes take uses undergo undergoes undergone develop develops developed show shows
    showed get gets got etc
    """.split()
)

#: A phrase that holds one of these grades its concept with a value, which is no part of the name.
GRADINGS = frozenset("stage stages grade grades class level score".split())

#: Words in -ing that are nouns, or adjectives after the first word of a name; others are verbs and end a phrase.
NO_VERBS = frozenset(
    "stimulating bleeding wasting vomiting swelling wheezing hearing eating sleeping clotting breathing".split()
)

#: Participles that end a name before them: what they say is about it, not of its kind ("malignancy diagnosed").
PARTICIPLES = frozenset(
    """
    diagnosed received performed administered completed undertaken undergone documented classified taken given used
    obtained reported conducted delivered initiated started commenced occurred occurring ended finished discontinued
    stopped detected identified treated observed experienced measured
    """.split()
)

#: Systems of the body: "central nervous system" needs the head of "leptomeningeal lymphoma" after it.
BODY_SYSTEMS = frozenset(
    "nervous immune cardiovascular respiratory musculoskeletal digestive endocrine urinary".split()
)

#: Words after which a capital A is part of the name.
BEFORE_A_LETTER = frozenset(
    "hepatitis type group vitamin influenza haemophilia hemophilia toxin immunoglobulin".split()
)

#: What is no phrase by itself.
NO_PHRASES = PARTICIPLES | {"-"}

#: Nouns that name a state of health after the adjective of a part or function of the body ("neurological problems"),
#: and adjectives that say nothing of it.
STATES = frozenset("problem condition issue".split())
VAGUE = frozenset(
    """
    medical clinical physical social general serious other specific additional final initial optimal local special
    technical practical logistical ethical legal financial critical typical several particular personal familial
    environmental economic geographic experimental basic normal usual such any environmental emotional optical
    """.split()
)

#: Words in -ly that are no adverbs; adverbs end a noun phrase.
NO_ADVERBS = frozenset("family early anomaly elderly assembly butterfly".split())

#: Nouns that name a state of health by themselves or with words before them ("liver failure").
CONDITION_HEADS = frozenset(
    """
    disease disorder syndrome infection cancer malignancy tumor tumour neoplasm carcinoma failure insufficiency
    impairment deficiency dysfunction illness injury hypertension hypotension diabetes mellitus asthma stroke shock
    sepsis anemia anaemia epilepsy seizure convulsion tuberculosis hepatitis hiv aids psoriasis lupus eczema
    migraine gout copd malaria cirrhosis thrombosis embolism infarction ischemia ischaemia angina arrhythmia
    fibrillation tachycardia bradycardia hemorrhage haemorrhage bleeding ulcer fracture fistula abscess hernia cyst
    polyp stenosis obstruction perforation depression anxiety psychosis schizophrenia dementia autism pneumonia
    bronchitis influenza covid-19 fever pain headache nausea vomiting diarrhea diarrhoea constipation edema oedema
    lesion metastasis lymphoma leukemia leukaemia myeloma melanoma sarcoma glaucoma cataract uveitis keratitis
    blindness deafness coma delirium encephalopathy neuropathy nephropathy retinopathy cardiomyopathy myopathy
    coagulopathy obesity malnutrition dehydration jaundice ascites trauma burn wound abnormality defect anomaly
    malformation complication coagulation relapse recurrence exacerbation attack crisis palsy paralysis atrophy
    dystrophy sclerosis fibrosis necrosis gangrene septicemia bacteremia toxicity overdose addiction alcoholism
    dependence abuse allergy
    """.split()
)

CONDITION_ENDINGS = (
    "itis",
    "osis",
    "iasis",
    "emia",
    "aemia",
    "oma",
    "pathy",
    "algia",
    "plegia",
    "penia",
    "paresis",
    "uria",
    "rrhea",
    "rrhoea",
    "rrhage",
    "thyroidism",
    "megaly",
    "sclerosis",
    "trophy",
    "plasia",
    "phobia",
    "phrenia",
    "philia",
)

PROCEDURE_HEADS = frozenset(
    """
    transplantation transplant surgery resection dialysis hemodialysis haemodialysis chemotherapy radiotherapy
    radiation immunotherapy phototherapy physiotherapy psychotherapy vaccination immunization immunisation
    transfusion amputation ablation stenting bypass catheterization catheterisation intubation ventilation
    hemofiltration angioplasty biopsy implantation therapy irradiation embolization embolisation excision removal
    replacement graft grafting shunt reconstruction cardioversion plasmapheresis apheresis leukapheresis debridement
    monotherapy enucleation revascularization revascularisation allograft stent intervention repair
    """.split()
)

PROCEDURE_ENDINGS = ("ectomy", "otomy", "ostomy", "plasty", "oscopy", "pexy", "desis")

DRUG_HEADS = frozenset(
    """
    drug drugs medication antibiotic antibiotics corticosteroid corticosteroids steroid steroids glucocorticoid
    glucocorticoids insulin anticoagulant anticoagulants immunosuppressant immunosuppressants opioid opioids vaccine
    aspirin heparin warfarin metformin methotrexate inhibitor inhibitors antidepressant antipsychotic analogue
    analogues analog analogs antagonist antagonists agonist agonists blocker blockers decongestant decongestants
    diuretic diuretics supplement supplements statins antidepressants antipsychotics antihypertensives
    antihypertensive antiepileptic antiepileptics anticonvulsant anticonvulsants bronchodilator bronchodilators
    contraceptives antiviral antivirals antifungal antifungals sedative sedatives benzodiazepine benzodiazepines
    nsaid nsaids inducer inducers substrate substrates
    """.split()
)

DRUG_ENDINGS = tuple(
    "mab nib statin pril sartan cillin mycin floxacin azole vir parin gliptin xifen platin taxel rubicin prazole olol "
    "dipine sone solone glutide gliflozin formin oxetine barbital zepam caine cycline setron triptan lukast profen "
    "fenac coxib thiazide pamide sulfa mustine bicin citabine fungin dronate".split()
)

#: Treatments by head word, for `treatment.category`; other procedures are `procedure`, drugs `drug`.
CATEGORIES: dict[str, str] = {
    **dict.fromkeys(("transplantation", "transplant"), "transplant"),
    **dict.fromkeys(("transfusion",), "transfusion"),
    **dict.fromkeys(("radiotherapy", "radiation", "irradiation"), "radiotherapy"),
    **dict.fromkeys(("vaccination", "immunization", "immunisation", "vaccine"), "vaccine"),
    **dict.fromkeys(("physiotherapy", "psychotherapy"), "behavioural"),
    **dict.fromkeys(("chemotherapy", "immunotherapy"), "drug"),
    **dict.fromkeys(("implantation",), "device"),
    **dict.fromkeys(("therapy",), "any"),
}

#: Parts of the body and cells: in a list beside a head noun they need it ("liver or kidney disease").
ANATOMY = frozenset(
    """
    liver kidney heart lung pancreas intestine bowel colon stomach bladder spleen brain skin bone marrow cornea
    thyroid breast prostate ovary uterus cervix esophagus oesophagus larynx bile duct artery vein valve muscle joint
    spine nerve eye ear nose throat head neck limb hand foot face islet cell tissue organ blood lymph node gland
    testis rectum thymus pelvis mediastinum abdomen thorax chest trachea vagina ovary adrenal pituitary vertebra
    tendon ligament gallbladder tongue mouth retina eyelid hip knee shoulder ankle wrist
    """.split()
)

#: Endings of adjectives that classify ("hepatic", "renal", "endocrine").
ADJECTIVE_ENDINGS = tuple("ic al ar ary crine uterine ous ive oid ian ory iac".split())

#: Adjectives of other endings, which names share a head with ("malignant or accelerated hypertension").
ADJECTIVES = frozenset("malignant benign accelerated".split())

#: Nouns of which every kind is a fact about something else than health: never guessed to be a condition.
NO_CONDITION = frozenset(
    """
    compliance noncompliance participation exposure donation use travel residence treatment study trial protocol
    procedure procedures visit error errors dispute disputes reason reasons factor factors circumstance
    circumstances situation situations issue issues problem problems status state level levels value values result
    results test tests criteria criterion age sex gender weight height dose doses day days week weeks month months
    year years patient patients subject subjects participant participants volunteer volunteers person persons people
    adult adults child children woman women man men outcome outcomes ethics adherence product products agent agents
    survival ability inability capacity contact history opinion investigator physician doctor hospital
    hospitalization hospitalisation consent smoking smoker alcohol tobacco condition conditions requirement
    requirements need evidence response function therapy care service language questionnaire work school family
    pregnancy contraception sample samples data risk risks
    """.split()
)

#: Words that name no state of health by themselves, whatever the recogniser thinks.
NO_NAMES = frozenset(
    """
    solid grade stage constitution version recovered high low normal abnormal stable unstable severe moderate mild
    recent new prior primary secondary detectable measurable adequate eligible dose doses dosage
    """.split()
)

#: Nouns that alone name nothing: what they are of, does.
EMPTY_HEADS = frozenset(
    """
    diagnosis diagnoses case cases event events change changes prescription deviation transmission lab labs finding
    findings form forms type types
    """.split()
)

#: Words that make a function of the body a condition ("impaired renal function").
IMPAIRING = frozenset("impaired abnormal compromised reduced decreased poor insufficient inadequate".split())

#: What is abused, and the heads that say so ("drug or alcohol abuse").
SUBSTANCES = frozenset("drug substance alcohol opioid narcotic cannabis cocaine medication".split())
ABUSE = frozenset("abuse misuse dependence dependency addiction".split())

#: Names that hold a word which elsewhere is a qualifier; in them it stays part of the name.
FIXED_NAMES = (
    "insulin-dependent diabetes mellitus",
    "acute coronary syndrome",
    "acute kidney injury",
    "acute lung injury",
    "acute myocardial infarction",
    "acute respiratory distress syndrome",
    "allergic asthma",
    "allergic bronchopulmonary aspergillosis",
    "allergic conjunctivitis",
    "allergic contact dermatitis",
    "allergic rhinitis",
    "allergic rhinoconjunctivitis",
    "chronic fatigue syndrome",
    "chronic kidney disease",
    "chronic obstructive pulmonary disease",
    "congestive heart failure",
    "major depression",
    "major depressive disorder",
    "major depressive episode",
    "progressive multifocal leukoencephalopathy",
    "progressive supranuclear palsy",
    "severe acute respiratory syndrome",
    "severe combined immunodeficiency",
    "systemic lupus erythematosus",
    "systemic sclerosis",
    "unstable angina",
    "unstable angina pectoris",
    "metastatic disease",
)

#: Names of the same sort that vary: every leukaemia is acute or chronic by name.
FIXED_PATTERNS: tuple[Steps, ...] = (
    (
        Step(frozenset(("acute", "chronic"))),
        Step(None, least=0, most=3),
        Step(frozenset(("leukemia", "leukemias", "leukaemia", "leukaemias"))),
    ),
)

#: Longest noun phrase, in words, that is believed.
LONGEST = 6
