"""Registration of `trial_windows`."""

from spacy.language import Language

from parser.nlp.components.windows.component import Windows


@Language.factory("trial_windows", assigns=["doc.spans"])
def create(nlp: Language, name: str) -> Windows:
    """Make the component for a pipeline."""
    return Windows(nlp.vocab)
