"""The tokenizer for clinical text: numbers, units and comparators come apart, gene and test names stay whole.

`≥18years` is `≥ 18 years`, `1.5×ULN` is `1.5 × ULN`, `0-65` is `0 - 65`; `HbA1c`, `CD4`, `T2DM` are one token each.
Hyphens and slashes are tokens of their own. Every character but blanks is in exactly one token, so offsets hold.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

_TOKEN = re.compile(
    r"""
      \d+(?:[.,]\d+)*                      # 1,500  0.25  3.0
    | [^\W\d_]*[^\W\d_xX×](?:\d+[^\W\d_]*)+  # HbA1c  CD4  T2DM  m2: letters, then digits (but not 1.5x10)
    | [^\W\d_]+                            # words
    | <=|>=|=<|=>|</=|>/=|\+/-             # comparators of several characters
    | '[sS]\b | ’[sS]\b                    # the possessive
    | \S                                   # any other single character
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
        spaces: list[bool] = []
        at = 0
        for match in _TOKEN.finditer(text):
            self._add_blanks(words, spaces, text[at : match.start()])
            words.append(match.group())
            spaces.append(False)
            at = match.end()
        self._add_blanks(words, spaces, text[at:])
        return Doc(self.vocab, words=words, spaces=spaces)

    @staticmethod
    def _add_blanks(words: list[str], spaces: list[bool], blanks: str) -> None:
        """Note the blanks after a token: one space belongs to it, any more are a token of their own."""
        if not blanks:
            return
        if words and blanks.startswith(" "):
            spaces[-1] = True
            blanks = blanks[1:]
        if blanks:
            words.append(blanks)
            spaces.append(False)

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
