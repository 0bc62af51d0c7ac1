"""From an outline to rules: every criterion that is a rule gets one.

The way of a criterion: its clean text (with the way back to the eligibility text) becomes a `Doc`, the Doc a row of
units, the row a rule by the grammar; a list head is then joined with the rules of its items.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from parser.errors import diagnostic
from parser.models.eligibility import Criterion, Eligibility
from parser.models.result import Limits
from parser.models.rules import Rule
from parser.models.trial import Diagnostic
from parser.rules.announcing import announced, is_generic
from parser.rules.confidence import calibrated
from parser.rules.context import Context
from parser.rules.findings import find
from parser.rules.grammar import read_criterion, read_list
from parser.rules.heads import Reading, join_children, join_neighbours, opens_with_disease
from parser.rules.meanings import marks_of, read_meant
from parser.rules.memory import Key, Memory, moved
from parser.rules.segments import resegment
from parser.rules.stated import state_age_and_sex
from parser.rules.units import Unit, units
from parser.rules.unstructured import unstructured
from parser.text import TracedText
from parser.vocabulary import MeasurementVocabulary, Vocabularies, Vocabulary, code_rules, name_concepts

#: Longest criterion, in characters, whose words are read; longer ones are kept with reason `too_long`.
LONGEST_CRITERION = 10_000
#: Characters that go through the pipeline together: more would save no time, and their docs take memory.
_CHARACTERS_AT_ONCE = 100_000
#: The same before the clock is looked at again, where the time is bounded: two seconds of the worst text.
_CHARACTERS_BY_THE_CLOCK = 20_000

T = TypeVar("T")

_MEASUREMENTS = MeasurementVocabulary()
_BLANKS = re.compile(r"\s+")


def structure(
    eligibility: Eligibility, nlp: Language, limits: Limits | None = None, vocabulary: Vocabulary | None = None
) -> list[Diagnostic]:
    """Give every criterion with role `rule` its rule; set the stated age and sex, and renew segments.

    Args:
        eligibility: With its outline; changed in place.
        nlp: A pipeline with the components of `parser.nlp.load`.
        limits: `seconds` bounds the CPU time; criteria beyond it are kept with reason `too_long`, and a diagnostic.
        vocabulary: Gives concepts codes, beside those of what is measured, which come with the package.

    Returns:
        What is doubtful about the rules.
    """
    return structure_many([eligibility], nlp, limits, vocabulary)[0]


def structure_many(
    eligibilities: Sequence[Eligibility],
    nlp: Language,
    limits: Limits | None = None,
    vocabulary: Vocabulary | None = None,
    memory: Memory | None = None,
) -> list[list[Diagnostic]]:
    """As `structure`, of many: their criteria go through the pipeline together, which is faster.

    Args:
        eligibilities: As of `structure`.
        nlp: As of `structure`.
        limits: As of `structure`; with `seconds`, each goes through the pipeline by itself, so that its time counts.
        vocabulary: As of `structure`.
        memory: Criteria that it knows are not read again.

    Returns:
        Of each, what is doubtful about the rules.
    """
    limits = limits or Limits()
    coded_by = _MEASUREMENTS if vocabulary is None else Vocabularies(_MEASUREMENTS, vocabulary)
    size = 1 if limits.seconds is not None else max(len(eligibilities), 1)
    found: list[list[Diagnostic]] = []
    for start in range(0, len(eligibilities), size):
        some = eligibilities[start : start + size]
        for eligibility, readings in zip(some, _read_all(some, nlp, limits, memory), strict=True):
            cut = _put_unread(eligibility, readings, limits)
            found.append([*_finish(eligibility, readings, coded_by), *cut])
    return found


def _put_unread(eligibility: Eligibility, readings: dict[str, Reading], limits: Limits) -> list[Diagnostic]:
    """Keep the words of the criteria for which the time did not suffice, and say so."""
    unread = [one for one in eligibility.walk() if one.role == "rule" and one.id not in readings]
    for criterion in unread:
        readings[criterion.id] = _too_long(context_of(eligibility.text or "", criterion))
    if not unread:
        return []
    cut = diagnostic(
        "limit_exceeded",
        pointer="/eligibility/criteria",
        span=unread[0].span,
        limit=f"{limits.seconds:g}",
        what="CPU seconds for the rules of a document",
        found=f"{len(unread)} criteria not read by then",
    )
    return [cut]


def _finish(eligibility: Eligibility, readings: Mapping[str, Reading], coded_by: Vocabulary) -> list[Diagnostic]:
    """Make the rules of what each criterion's own words say, by its id."""
    for criterion in eligibility.criteria:
        _assign(criterion, readings)
    join_neighbours(eligibility.criteria)
    name_concepts(eligibility)
    code_rules(eligibility, coded_by)
    eligibility.segments = resegment(eligibility.text or "", eligibility.segments, eligibility.walk())
    found = find(eligibility)
    return [*found, *state_age_and_sex(eligibility)]


