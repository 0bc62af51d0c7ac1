"""The tokenizer for clinical text: numbers, units and comparators come apart, gene and test names stay whole.

`≥18years` is `≥ 18 years`, `1.5xULN` is `1.5 x ULN`, `0-65` is `0 - 65`, `T1-3 N0` is `T 1 - 3 N 0`; `HbA1c`, `CD4`,
`T2DM`, `6MWT`, `2nd` are one token each, and so is a number with its separators (`1,500`, `0,25`, `1,00,000`, `.5`).
Hyphens and slashes are tokens of their own. Every character but blanks is in exactly one token, so offsets hold.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from parser.nlp.annotations import keep_words

#: Words that never make a name with the digits that stand right behind them: "grade3", "ECOG0-1", "aged18".
_BEFORE_NUMBERS = (
    "stage grade class type phase cycle score status level day days week weeks month months year years hour hours "
    "visit group age aged ages than least most of and or to from for is until over under above below about between "
    "within ecog nyha karnofsky ctcae kps ps asa bmi inr ph"
).split()

#: Names that begin with digits: tests and substances, images, arms of chromosomes, radioactive labels.
_NAMES_FROM_DIGITS = (
    r"6MW[TD]",
    r"5HT\w*+",
    r"5FU",
    r"25OHD?",
    r"[234]D",
    r"(?:[1-9]|1\d|2[0-2])[pq](?:\d++(?:\.\d++)?)?",
    r"99mTc|68Ga|177Lu|131I|123I|124I|111In|223Ra|225Ac|89Zr|64Cu",
    r"(?:18F|11C|90Y)(?=[-\]])",
)

#: Letters of alphabets, without Chinese and Japanese writing, where digits are never part of a name.
_LETTER = r"[^\W\d_\u2e80-\U0001f000]"

_NUMBER = r"""
      \d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?(?!\d)   # 1,500  2,500.5  1,00,000
    | \d+(?:\.\d+)+                               # 3.0  1.500.000
    | (?<!\d,)\d+,\d+(?!,?\d|,?\s(?:or|and)\s\d)   # 0,25, but not the lists 0,1,2 and 0,1 or 2
    | \d+
    | (?<![\w.)\]])\.\d+                           # .5
"""

#: The letters of a TNM stage, apart from the numbers that grade them.
_TNM = r"""
      (?:[cpy]{1,3}[TNM](?=[0-4xX][a-d]?(?:\b|[cpy]{0,3}[NM][0-3xX]))
       | [TN](?=[0-4xX][a-d]?(?:[-–/][0-4][a-d]?)*,?\s?[cpy]{0,3}[NM][0-3xX])
       | (?:(?<=T[0-4])|(?<=T[0-4][ ,])|(?<=T[0-4],[ ]))N(?=[0-3xX][a-d]?\b)
       | (?:(?<=N[0-3])|(?<=N[0-3][ ,])|(?<=N[0-3],[ ]))M(?=[01xX][a-d]?\b)
       | T(?=is,?\s?N[0xX]))
"""

_TOKEN = re.compile(
    rf"""
      (?!(?<=\d)x)[a-z]{{2,}}+(?![^\W_]|['’]t\b)                # by far the most words
    | {_TNM}
    | (?i:{"|".join(_BEFORE_NUMBERS)})(?=\d)
    | [xX](?=[UL]LN\b) | (?<=\d)[xX](?=[^\W\d_])   # 1.5xULN
    | [^\W\d_]+n['’]t\b                           # don't
    | (?![xX]\d){_LETTER}++(?:\d++{_LETTER}*+)*+     # words, and HbA1c  CD4  T2DM  m2 (but not x10)
    | [xX] | [^\W\d_]++
    | \d++(?:st|nd|rd|th)\b                         # 2nd
    | (?:{"|".join(_NAMES_FROM_DIGITS)})(?![^\W_])
    | {_NUMBER}
    | <=|>=|=<|=>|</=|>/=|\+/[-−–]                  # comparators of several characters
    | ['’][sS]\b                                   # the possessive
    | \S                                           # any other single character
    """,
    re.VERBOSE,
)


class ClinicalTokenizer:
    """Split text into a `Doc`; `doc.text` equals the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the `Doc` of a text."""
        words: list[str] = []
        starts: list[int] = []
        spaces: list[bool] = []
        at = 0

        def pass_blanks(end: int) -> None:
            """Note the blanks after a token: one space belongs to it, any more are a token of their own."""
            begin = at
            if words and text[begin] == " ":
                spaces[-1] = True
                begin += 1
            if begin < end:
                words.append(text[begin:end])
                starts.append(begin)
                spaces.append(False)

        for match in _TOKEN.finditer(text):
            start, end = match.span()
            if start > at:
                pass_blanks(start)
            words.append(text[start:end])
            starts.append(start)
            spaces.append(False)
            at = end
        if at < len(text):
            pass_blanks(len(text))
        doc = Doc(self.vocab, words=words, spaces=spaces)
        keep_words(doc, text, words, starts)
        return doc

    # spaCy saves and loads tokenizers with the pipeline; this one has no state.
    def to_bytes(self, **_: object) -> bytes:
        """Return no bytes: there is no state."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> ClinicalTokenizer:
        """Return itself: there is no state."""
        return self

    def to_disk(self, _path: object, **_: object) -> None:
        """Write nothing: there is no state."""

    def from_disk(self, _path: object, **_: object) -> ClinicalTokenizer:
        """Return itself: there is no state."""
        return self


@registry.tokenizers("trial_tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> object:
    """Make the factory that spaCy calls with the pipeline."""

    def create(nlp: Language) -> ClinicalTokenizer:
        return ClinicalTokenizer(nlp.vocab)

    return create
