"""Registration of `trial_boundaries`."""

from spacy.language import Language

from parser.nlp.components.boundaries.component import Boundaries


@Language.factory(
    "trial_boundaries",
    assigns=["doc.ents"],
    requires=["doc.ents", "doc.spans"],
    default_config=dict.fromkeys(("values", "times", "missing", "edges", "abbreviations", "young"), True),
)
def create(
    nlp: Language, name: str, values: bool, times: bool, missing: bool, edges: bool, abbreviations: bool, young: bool
) -> Boundaries:
    """Make the component for a pipeline; each repair can be switched off."""
    return Boundaries(
        values=values, times=times, missing=missing, edges=edges, abbreviations=abbreviations, young=young
    )
