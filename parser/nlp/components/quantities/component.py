"""The `trial_quantities` component.

Reading map: `read_quantities` goes from number to number (`Reader`), reads the amount that begins there
(`amounts.py`, of the numbers and units of `writings.py` and the limits of `references.py`), the comparator before it
(`comparators.py`), and makes quantities of them (`bounding.py`), unless they are names or dates (`naming.py`). A lower
and an upper bound side by side are one quantity (`pairs.py`). Bare scores (`scores.py`) and limits without a number
(`limits.py`) are added. `patterns.py` holds the data.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from parser.nlp.annotations import QUANTITIES, set_group, words_of
from parser.nlp.components.quantities.bounding import Found
from parser.nlp.components.quantities.limits import with_limits
from parser.nlp.components.quantities.pairs import joined_pairs
from parser.nlp.components.quantities.reader import Reader
from parser.nlp.components.quantities.scores import with_scores


class Quantities:
    """Mark numbers with bounds, units or both.

    Writes `doc.spans["trial_quantities"]`: spans labelled `quantity`, each with a `Quantity` in `span._.trial`. A span
    covers comparator, numbers and unit. A number with neither comparator, range nor unit is no quantity ("type 2
    diabetes", "Sepsis 3.0"), but for scores after the name of their scale ("ECOG 0 or 1").

    Example:
        >>> doc = load()("aged 18-65 years")
        >>> [str(q.text) for q in doc.spans["trial_quantities"]]
        ['18-65 years']
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, doc: Doc) -> Doc:
        """Write the group of quantities."""
        spans: list[Span] = []
        for start, end, quantity in read_quantities(words_of(doc).text):
            span = doc.char_span(start, end, label="quantity", alignment_mode="expand")
            if span is not None:
                span._.trial = quantity
                spans.append(span)
        set_group(doc, QUANTITIES, spans)
        return doc


def read_quantities(text: str) -> list[Found]:
    """Return `(start, end, quantity)` for every bounded or united number of a text, in order, none overlapping."""
    found = joined_pairs(Reader(text).read(), text)
    return with_limits(with_scores(found, text), text)
