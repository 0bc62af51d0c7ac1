"""English nouns to one form: American spelling, singular. Data first; regular spelling does the rest."""

from __future__ import annotations

import re

_SAME = """
    aids albicans alias always ascites atlas besides bias biceps canvas caries chaos corps diabetes ebv ethics facies
    feces forceps gas genetics graves herpes hives kinetics lens lues mass measles menses mers mumps obstetrics
    orthopedics overseas pancreas pediatrics perhaps pharmacokinetics physics pons psoas quadriceps rabies rickets
    sars scabies series shingles species statistics tabes tics triceps versus whereas wilms
""".split()

#: Plurals without a regular singular, and singular nouns that end in s.
IRREGULAR: dict[str, str] = {
    **{word: word for word in _SAME},
    **dict(
        pair.split(":")
        for pair in """
        metastases:metastasis diagnoses:diagnosis prostheses:prosthesis indices:index vertebrae:vertebra
        criteria:criterion bacteria:bacterium women:woman men:man children:child feet:foot teeth:tooth thrombi:thrombus
        emboli:embolus calculi:calculus viruses:virus sinuses:sinus fetuses:fetus boluses:bolus uteruses:uterus
        plexuses:plexus calluses:callus crises:crisis bases:basis ganglia:ganglion varices:varix cortices:cortex
        appendices:appendix nevi:nevus bronchi:bronchus fungi:fungus bacilli:bacillus cocci:coccus foci:focus
        nuclei:nucleus loci:locus alveoli:alveolus uteri:uterus testes:testis axes:axis ova:ovum septa:septum
        fistulae:fistula bullae:bulla petechiae:petechia herniae:hernia larvae:larva papillae:papilla aortae:aorta
        lenses:lens doses:dose overdoses:overdose noses:nose purposes:purpose glucoses:glucose calories:calorie
        phenomena:phenomenon polyposes:polyposis alopecias:alopecia relapses:relapse toes:toe shoes:shoe
        data:datum media:medium spectra:spectrum sera:serum maxima:maximum mitochondria:mitochondrion
        headaches:headache toothaches:toothache aches:ache stomachaches:stomachache backaches:backache caches:cache
        leaves:leaf lives:life halves:half wives:wife knives:knife wolves:wolf selves:self
        people:person mice:mouse sclerae:sclera conjunctivae:conjunctiva schemata:schema stomata:stoma
        biopsies:biopsy
        abuses:abuse bruises:bruise diseases:disease vaccines:vaccine medicines:medicine
        """.split()
    ),
}

_ENDINGS: tuple[tuple[str, str], ...] = (
    ("itides", "itis"),
    ("omata", "oma"),
    ("oses", "osis"),
    ("yses", "ysis"),
    ("eses", "esis"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("ies", "y"),
)
_KEPT = ("ss", "us", "is", "ys")

#: British spellings inside words, and the American ones.
_AMERICAN: dict[str, str] = dict(
    pair.split(":")
    for pair in """
    haem:hem aem:em oedem:edem oesoph:esoph oestr:estr foet:fet faec:fec caec:cec caesar:cesar naev:nev
    paed:ped gynaec:gynec aesth:esth aetiol:etiol coeli:celi rrhoe:rrhe pnoe:pne manoeuv:maneuv homoeo:homeo
    tumour:tumor humour:humor behaviour:behavior labour:labor colour:color favour:favor odour:odor
    fibre:fiber centre:center litre:liter metre:meter calibre:caliber theatre:theater
    sulph:sulf leucoc:leukoc leucop:leukop leucod:leukod aluminium:aluminum neurone:neuron
    """.split()
)
#: Verbs in -ise, and their nouns in -isation; "embolism" and "organism" keep their s.
_VERBS = """
    hospital immun general local random stabil steril organ vascular embol mobil sensit character optim colon cauter
    traumat categor catheter fertil metabol neutral polar immobil minim maxim stigmat internal external
""".split()
#: The bacterium is Haemophilus everywhere; gastro-esophageal and angio-edema are written as one word.
_BRITISH = re.compile(
    r"(?!h?aemophilus)(?!(?<=gastr)oesoph)(?!(?<=angi)oedem)(?:"
    + "|".join(sorted(_AMERICAN, key=len, reverse=True))
    + f"|(?:{'|'.join(_VERBS)})is(?=[aei]))"
)


def american(text: str) -> str:
    """Return a lower-case text in American spelling.

    Examples:
        >>> american("iron deficiency anaemia"), american("oesophageal tumour"), american("pulmonary embolism")
        ('iron deficiency anemia', 'esophageal tumor', 'pulmonary embolism')
    """
    return _BRITISH.sub(lambda found: _AMERICAN.get(found[0]) or found[0][:-1] + "z", text)


def singular(word: str) -> str:
    """Return the singular of an English noun in lower case; other words come back as they are."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    for plural, ending in _ENDINGS:
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + ending
    if len(word) > 3 and word.endswith("s") and not word.endswith(_KEPT):
        return word[:-1]
    return word
