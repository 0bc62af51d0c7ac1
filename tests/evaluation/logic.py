"""Are alternatives told from what is asked for together? `python -m tests.evaluation logic DIR`, on Chia or LCT.

**Given gold entities** (`given`), `coordinate` says which of a line's entities are neighbours in a list:

- Chia groups alternatives (`OR`): pairs of entities of one group, out of the pairs of the groups made and of the gold
  groups. Beside it `nearest`: each entity with the one before it where nothing but separators stands between.
- LCT relates neighbours (`Or`, `And`): related pairs right, in any order, out of pairs predicted and gold relations.
  Lines that "and" or "or" joins are one; a relation across other lines can only be missed.

**End to end** (`rules`): the text is parsed, and gold pairs are looked up in its rules. `found` is the share of them
whose two entities stand in two atoms of one criterion, `right` the share of these that are joined as the gold says: by
the lowest node above both, `any_of` for alternatives and `all_of` for what is asked for together; under a `not` and in
an exclusion's list the node is what is compared too, since there it is an `any_of` that lists what disqualifies.
`If-Then` pairs are right where an inclusion has "not the first, or the second" and an exclusion has both. A
`Criteria-Count` ("at least two of the following") is right where the rule of its criterion has an `any_of` with that
number, or an `all_of` where none is named.

The corpora are Chia (Kury et al. 2020, CC BY 4.0) and LCT (Dobbins et al. 2022, Leaf Clinical Trials); neither `dev`
part was trained on.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span

import parser
from parser.models.eligibility import Criterion, CriterionKind, Eligibility
from parser.models.rules import AllOf, AnyOf, Not, Rule, Unstructured, parts
from parser.nlp.components.coordination import alternatives, coordinate
from parser.normalize.numbers import parse_number
from parser.outline import outline
from tests.evaluation.brat import Document, Event, TextBound, read_folder
from tests.evaluation.relations import figures, pipeline, span_of

#: Chia's labels of what may be a member of a list; the rest are remarks on the text.
_MEMBERS = frozenset(
    "Condition Drug Procedure Measurement Observation Device Person Qualifier Value Temporal Mood Multiplier Visit "
    "Reference_point Negation Informed_consent".split()
)
#: LCT's labels, by the one of Chia's that says the same.
_LCT_LABELS: dict[str, str] = {
    **dict.fromkeys(
        "Condition Drug Procedure Observation Negation Allergy Risk Contraindication Coreference Other Study "
        "Family-Member Encounter Organism Immunization Indication Death Birth Provider Language Location".split(),
        "",
    ),
    **dict.fromkeys(("Modifier", "Severity", "Acuteness", "Stability", "Polarity"), "Qualifier"),
    **dict.fromkeys(("Life-Stage-And-Gender", "Age", "Ethnicity"), "Person"),
    "Eq-Comparison": "Value",
    "Assertion": "Mood",
}
#: Those of them that Chia has under another name.
_OTHERWISE = {
    "Allergy": "Condition",
    "Risk": "Mood",
    "Contraindication": "Condition",
    "Encounter": "Visit",
    "Immunization": "Procedure",
    "Organism": "Condition",
    "Coreference": "Condition",
}

#: Words that join a line to the next, at its end or at the beginning of that.
_JOINED_TO_NEXT = re.compile(r"\b(?:and|or)\W*$", re.IGNORECASE)
_MARKER = re.compile(r"\s*(?:[-*•]|\(?\w{1,2}[.)])\s")
_JOINED_TO_LAST = re.compile(rf"(?:{_MARKER.pattern})?\s*(?:and|or)\b", re.IGNORECASE)

#: In the order of the text, but of `if` in the order of the relation.
Pair = tuple[str, str]
Place = tuple[int, int]

#: What a file of Chia's holds, by the end of its name.
_SECTIONS: dict[str, CriterionKind] = {"_inc": "inclusion", "_exc": "exclusion"}


@dataclass
class Row:
    """One line with its gold entities and pairs; lines that "and" or "or" joins are one.

    Attributes:
        text: The line, the markers of those joined to it blanked.
        start: Where it begins in its document.
        excludes: Whether it stands in a section of exclusions.
        things: By id, label and place in the line.
        gold: Pairs of ids by what relates them: `or`, `and`, `if` (the condition first).
    """

    text: str
    start: int
    excludes: bool
    things: dict[str, tuple[str, Place]] = field(default_factory=dict)
    gold: dict[str, set[Pair]] = field(default_factory=lambda: {"or": set(), "and": set(), "if": set()})


def evaluate(folder: Path) -> dict[str, Any]:
    """Return the scores over all documents of a folder."""
    begun = time.process_time()
    documents = list(read_folder(folder))
    is_lct = any(document.events for document in documents)
    rows = {document.id: list((lct_rows if is_lct else chia_rows)(document)) for document in documents}
    return {
        "evaluation": "logic",
        "given": given(documents, rows, closed=not is_lct),
        "rules": end_to_end(documents, rows),
        "cpu_seconds": round(time.process_time() - begun, 1),
    }


# --- the gold ---------------------------------------------------------------------------------------------------------


def chia_rows(document: Document) -> Iterator[Row]:
    """Yield the lines of a document of Chia's that hold entities; a group stays on its line."""
    rows = _empty_rows(document, lambda start: document.id.endswith("_exc"))
    bounds = {id: bound for id, bound in document.bounds.items() if bound.label in _MEMBERS}
    for group in document.groups:
        for pair in combinations([id for id in group if id in bounds], 2):
            if (row := _row_at(rows, bounds[pair[0]].start)) is _row_at(rows, bounds[pair[1]].start):
                row.gold["or"].add(_in_order(bounds, *pair))
    yield from _filled(rows, bounds, {id: bound.label for id, bound in bounds.items()})


