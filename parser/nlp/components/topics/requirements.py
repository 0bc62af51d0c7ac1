"""What taking part asks for, and what makes people able to: words and patterns. Data only.

A requirement is written in two parts, each a span: how able or willing people are ("willing and able to", "inability
to"), and what it is that they do ("comply with the protocol"). The first counts only right before the second.
"""

from __future__ import annotations

from parser.nlp.components.matching import WordPattern
from parser.nlp.components.topics.notation import patterns

_SETS = {
    # able, willing, and not
    "ABLE": """
        able ability abilities capable capability capacity willing willingness agree agrees agreed agreeing agreement
        must should will can may could shall has have having had is are be being been was were voluntarily fully freely
        willingly competent legally mentally physically cognitively intellectually sufficient sufficiently adequate
        adequately proper properly likely expected committed commitment intend intends prepared accept accepts free
        possible consenting need needs required requires well personally
    """,
    "UNABLE": """
        unable inability inabilities incapable incapability incapacity unwilling unwillingness not cannot refuse refuses
        refused refusing refusal fail fails failed failure lack lacks lacking difficulty difficulties unlikely reluctant
        reluctance decline declines declined insufficient insufficiently impaired limited poor impossibility impossible
        incompetent can't won't doubtful reject rejects rejection inadequate loss lost never
    """,
    "BETWEEN": """
        to of and or / both the a an in their his her for with subject subjects patient patients participant
        participants 's ’s do does did considered either also
    """,
    "MANNER": """
        fully freely voluntarily personally well effectively satisfactorily adequately properly reliably regularly
    """,
    # consent
    "CONSENT": """
        a an the their his her its own written signed voluntary dated full valid and study specific - , / personally
        oral verbal witnessed patient patients subject subjects participant participants 's ’s irb iec ec approved
        ethics committee institutional review board form given freely proper appropriate legal parental parent parents
        guardian or independent of his/her trial research protocol for in this
    """,
    "GIVING": """
        give gives given giving provide provides provided providing provision sign signs signed signing date dated
        obtain obtains obtained obtaining grant grants granted granting submit submitted complete completed render
        rendering document documented present presence receipt of dates signature and
    """,
    "FORM": "form forms document documents agreement statement sheet",
    "GIVERS": """
        the a an patient patients subject subjects participant participants parent parents guardian guardians legal
        legally authorized authorised acceptable accepted appointed designated representative representatives lar
        caregiver caregivers their his her and or / and/or ( ) 's ’s of next kin family member members relative
        relatives surrogate proxy both at least one all individual volunteer volunteers each those he she they person
        persons adult adults
    """,
    "OBTAINED": """
        is are was were be been being has have had must should will shall can may signed obtained given provided granted
        dated documented available by from
    """,
    # what a study asks to be followed or attended, and the words that it may end with
    "STUDY": """
        the a an all any of for this its their and or , other as per with by on in to at each study studies trial
        protocol clinical clinic related specific specified mandated required scheduled planned defined outpatient
        hospital site center centre procedure procedures requirement requirements visit visits schedule schedules
        assessment assessments test tests testing treatment treatments plan plans instruction instructions restriction
        restrictions followup followups examination examinations exam exams questionnaire questionnaires laboratory
        lifestyle consideration considerations medication medications regimen regimens dosing intervention interventions
        evaluation evaluations timetable guideline guidelines demand demands condition conditions duration rules
        regulations drug therapy administration diary diaries monitoring program programme aspects activities research
        investigational long term period sampling blood appointments appointment surveys sessions session screening
        tasks imaging completion necessary full entire entirety throughout safety measures criteria directions
        precautions recommendations prescribed stated outlined described listed detailed set out dietary diet exercise
        training patient subject participant /
    """,
    "UP": "follow up ups -",
    "STUDY_END": """
        study trial protocol procedure procedures requirement requirements visit visits schedule schedules assessment
        assessments test tests testing treatment treatments plan plans instruction instructions restriction restrictions
        followup followups examination examinations exams questionnaire questionnaires consideration considerations
        medication medications regimen regimens dosing intervention interventions evaluation evaluations timetable
        guideline guidelines demand demands conditions rules regulations drug therapy diary diaries monitoring program
        programme activities appointments surveys sessions tasks imaging measures directions precautions recommendations
        period duration sampling
    """,
    "COMPLY": "comply complies complying adhere adheres adhering abide abides cooperate cooperating collaborate",
    "DO": """
        follow follows following complete completes completing undergo undergoes undergoing perform performing observe
        respect fulfill fulfil finish
    """,
    "RETURN": "return returning come attend attending available accessible availability",
    "MEETING": """
        visit visits period assessment assessments examinations evaluations appointments schedule care sessions
    """,
    "STAFF": "investigator investigators personnel staff team coordinator",
    "POOR": "poor insufficient inadequate low unsatisfactory suboptimal incomplete limited bad",
    # understanding
    "UNDERSTAND": """
        understand understands understanding comprehend comprehends comprehending comprehension understood
    """,
    "UNDERSTOOD": """
        the a an and or , / its their his her this study trial protocol research nature purpose purposes aim aims risks
        risk benefits benefit requirements requirement procedures procedure content contents meaning consequences
        character implications information informed consent form forms instructions instruction patient sheet document
        documents of for in to potential possible involved objectives written verbal explanation explanations questions
        questionnaires questionnaire investigational treatment significance scope details
    """,
    "UNDERSTOOD_END": """
        study trial protocol research nature purpose purposes aims risks benefits requirements procedures content
        contents meaning consequences implications information form instructions sheet document documents objectives
        questionnaires questions investigational treatment significance consent
    """,
    # languages
    "LANGUAGE": """
        english spanish french german italian portuguese dutch danish swedish norwegian finnish mandarin chinese
        cantonese japanese korean arabic hebrew turkish russian polish greek hindi urdu bengali tamil thai vietnamese
        malay indonesian swahili persian farsi czech hungarian romanian creole
    """,
    "SPEAK": """
        speak speaks speaking spoken read reads reading write writes writing written understand understands
        understanding comprehend communicate communicates communicating converse fluent fluency proficient proficiency
        command knowledge conversant literate literacy comprehension verbal verbally
    """,
    "SPEAK_BETWEEN": """
        and or , / in of at the a either both fluently well sufficiently sufficient good basic enough level to working
    """,
    "LOCAL": "local national native official same country appropriate study",
    # devices
    "DEVICE": """
        smartphone smartphones phone phones telephone telephones cellphone cellphones mobile internet computer computers
        tablet tablets wifi wi fi ipad iphone email e mail webcam device connection broadband android ios
    """,
    "DEVICE_BETWEEN": """
        a an the and or , / - to with cell smart working reliable functional functioning regular personal stable home
        own suitable compatible their high speed web enabled capable adequate operating system ( ) connected access
    """,
    "DEVICE_END": """
        smartphone smartphones phone phones telephone telephones cellphone cellphones internet computer computers wifi
        ipad iphone email webcam access connection
    """,
    "HAVE": """
        access accessing own owns owning ownership possession possess possesses possessing have has having use uses
        using available
    """,
    # the law
    "INSURED": """
        affiliated affiliation affiliate covered coverage insured beneficiary beneficiaries registered member membership
        benefiting benefitting entitled enrolled subscribed
    """,
    "INSURANCE": """
        a an the to by with of in under from french national public statutory mandatory private social security health
        medical insurance insured care healthcare system scheme regime coverage cover or and ( ) equivalent local
        universal applicable valid
    """,
    "INSURANCE_END": "security insurance scheme system regime regimen coverage cover equivalent",
    "PROTECTED": "under legal judicial a the protection of justice safeguard placed measure measures by law",
    "GUARDED": "guardianship guardianships curatorship curatelle tutelage tutorship trusteeship wardship",
    # other studies
    "TAKE_PART": """
        participation participating participate participates participated enrollment enrolment enrolled enrolling enroll
        involvement involved inclusion included include taking take takes taken part treatment treated entered being
        co-enrollment co-enrolment registered
    """,
    "OTHER": "another other different additional",
    "SOME": "a an any other another some",
    "STUDY_KIND": """
        clinical interventional intervention investigational drug device medical research experimental therapeutic
        treatment pharmacological pharmaceutical medicinal product randomized randomised controlled observational non -
        or and / , other similar additional concurrent imaging vaccine biomedical investigative unrelated prospective
        therapy phase biologic biological biologics based medication agent blinded open label health care new marketed
        competing cancer oncology
    """,
    "STUDY_NOUN": "trial trials study studies protocol protocols investigation investigations project projects",
    "INVESTIGATED": "investigational experimental study non approved marketed new - or and / , unapproved unlicensed",
    "PRODUCT": """
        drug drugs product products device devices agent agents medication medications treatment treatments intervention
        interventions medicinal medical therapy therapies vaccine vaccines compound medicine or and / ,
    """,
}

