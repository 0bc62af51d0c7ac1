"""Registration of `trial_grades`."""

from spacy.language import Language

from parser.nlp.components.grades.component import Grades


@Language.factory("trial_grades", assigns=["doc.spans"])
def create(nlp: Language, name: str) -> Grades:
    """Make the component for a pipeline."""
    return Grades()
