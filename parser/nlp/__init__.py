"""The spaCy pipeline: what the words of a criterion name, and in which manner.

`load()` builds it. The components annotate; `parser.rules` makes rules of the annotated `Doc`.
"""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language


@cache
def load() -> Language:
    """Return the pipeline, built once a process: blank English, the clinical tokenizer, the pattern components.

    Takes no file and no network. The result is shared: do not change its components; build your own `Language` from
    the registered factories (`trial_quantities`, …) instead.
    """
    from parser.nlp import tokenizer  # noqa: F401  (registers the tokenizer)
    from parser.nlp.components import ORDER

    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "trial_tokenizer.v1"}}})
    for name in ORDER:
        nlp.add_pipe(name)
    return nlp
