"""spaCy components, one folder each: `patterns.py` is data, `factory.py` registration, `component.py` the logic.

Importing this package registers them all; `ORDER` is the order in which the pipeline runs them.
"""

from parser.nlp.components.assertion import factory as _assertion  # noqa: F401
from parser.nlp.components.boundaries import factory as _boundaries  # noqa: F401
from parser.nlp.components.grades import factory as _grades  # noqa: F401
from parser.nlp.components.phrases import factory as _phrases  # noqa: F401
from parser.nlp.components.quantities import factory as _quantities  # noqa: F401
from parser.nlp.components.topics import factory as _topics  # noqa: F401
from parser.nlp.components.windows import factory as _windows  # noqa: F401

#: `trial_phrases` comes last: it takes the words that the others left.
ORDER = (
    "trial_quantities",
    "trial_windows",
    "trial_assertion",
    "trial_boundaries",
    "trial_topics",
    "trial_grades",
    "trial_phrases",
)
