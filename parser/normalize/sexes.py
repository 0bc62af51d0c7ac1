"""The sex field of the registers."""

from __future__ import annotations

import re

from parser.models.eligibility import EligibleSex

SEX_WORDS: dict[EligibleSex, frozenset[str]] = {
    "all": frozenset(
        {
            "all",
            "any",
            "both",
            "all sexes",
            "all genders",
            "any sex",
            "any gender",
            "both sexes",
            "both genders",
            "both males and females",
            "both male and female",
            "male and female",
            "female and male",
            "male or female",
            "males and females",
            "females and males",
            "female male",
            "male female",
            "men and women",
            "women and men",
            "m f",
            "f m",
            "male and female participants",
            "male female both",
            "no restriction",
            "either",
            "males females",
            "females males",
            "men women",
            "women men",
            "either sex",
        }
    ),
    "female": frozenset(
        {
            "female",
            "females",
            "f",
            "woman",
            "women",
            "girls",
            "female only",
            "females only",
            "women only",
            "only female",
            "female participants",
            "only women",
        }
    ),
    "male": frozenset(
        {
            "male",
            "males",
            "m",
            "man",
            "men",
            "boys",
            "male only",
            "males only",
            "men only",
            "only male",
            "male participants",
            "only men",
        }
    ),
    "unknown": frozenset({"not specified", "unspecified", "not stated", "unknown"}),
}

_VALUES: dict[str, EligibleSex] = {words: value for value, forms in SEX_WORDS.items() for words in forms}
_APART = re.compile(r"[\s,;/|&+.()-]+")
_YES_NO = re.compile(r"\b(female|male)\s*:?\s*(yes|no)\b")
_TAGS = re.compile(r"<br\s?/?>")
_LONGEST = 80


def read_sex(words: str) -> EligibleSex | None:
    """Return the sex that the words of a field admit, or None where they are none that is known."""
    if len(words) > _LONGEST:
        return None
    folded = _TAGS.sub(" ", words.casefold())
    answers = dict(_YES_NO.findall(folded))
    if len(answers) == 2:
        admitted = [sex for sex, answer in answers.items() if answer == "yes"]
        return _VALUES[" ".join(admitted)] if admitted else None
    return _VALUES.get(" ".join(_APART.split(folded)).strip())


def is_sex(words: str) -> bool:
    """Tell whether words are a value of a sex field."""
    return read_sex(words) is not None
