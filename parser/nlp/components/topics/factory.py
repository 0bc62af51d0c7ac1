"""Registration of `trial_topics`."""

from spacy.language import Language

from parser.nlp.components.topics.component import Topics


@Language.factory("trial_topics", assigns=["doc.spans"])
def create(nlp: Language, name: str) -> Topics:
    """Make the component for a pipeline."""
    return Topics(nlp.vocab)
