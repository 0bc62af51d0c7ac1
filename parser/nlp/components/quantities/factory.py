"""Registration of `trial_quantities`."""

from spacy.language import Language

from parser.nlp.components.quantities.component import Quantities


@Language.factory("trial_quantities", assigns=["doc.spans"])
def create(nlp: Language, name: str) -> Quantities:
    """Make the component for a pipeline."""
    return Quantities(nlp.vocab)
