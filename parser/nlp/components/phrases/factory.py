"""Registration of `trial_phrases`."""

from spacy.language import Language

from parser.nlp.components.phrases.component import Phrases


@Language.factory("trial_phrases", assigns=["doc.spans"])
def create(nlp: Language, name: str) -> Phrases:
    """Make the component for a pipeline."""
    return Phrases(nlp.vocab)
