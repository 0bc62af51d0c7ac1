"""Registration of `trial_recogniser`."""

from pathlib import Path

from spacy.language import Language

from parser.nlp.recogniser.component import Recogniser, packaged
from parser.nlp.recogniser.network import Network


@Language.factory("trial_recogniser", assigns=["doc.ents"], default_config={"model": "packaged"})
def create(nlp: Language, name: str, model: str | None) -> Recogniser:
    """Make the component for a pipeline.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        model: `packaged` for the network that ships with the package, a folder's path for another one, None to read
            one later with `from_disk`.
    """
    if model is None:
        return Recogniser()
    return Recogniser(packaged() if model == "packaged" else Network.read(Path(model)))
