"""Registration of `trial_assertion`."""

from spacy.language import Language

from parser.nlp.components.assertion.component import AssertionCues


@Language.factory("trial_assertion", assigns=["doc.spans"])
def create(nlp: Language, name: str) -> AssertionCues:
    """Make the component for a pipeline."""
    return AssertionCues(nlp.vocab)
