"""Does `confidence` mean what it says? `python -m tests.evaluation confidence DIR`, in Chia's or LCT's brat format.

Every text is read as a whole. Of each criterion without nested ones, the atoms that are no kept words are judged:

- **named right**: an annotation of a label that goes with the atom's type (`LABELS`) meets the atom's words, and holds
  the last word of its concept; of an atom without a concept, one that meets its words;
- **numbers right**: every number of its bounds, counts, lengths and windows stands in annotations that meet its words.

An atom is right when both are. Lines without any annotation are left out: they were not annotated. Denials, status and
the way of joining are not judged (Chia leaves out many denials on purpose); a unit or a side gone wrong is not seen.

`table`: for each stretch of confidence, how many atoms, the mean of what they say, and the share that is right.
`gap`: the mean of the differences, by atom. `by_type`: the same for each type of atom.
"""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import parser
from parser.models import Eligibility
from parser.models.rules import Atom, Unstructured, atoms
from parser.normalize.numbers import parse_number
from tests.evaluation.brat import Document, TextBound, read_folder
from tests.evaluation.values import bounds_of

_SAID = ("Condition", "Observation", "Condition-Name", "Observation-Name")
_DONE = ("Drug", "Procedure", "Device", "Drug-Name", "Procedure-Name", "Immunization")
#: Labels of Chia and of LCT that go with a type of atom.
LABELS: dict[str, frozenset[str]] = {
    "condition": frozenset((*_SAID, "Allergy", "Pregnancy_considerations")),
    "treatment": frozenset(_DONE),
    "measurement": frozenset((*_SAID, "Measurement", "Procedure", "Procedure-Name")),
    "biomarker": frozenset((*_SAID, "Measurement", "Qualifier", "Procedure", "Procedure-Name", "Modifier")),
    "allergy": frozenset((*_SAID, *_DONE, "Allergy", "Allergy-Name", "Contraindication")),
    "age": frozenset(("Person", "Age", "Life-Stage-And-Gender")),
    "sex": frozenset(("Person", "Life-Stage-And-Gender")),
    "reproductive": frozenset(
        (*_SAID, *_DONE, "Person", "Pregnancy_considerations", "Life-Stage-And-Gender", "Modifier")
    ),
    "observation": frozenset(
        (*_SAID, "Procedure", "Procedure-Name", "Person", "Measurement", "Encounter", "Ethnicity", "Other", "Language")
    ),
    "requirement": frozenset(
        (
            *_SAID,
            "Informed_consent",
            "Non-query-able",
            "Non-representable",
            "Subjective_judgement",
            "Competing_trial",
            "Post-eligibility",
            "Pregnancy_considerations",
            "Not_a_criteria",
            "Undefined_semantics",
            "Study",
            "Other",
            "Language",
            "Provider",
            "Assertion",
            "Procedure",
        )
    ),
}
#: Ends of the stretches of the table.
EDGES = (0.5, 0.6, 0.7, 0.8, 0.9)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+")
_MODIFYING = ("where", "unless", "examples", "defined_as")


def evaluate(folder: Path) -> dict[str, Any]:
    """Return the reliability of all confidences over the documents of a folder."""
    nlp = parser.load_nlp()
    begun = time.process_time()
    judged: list[tuple[str, float, bool]] = []
    for document in read_folder(folder):
        eligibility = parser.parse_eligibility(source_of(document), kind=section_of(document), nlp=nlp)
        gold = Gold(document, eligibility)
        for criterion in eligibility.walk():
            if criterion.rule is not None and not criterion.criteria:
                judged += [
                    (atom.type, atom.confidence, right)
                    for atom in atoms(criterion.rule)
                    if (right := gold.judge(atom)) is not None
                ]
    types = sorted({type_ for type_, _, _ in judged})
    return {
        "evaluation": "confidence",
        "atoms": len(judged),
        "right": _mean([right for _, _, right in judged]),
        **reliability([(said, right) for _, said, right in judged]),
        "by_type": {
            name: reliability([(said, right) for type_, said, right in judged if type_ == name])["table"]
            for name in types
        },
        "cpu_seconds": round(time.process_time() - begun, 1),
    }