def context_of(text: str, criterion: Criterion) -> Context:
    """Return the criterion's clean text, blanks collapsed, with its way back."""
    traced = TracedText.of(text, *criterion.span)
    edits = ((m.start(), m.end(), " ") for m in _BLANKS.finditer(traced.text) if m.group() != " ")
    return Context(kind=criterion.kind, text=traced.replaced(edits), read_list=read_list)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A criterion whose words are to be read, and where what they say is put."""

    id: str
    context: Context
    readings: dict[str, Reading]

    def key(self) -> Key:
        return (self.context.text.text, self.context.kind)

    def put(self, reading: Reading) -> None:
        self.readings[self.id] = reading


def _read_all(
    eligibilities: Sequence[Eligibility], nlp: Language, limits: Limits, memory: Memory | None
) -> list[dict[str, Reading]]:
    """Return what each criterion's own words say, by its id, of each eligibility."""
    deadline = time.process_time() + limits.seconds if limits.seconds is not None else None
    found: list[dict[str, Reading]] = []
    wanted: list[_Wanted] = []
    for eligibility in eligibilities:
        readings: dict[str, Reading] = {}
        wanted.extend(_wanted(eligibility, readings))
        found.append(readings)
    if memory is None:
        for doc, each in _annotated([(each.context.text.text, each) for each in wanted], nlp, deadline):
            each.put(_read(doc, each.context))
    else:
        _read_unknown(wanted, nlp, deadline, memory)
    return found


def _read_unknown(wanted: Sequence[_Wanted], nlp: Language, deadline: float | None, memory: Memory) -> None:
    """Read the criteria that the memory does not know, those with the same words once."""
    unknown: dict[Key, list[_Wanted]] = {}
    for each in wanted:
        if each.key() in unknown:
            memory.count_hit()
            unknown[each.key()].append(each)
        elif (reading := memory.get(each.key())) is not None:
            each.put(moved(reading, each.context.text))
        else:
            unknown[each.key()] = [each]
    for doc, key in _annotated([(key[0], key) for key in unknown], nlp, deadline):
        same = unknown[key]
        reading = _read(doc, replace(same[0].context, text=TracedText.of(key[0])))
        memory.keep(key, reading)
        for each in same:
            each.put(moved(reading, each.context.text))


def _wanted(eligibility: Eligibility, readings: dict[str, Reading]) -> Iterator[_Wanted]:
    """Yield the criteria of an eligibility whose words are to be read; what is known of others is put at once."""
    for criterion in eligibility.walk():
        if criterion.role != "rule":
            continue
        context = context_of(eligibility.text or "", criterion)
        if criterion.criteria and is_generic(context.text.text):
            readings[criterion.id] = Reading(None)
        elif len(context.text.text) > LONGEST_CRITERION:
            readings[criterion.id] = _too_long(context)
        else:
            yield _Wanted(criterion.id, context, readings)


def _annotated(texts: Sequence[tuple[str, T]], nlp: Language, deadline: float | None) -> Iterator[tuple[Doc, T]]:
    """Yield the texts as docs, each with what came with it, as long as there is time."""
    for some in _few(texts, _CHARACTERS_AT_ONCE if deadline is None else _CHARACTERS_BY_THE_CLOCK):
        for doc, (_, each) in zip(_docs([text for text, _ in some], nlp), some, strict=True):
            if deadline is not None and time.process_time() > deadline:
                return
            yield doc, each


def _docs(texts: list[str], nlp: Language) -> list[Doc]:
    """Return the docs of texts, as `nlp.pipe` makes them.

    Each component goes over all texts before the next one does: so the processor has its code at hand, which saves a
    fifth of the time against one text after the other.
    """
    docs = [nlp.make_doc(text) for text in texts]
    for _, component in nlp.pipeline:
        docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
    return docs


def _few(texts: Iterable[tuple[str, T]], characters: int) -> Iterator[list[tuple[str, T]]]:
    """Yield the texts some at a time, with about so many characters."""
    some: list[tuple[str, T]] = []
    size = 0
    for text, each in texts:
        some.append((text, each))
        size += len(text)
        if size > characters:
            yield some
            some, size = [], 0
    if some:
        yield some


def _too_long(context: Context) -> Reading:
    return Reading(unstructured(context, 0, len(context.text.text), "too_long"))


def _read(doc: Doc, context: Context) -> Reading:
    row = units(doc)
    rule = calibrated(read_words(row, doc, context), doc, context)
    return Reading(rule, names_disease=opens_with_disease(row), announces=announced(row))


def read_words(row: list[Unit], doc: Doc, context: Context) -> Rule:
    """Return what a criterion's own words say, with confidences that are ranks: see `confidence`.

    Args:
        row: Its units.
        doc: Its words.
        context: Where they stand, as `context_of` gives it.
    """
    if not row:
        return unstructured(context, 0, len(doc.text))
    marks = marks_of(doc)
    return read_meant(row, marks, context, read_criterion) if marks else read_criterion(row, context)


def _assign(criterion: Criterion, readings: Mapping[str, Reading]) -> None:
    """Set the rules of a criterion and of all under it, the deepest first."""
    for child in criterion.criteria:
        _assign(child, readings)
    if criterion.role != "rule":
        return
    own = readings[criterion.id].rule
    criterion.rule = join_children(criterion, own, readings) if criterion.criteria else own
