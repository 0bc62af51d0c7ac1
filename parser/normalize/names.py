"""Names of organisations: capitals that are only a display style, back to normal case."""

from __future__ import annotations

import re

_SMALL = "a an and as at by de del der des di do dos du e en et for fur für i in la le of on or the to und van von y zu"
SMALL_WORDS = frozenset(_SMALL.split())

#: Written in capitals in running text. Names of countries, agencies, legal forms and common abbreviations.
_CAPITALS = (
    "AB AG AIDS ANRS AP BASF BV CDC CHU CNRS CRO CSL CUHK DBA DKFZ ECOG EORTC ETH EU FDA GBG GOG GSK HIV HCL IBM ICMR "
    "ICU II III INSERM IRCCS ISS IV JSC KG KK LLC LLP LMU MD MGH MIT MRC MSD NCI NHLBI NHS NIAID NICHD NIDA NIH NIMH "
    "NINDS NRG NSABP NTT NV NYU OHSU PLA PLC RTI RWTH SA SAS SE SK SL SLU SNU SPA SRL SWOG TB TUM UAB UCB UCL UCLA "
    "UCSF UK UMC UN UNC US USA USC UT UZ VA VHA VU WHO"
)
ACRONYMS = frozenset(_CAPITALS.split())

#: Spelled in a way of their own.
SPELLINGS = {
    "gmbh": "GmbH",
    "mbh": "mbH",
    "co": "Co",
    "inc": "Inc",
    "ltd": "Ltd",
    "corp": "Corp",
    "pty": "Pty",
    "phd": "PhD",
    "aps": "ApS",
    "st": "St",
    "dr": "Dr",
    "sarl": "SARL",
    "biontech": "BioNTech",
    "abbvie": "AbbVie",
    "glaxosmithkline": "GlaxoSmithKline",
    "astrazeneca": "AstraZeneca",
    "mcgill": "McGill",
    "mcmaster": "McMaster",
    "unicancer": "UNICANCER",
}

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ELIDED = frozenset({"d", "l", "dell", "all", "sant"})


def normal_case(name: str) -> str:
    """Return a name written in capitals in normal case; a name with any other casing is left alone.

    Acronyms that are known stay in capitals, as do words with no vowel; small words inside the name go lower.
    """
    letters = [character for character in name if character.isalpha()]
    if not letters or any(character.islower() for character in letters) or len(name.split()) < 2:
        return name
    first = True
    pieces: list[str] = []
    at = 0
    for match in _WORD.finditer(name):
        bracketed = name[match.start() - 1 : match.start()] == "(" and name[match.end() : match.end() + 1] == ")"
        # The letters of `S.A.` or `J. A. Smith`.
        initial = len(match[0]) == 1 and name[match.end() : match.end() + 1] == "."
        pieces += [name[at : match.start()], match[0] if bracketed or initial else _cased(match[0], first)]
        first, at = False, match.end()
    return "".join([*pieces, name[at:]])


def _cased(word: str, first: bool) -> str:
    """Return one word of a name in capitals as it is written in running text."""
    lower = word.lower()
    if lower in SPELLINGS:
        return SPELLINGS[lower]
    if not first and lower in SMALL_WORDS:
        return lower
    if word in ACRONYMS or len(word) == 1 or not any(vowel in lower for vowel in "aeiouyàáâäåèéêëìíîïòóôöøùúûü"):
        return word
    head, mark, tail = lower.replace("’", "'").partition("'")
    if mark and head in _ELIDED:
        return (head.capitalize() if first else head) + word[len(head)] + tail.capitalize()
    if mark and tail not in {"s", "t"}:
        return head.capitalize() + word[len(head)] + tail.capitalize()
    return word[0] + word[1:].lower()


def find_name(name: str, prose: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Return where `prose[start:end]` first has a name, whatever its case and blanks; None where it has not."""
    words = name.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    match = pattern.search(prose, start, len(prose) if end is None else end)
    return match.span() if match else None


def same_name(one: str, other: str) -> bool:
    """Tell whether two names differ in case, blanks and punctuation at most."""
    return _name_key(one) == _name_key(other) != ""


def _name_key(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))