def lct_rows(document: Document) -> Iterator[Row]:
    """Yield the lines of a document of LCT's that hold entities."""
    sections = [
        (criterion.span[0], criterion.kind) for top in outline(document.text).criteria for criterion in top.walk()
    ]

    def excludes(start: int) -> bool:
        kinds = [kind for begin, kind in sections if begin >= start]
        return bool(kinds) and kinds[0] == "exclusion"

    rows = _empty_rows(document, excludes)
    triggers = {event.trigger for event in document.events.values()}
    bounds = {id: bound for id in document.events if (bound := document.trigger_of(id)) is not None}
    bounds |= {id: bound for id, bound in document.bounds.items() if id not in triggers}
    bounds = {id: bound for id, bound in bounds.items() if bound.label in _LCT_LABELS}
    for name, *ends in document.relations:
        joint = {"Or": "or", "And": "and", "If-Then": "if"}.get(name)
        if joint and all(id in bounds for id in ends):
            row, other = (_row_at(rows, bounds[id].start) for id in ends)
            if row is other:
                row.gold[joint].add((ends[0], ends[1]) if joint == "if" else _in_order(bounds, *ends))
    labels = {
        id: _OTHERWISE.get(bound.label) or _LCT_LABELS[bound.label] or bound.label for id, bound in bounds.items()
    }
    yield from _filled(rows, bounds, labels)


def _in_order(bounds: dict[str, TextBound], one: str, other: str) -> Pair:
    def place(id: str) -> tuple[int, int, str]:
        start, end = _own_place(bounds[id], bounds.values())
        return start, -end, id

    first, second = sorted((one, other), key=place)
    return first, second


def _empty_rows(document: Document, excludes: Any) -> list[Row]:
    starts = [0, *(index + 1 for index, char in enumerate(document.text) if char == "\n")]
    ends = [*(start - 1 for start in starts[1:]), len(document.text)]
    rows: list[Row] = []
    for start, end in zip(starts, ends, strict=True):
        line = document.text[start:end].replace("\r", " ")
        if rows and (_JOINED_TO_NEXT.search(rows[-1].text) or _JOINED_TO_LAST.match(line)):
            rows[-1].text += " " + _MARKER.sub(lambda marker: " " * len(marker[0]), line)
        else:
            rows.append(Row(line, start, excludes(start)))
    return rows


def _row_at(rows: Sequence[Row], offset: int) -> Row:
    return next(row for row in reversed(rows) if row.start <= offset)