def reliability(pairs: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    """Return the table of what confidences say and what came true, and the mean gap."""
    rows: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for said, right in pairs:
        rows[bisect_right(EDGES, said)].append((said, right))
    table = []
    gap = 0.0
    for index, members in sorted(rows.items()):
        said, true = _mean([each for each, _ in members]), _mean([each for _, each in members])
        low, high = (0.0, *EDGES)[index], (*EDGES, 1.0)[index]
        table.append({"from": low, "to": high, "atoms": len(members), "says": said, "right": true})
        gap += abs(said - true) * len(members)
    return {"table": table, "gap": round(gap / len(pairs), 4) if pairs else 0.0}


def _mean(numbers: Sequence[float]) -> float:
    return round(sum(numbers) / len(numbers), 4) if numbers else 0.0


def source_of(document: Document) -> str:
    """Return the text with blanks for carriage returns, so that offsets stay."""
    return document.text.replace("\r", " ")


def section_of(document: Document) -> Any:
    """Return the section that Chia's file names say; LCT's texts have headings."""
    return {"_inc": "inclusion", "_exc": "exclusion"}.get(document.id[-4:])


class Gold:
    """What the annotators marked, to judge atoms by.

    Args:
        document: With its annotations.
        eligibility: The outline of its text, whose map leads back to it.
    """

    def __init__(self, document: Document, eligibility: Eligibility) -> None:
        self.text = source_of(document)
        self.bounds = sorted(document.bounds.values(), key=lambda bound: bound.start)
        self.runs = eligibility.map
        self.run_starts = [run[0] for run in self.runs]
        starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        self.line_starts = starts
        self.annotated = {self._line(bound.start) for bound in self.bounds}

    def judge(self, atom: Atom) -> bool | None:
        """Tell whether an atom is right; None where that cannot be told."""
        if isinstance(atom, Unstructured) or not atom.spans:
            return None
        places = [self._back(*span) for span in atom.spans]
        if any(self._line(start) not in self.annotated for start, _ in places):
            return None
        meeting = [bound for bound in self.bounds if _meets(bound, places)]
        labels = LABELS[atom.type]
        named = any(bound.label in labels and _holds(bound, atom) for bound in meeting)
        return named and numbers_of(atom) <= _numbers_in(meeting)

    def _back(self, start: int, end: int) -> tuple[int, int]:
        return self._source(start), self._source(end - 1) + 1

    def _source(self, at: int) -> int:
        run = self.runs[max(bisect_right(self.run_starts, at) - 1, 0)]
        return run[1] + at - run[0]

    def _line(self, at: int) -> int:
        return bisect_right(self.line_starts, at)


def _meets(bound: TextBound, places: Iterable[tuple[int, int]]) -> bool:
    return any(low < end and start < high for start, end in places for low, high in bound.spans)


def _holds(bound: TextBound, atom: Atom) -> bool:
    """Tell whether an annotation holds the last word of what an atom names."""
    concept = getattr(atom, "concept", None)
    words = _words(concept.text) if concept is not None else []
    return not words or words[-1] in _words(bound.text)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def numbers_of(atom: Atom) -> set[float]:
    """Return the numbers that an atom bounds, those of its modifiers aside."""
    dumped = atom.model_dump(exclude=set(_MODIFYING))
    return {value for value, _, _ in bounds_of(dumped)}


def _numbers_in(bounds: Iterable[TextBound]) -> set[float]:
    return set(_numbers(" ".join(bound.text for bound in bounds).lower()))


def _numbers(text: str) -> Iterator[float]:
    for word in _NUMBER.findall(text):
        value = parse_number(word)
        if value is not None:
            yield float(value)
