"""Names of languages to their codes (BCP 47)."""

from __future__ import annotations

#: The official languages of the EU and the EEA, by their English names, casefolded.
LANGUAGES: dict[str, str] = {
    "bulgarian": "bg",
    "croatian": "hr",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "estonian": "et",
    "finnish": "fi",
    "french": "fr",
    "gaelic": "ga",
    "german": "de",
    "greek": "el",
    "hungarian": "hu",
    "icelandic": "is",
    "irish": "ga",
    "italian": "it",
    "latvian": "lv",
    "lithuanian": "lt",
    "maltese": "mt",
    "norwegian": "no",
    "polish": "pl",
    "portuguese": "pt",
    "romanian": "ro",
    "slovak": "sk",
    "slovene": "sl",
    "slovenian": "sl",
    "spanish": "es",
    "swedish": "sv",
}


def language_code(name: str) -> str | None:
    """Return the code of a language's English name; None where it is none that is known."""
    return LANGUAGES.get(" ".join(name.casefold().split()))