def _filled(rows: list[Row], bounds: dict[str, TextBound], labels: dict[str, str]) -> Iterator[Row]:
    for id, bound in bounds.items():
        row = _row_at(rows, bound.start)
        start, end = _own_place(bound, bounds.values())
        row.things[id] = (labels[id], (start - row.start, min(end - row.start, len(row.text))))
    yield from (row for row in rows if row.things)


def _own_place(bound: TextBound, others: Iterable[TextBound]) -> Place:
    """Return the stretch of an entity in several that no other shares: "basal cell" of "basal or squamous cell"."""
    if len(bound.spans) == 1:
        return bound.spans[0]
    shared = [span for other in others if other is not bound for span in other.spans]
    own = [span for span in bound.spans if not any(span[0] < end and start < span[1] for start, end in shared)]
    return (own or bound.spans)[0]


# --- given gold entities ----------------------------------------------------------------------------------------------


def given(documents: Sequence[Document], rows: dict[str, list[Row]], *, closed: bool) -> dict[str, Any]:
    """Return the scores of the pairs that `coordinate` makes of gold entities."""
    nlp = pipeline()
    counts: dict[str, list[int]] = {"or": [0, 0, 0], "and": [0, 0, 0], "nearest": [0, 0, 0]}
    for row in (row for made in rows.values() for row in made):
        doc = nlp.make_doc(row.text)
        found = {**predicted(doc, row, closed=closed), "nearest": _nearest(doc, row, closed=closed)}
        for joint, pairs in found.items():
            gold = row.gold["or" if joint == "nearest" else joint]
            for index, number in enumerate((len(pairs & gold), len(pairs), len(gold))):
                counts[joint][index] += number
    if closed:
        del counts["and"]  # Chia's AND marks no list
    else:
        for joint, numbers in counts.items():
            numbers[2] = sum(_name(joint) == name for document in documents for name, _, _ in document.relations)
    return {joint: {"gold_pairs": numbers[2], **figures(*numbers)} for joint, numbers in counts.items()}


def _name(joint: str) -> str:
    """Return LCT's name of a relation."""
    return {"and": "And", "if": "If-Then"}.get(joint, "Or")


def predicted(doc: Doc, row: Row, *, closed: bool) -> dict[str, set[Pair]]:
    """Return the pairs that `coordinate` makes; `closed` gives all pairs of a group, not only neighbours."""
    ids, spans = things_of(doc, row)
    links = coordinate(doc, spans, excludes=row.excludes)
    pairs = {(link.first, link.second) for link in links if link.either}
    if closed:
        order = {thing: (span.start_char, -span.end_char, ids[thing]) for thing, span in enumerate(spans)}
        groups = [sorted(group, key=order.__getitem__) for group in alternatives(links)]
        pairs = {pair for group in groups for pair in combinations(group, 2)}
    both = {(link.first, link.second) for link in links if not link.either}
    return {
        joint: {(ids[first], ids[second]) for first, second in found} for joint, found in (("or", pairs), ("and", both))
    }


def things_of(doc: Doc, row: Row) -> tuple[list[str], list[Span]]:
    """Return the entities of a line as spans, with their ids."""
    spans = {id: span_of(doc, place, label) for id, (label, place) in row.things.items()}
    found = {id: span for id, span in spans.items() if span is not None}
    return list(found), list(found.values())


_SEPARATORS = frozenset(", ; / or and and/or nor ( ) other".split())


def _nearest(doc: Doc, row: Row, *, closed: bool) -> set[Pair]:
    """Pair each entity with the one before it, where only separators stand between."""
    ids, spans = things_of(doc, row)
    order = sorted(range(len(spans)), key=lambda index: (spans[index].start, -spans[index].end))
    runs: list[list[int]] = [order[:1]]
    for before, index in pairwise(order):
        between = [token.lower_ for token in doc[spans[before].end : max(spans[index].start, spans[before].end)]]
        if between and _SEPARATORS.issuperset(between):
            runs[-1].append(index)
        else:
            runs.append([index])
    pairs = [pair for run in runs for pair in (combinations(run, 2) if closed else pairwise(run))]
    return {(ids[first], ids[second]) for first, second in pairs}


# --- end to end -------------------------------------------------------------------------------------------------------


