"""The spaCy pipeline: what the words of a criterion name, and in which manner.

`load()` builds it. The components annotate; `parser.rules` makes rules of the annotated `Doc`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language


def load(model: str | Path | None = "packaged") -> Language:
    """Return the pipeline, built once a process: the clinical tokenizer, the recogniser, the pattern components.

    It needs no network. The result is shared: do not change its components; build your own `Language` from the
    registered factories (`trial_recogniser`, `trial_quantities`, …) instead.

    Args:
        model: `packaged` for the recogniser's model that ships with the package, a folder for another one, None to
            leave the recogniser out: then `doc.ents` is empty.

    Raises:
        FileNotFoundError: The folder holds no model.
    """
    return _load(None if model is None else str(model))


@cache
def _load(model: str | None) -> Language:
    from parser.nlp import tokenizer  # noqa: F401  (registers the tokenizer)
    from parser.nlp.components import ORDER
    from parser.nlp.recogniser import factory  # noqa: F401  (registers the recogniser)

    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "trial_tokenizer.v1"}}})
    if model is not None:
        nlp.add_pipe("trial_recogniser", config={"model": model})
    for name in ORDER:
        # without entities there are no boundaries of any to mend
        if model is not None or name != "trial_boundaries":
            nlp.add_pipe(name)
    return nlp
