"""From an outline to rules: every criterion that is a rule gets one.

The way of a criterion: its clean text (with the way back to the eligibility text) becomes a `Doc`, the Doc a row of
units, the row a rule by the grammar; a list head is then joined with the rules of its items.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from parser.models.eligibility import Criterion, Eligibility
from parser.models.result import Limits
from parser.models.trial import Diagnostic
from parser.rules.context import Context
from parser.rules.findings import find
from parser.rules.grammar import read_criterion, read_list
from parser.rules.heads import Reading, is_generic, join_children, opens_with_disease
from parser.rules.segments import resegment
from parser.rules.stated import state_age_and_sex
from parser.rules.units import units
from parser.rules.unstructured import unstructured
from parser.text import TracedText
from parser.vocabulary import MeasurementVocabulary, Vocabularies, Vocabulary, code_rules, name_concepts

#: Longest criterion, in characters, whose words are read; longer ones are kept with reason `too_long`.
LONGEST_CRITERION = 10_000

_MEASUREMENTS = MeasurementVocabulary()
_BLANKS = re.compile(r"\s+")


def structure(
    eligibility: Eligibility, nlp: Language, limits: Limits | None = None, vocabulary: Vocabulary | None = None
) -> list[Diagnostic]:
    """Give every criterion with role `rule` its rule; set the stated age and sex, and renew segments.

    Args:
        eligibility: With its outline; changed in place.
        nlp: A pipeline with the components of `parser.nlp.load`.
        limits: `seconds` bounds the CPU time; criteria beyond it are kept with reason `too_long`.
        vocabulary: Gives concepts codes, beside those of what is measured, which come with the package.

    Returns:
        What is doubtful about the rules.
    """
    text = eligibility.text or ""
    criteria = [criterion for criterion in eligibility.walk() if criterion.role == "rule"]
    contexts = {criterion.id: _context(text, criterion) for criterion in criteria}
    readings = dict(_read_all(criteria, contexts, nlp, limits or Limits()))
    for criterion in eligibility.criteria:
        _assign(criterion, readings)
    name_concepts(eligibility)
    code_rules(eligibility, _MEASUREMENTS if vocabulary is None else Vocabularies(_MEASUREMENTS, vocabulary))
    eligibility.segments = resegment(text, eligibility.segments, eligibility.walk())
    state_age_and_sex(eligibility)
    return find(eligibility)


def _context(text: str, criterion: Criterion) -> Context:
    """Return the criterion's clean text, blanks collapsed, with its way back."""
    traced = TracedText.of(text, *criterion.span)
    edits = ((m.start(), m.end(), " ") for m in _BLANKS.finditer(traced.text) if m.group() != " ")
    return Context(kind=criterion.kind, text=traced.replaced(edits), read_list=read_list)


def _read_all(
    criteria: list[Criterion], contexts: dict[str, Context], nlp: Language, limits: Limits
) -> Iterator[tuple[str, Reading]]:
    """Yield what each criterion's own words say, by its id."""
    deadline = time.process_time() + limits.seconds if limits.seconds is not None else None
    wanted: list[tuple[str, Criterion]] = []
    for criterion in criteria:
        context = contexts[criterion.id]
        if criterion.criteria and is_generic(context.text.text):
            yield criterion.id, Reading(None)
        elif len(context.text.text) > LONGEST_CRITERION:
            yield criterion.id, _too_long(context)
        else:
            wanted.append((context.text.text, criterion))
    for doc, criterion in nlp.pipe(wanted, as_tuples=True):
        context = contexts[criterion.id]
        late = deadline is not None and time.process_time() > deadline
        yield criterion.id, _too_long(context) if late else _read(doc, context)


def _too_long(context: Context) -> Reading:
    return Reading(unstructured(context, 0, len(context.text.text), "too_long"))


def _read(doc: Doc, context: Context) -> Reading:
    row = units(doc)
    rule = read_criterion(row, context) if row else unstructured(context, 0, len(doc.text))
    return Reading(rule, names_disease=opens_with_disease(row))


def _assign(criterion: Criterion, readings: dict[str, Reading]) -> None:
    """Set the rules of a criterion and of all under it, the deepest first."""
    for child in criterion.criteria:
        _assign(child, readings)
    if criterion.role != "rule":
        return
    own = readings[criterion.id].rule
    criterion.rule = join_children(criterion, own, readings) if criterion.criteria else own