def end_to_end(documents: Sequence[Document], rows: dict[str, list[Row]]) -> dict[str, Any]:
    """Look gold pairs and counts up in the rules of the parsed texts."""
    nlp = parser.load_nlp()
    counts: Counter[str] = Counter()
    for document in documents:
        eligibility = parser.parse_eligibility(document.text, nlp=nlp, kind=_SECTIONS.get(document.id[-4:]))
        for row in rows[document.id]:
            for joint, pairs in row.gold.items():
                for first, second in pairs:
                    places = (_whole_place(row, first), _whole_place(row, second))
                    counts[f"{joint} gold"] += 1
                    counts.update(f"{joint} {told}" for told in _told(eligibility, places, joint))
        counts.update(f"count {told}" for told in _counted(document, eligibility))
    return {
        joint: {
            "gold": counts[f"{joint} gold"],
            "found": _share(counts[f"{joint} found"], counts[f"{joint} gold"]),
            "right": _share(counts[f"{joint} right"], counts[f"{joint} found"]),
        }
        for joint in ("or", "and", "if", "count")
        if counts[f"{joint} gold"]
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _whole_place(row: Row, id: str) -> Place:
    start, end = row.things[id][1]
    return row.start + start, row.start + end


def _told(eligibility: Eligibility, places: tuple[Place, Place], joint: str) -> Iterator[str]:
    """Yield `found` where two places stand in two atoms of one criterion, and `right` where these are joined so."""
    for criterion in eligibility.walk():
        if criterion.rule is None:
            continue
        first, second = (list(_ways(criterion.rule, place)) for place in places)
        told = [
            _is_joined(one, other, joint, criterion) for one in first for other in second if one[-1] is not other[-1]
        ]
        if told:
            yield "found"
            if any(told):
                yield "right"
            return


def _ways(rule: Rule, place: Place, above: tuple[Rule, ...] = ()) -> Iterator[tuple[Rule, ...]]:
    """Yield the ways from a rule down to the atoms in whose words a place stands."""
    if isinstance(rule, AllOf | AnyOf | Not):
        for part in parts(rule):
            yield from _ways(part, place, (*above, rule))
    elif not isinstance(rule, Unstructured) and any(start < place[1] and place[0] < end for start, end in rule.spans):
        yield (*above, rule)


def _is_joined(one: tuple[Rule, ...], other: tuple[Rule, ...], joint: str, criterion: Criterion) -> bool:
    """Tell whether the lowest node above two atoms joins them as the gold says."""
    shared = [node for node, same in zip(one, other, strict=False) if node is same][-1]
    if joint == "if" and criterion.kind != "exclusion":
        return isinstance(shared, AnyOf) and any(isinstance(node, Not) for node in one[one.index(shared) :])
    return isinstance(shared, AnyOf if joint == "or" else AllOf)


def _counted(document: Document, eligibility: Eligibility) -> Iterator[str]:
    """Yield `gold` for each count of criteria, `found` where its criterion has a rule, `right` where that says it."""
    for event in document.events.values():
        if event.label != "Criteria-Count":
            continue
        yield "gold"
        place, wanted = document.bounds[event.trigger], _least(document, event)
        holding = [one for one in eligibility.walk() if one.span[0] <= place.start and place.end <= one.span[1]]
        if not holding or holding[-1].rule is None:
            continue
        yield "found"
        nodes = list(_nodes(holding[-1].rule))
        numbers = {node.at_least for node in nodes if isinstance(node, AnyOf)}
        if wanted in numbers if wanted else any(isinstance(node, AllOf) for node in nodes):
            yield "right"


def _least(document: Document, event: Event) -> int | None:
    """Return how many of its criteria a count asks for; None where it names no number."""
    for name, target in event.arguments:
        comparison = document.events.get(target)
        if name == "Min-Value" and comparison is not None:
            words = [document.bounds[value].text for name, value in comparison.arguments if name == "Value"]
            number = parse_number(words[0]) if words else None
            return int(number) if number is not None else None
    return None


def _nodes(rule: Rule) -> Iterator[Rule]:
    yield rule
    for part in parts(rule):
        yield from _nodes(part)