_WHOLE_STUDY = "STUDY|UP* STUDY_END|up|ups"
_WITH_PRODUCT = "with|of|involving|using|for|testing|evaluating|utilizing SOME|the* INVESTIGATED+ PRODUCT+"

#: A topic -> how it is written; a topic with `-` before it is not met.
_REQUIREMENTS: dict[str, tuple[str, ...]] = {
    "consent": (
        "GIVING+ CONSENT* informed? consent|consents FORM?",
        "CONSENT* informed? consent|consents FORM?",
        "CONSENT* informed? consent|consents FORM? OBTAINED+",
        "CONSENT* informed? consent|consents FORM? OBTAINED+ and dated",
        "CONSENT* informed? consent|consents FORM? OBTAINED* from|by GIVERS+",
        "GIVING* CONSENT* informed? consent|consents FORM? /|and|or|and/or* assent FORM?",
        "GIVING+ the|an|a? icf form?",
        # these say something only of those who are willing to do it
        "participate|participating",
        "participate|participating|take|taking part? in the|this|a|all|our* "
        "clinical|research|investigational|current|present* study|trial|research|project",
    ),
    "-consent": (
        "missing|absent|refused|withdrawn CONSENT* informed? consent",
        "lack|absence|refusal|withdrawal of CONSENT* informed? consent",
    ),
    "assent": ("GIVING* written|signed|informed|age|appropriate|-* assent FORM?",),
    "adherence": (
        f"COMPLY MANNER* with|to|by {_WHOLE_STUDY}",
        "comply|adhere|cooperate|collaborate|complying|adhering|cooperating",
        "comply|adhere|cooperate|cooperating with the|study* STAFF",
        # "follow-up" is no following
        f"DO STUDY {_WHOLE_STUDY}",
        "DO STUDY_END",
        "participate|participating fully? in|throughout all|the+ aspects|activities|procedures|required of? "
        f"{_WHOLE_STUDY}",
        f"good? compliance|adherence|cooperation with|to {_WHOLE_STUDY}",
        "good protocol|study|treatment|patient* compliance|adherence|cooperation",
        f"compliant|adherent|cooperative with|to {_WHOLE_STUDY}",
        "compliant|adherent|cooperative",
    ),
    "-adherence": (
        f"POOR adherence|compliance|cooperation with|to {_WHOLE_STUDY}",
        "POOR adherence|compliance|cooperation",
    ),
    "follow_up": (
        "make|keep|RETURN STUDY|UP* visits|appointments|sessions|visit",
        "RETURN|follow|complete|completing|completion|assure|ensure|maintain for|to|back|with|at* STUDY|UP* follow -? "
        "up|ups MEETING?",
        "RETURN for|to|back|at* STUDY|UP* MEETING|duration",
        "available|accessible|return for treatment|and* followup",
    ),
    "capacity": (
        "read|write|and|or|/|,|review* UNDERSTAND",
        "read|write|and|or|/|,|review* UNDERSTAND of? UNDERSTOOD* UNDERSTOOD_END",
        "communicate|communicating MANNER*",
        "communicate|communicating MANNER* with the|study|site|and|or|/|STAFF* STAFF",
        "mental|decision|-|making|cognitive+ capacity",
    ),
    "language": (
        "SPEAK SPEAK|SPEAK_BETWEEN* LANGUAGE LANGUAGE|or|and|/|,|either* LANGUAGE language|languages?",
        "SPEAK SPEAK|SPEAK_BETWEEN* LANGUAGE language? fluently|well|sufficiently?",
        "SPEAK SPEAK|SPEAK_BETWEEN* LOCAL+ language|languages",
        "LANGUAGE -? speaking|speaker|speakers|fluency|proficiency",
        "LANGUAGE or|and|/|,+ LANGUAGE -? speaking|speaker|speakers",
        "LANGUAGE language ability|skills|proficiency|fluency|competence|knowledge|comprehension",
    ),
    "-language": (
        "non -? LANGUAGE -? speaking|speaker|speakers",
        "language barrier|barriers|difficulties|problems",
    ),
    "technology": (
        "HAVE DEVICE_BETWEEN* DEVICE_END DEVICE|DEVICE_BETWEEN* DEVICE_END",
        "HAVE DEVICE|DEVICE_BETWEEN* DEVICE_END",
        "internet|smartphone|telephone|phone access",
    ),
    "logistics": (
        "travel|commute|traveling|travelling to STUDY* site|center|centre|clinic|visits|study|hospital",
        "access|to|reliable|means|of|available|have|has|adequate|own* transportation|transport",
    ),
    "legal": (
        "INSURED INSURANCE* INSURANCE_END )?",
        "social|health|medical+ security|insurance coverage|affiliation|cover?",
        "PROTECTED* GUARDED",
        "under legal|judicial|court* protection|safeguard",
        "under the? protection|safeguard of justice",
        "deprived|deprivation of their|his|her? liberty|freedom",
        "deprived|deprivation of their|his|her? liberty|freedom by a|an|the? judicial|or|/|administrative|court|legal+ "
        "decision|decisions|order",
        "limited|restricted legal capacity|ability",
        "legally protected|incapacitated|incompetent",
        "protected by the? law",
        "legal incapacity",
    ),
    "participation": (
        "TAKE_PART part? in|on|into the|a|an|any? OTHER STUDY_KIND* ~? STUDY_KIND* STUDY_NOUN",
        f"TAKE_PART part? in|on|into the|a|an|any? OTHER STUDY_KIND* ~? STUDY_KIND* STUDY_NOUN {_WITH_PRODUCT}",
        "TAKE_PART part? in|on|into SOME STUDY_KIND* STUDY_NOUN",
        f"TAKE_PART part? in|on|into SOME STUDY_KIND* STUDY_NOUN {_WITH_PRODUCT}",
        "TAKE_PART part? in clinical|interventional|investigational|drug|experimental|research STUDY_KIND* "
        "trials|studies",
        "participate|participating simultaneously|concurrently in|on the|a|an|any? OTHER STUDY_KIND* ~? STUDY_NOUN",
    ),
    "-ethics": (
        "violation|violations|breach|breaches|infringement|contravention of medical|research|clinical? ethics|ethical "
        "principles|standards|rules?",
    ),
}
PATTERNS: tuple[WordPattern, ...] = patterns("requirement", _SETS, _REQUIREMENTS)

#: Languages by name, for the concept of a requirement.
LANGUAGES = frozenset(_SETS["LANGUAGE"].split())
#: Kinds of study that say no more than that it is one.
PLAIN_STUDIES = frozenset(
    f"{_SETS['OTHER']} {_SETS['SOME']} {_SETS['STUDY_NOUN']} the clinical research similar".split()
)
#: What is owned or reached, for the concept.
DEVICES = frozenset(_SETS["DEVICE"].split())
#: Who may consent, beside the participant.
GIVERS = frozenset(_SETS["GIVERS"].split())
#: Words that a match may not begin with, because they link it to what stands before.
LINKS = frozenset("and or , / - of to for in with by at as".split())
#: Words that it may not end with either.
EDGES = frozenset("and or , / - of to for in with by at as ( the a an".split())
#: Kinds of span that an ability may stand before.
DEEDS = frozenset(("requirement", "activity"))
#: Words that say that people are able or willing, or are not, and those that may stand with them.
ABLE = frozenset([*_SETS["ABLE"].split(), "do", "does", "did"])
UNABLE = frozenset(_SETS["UNABLE"].split())
ABLE_BETWEEN = frozenset(_SETS["BETWEEN"].split())
