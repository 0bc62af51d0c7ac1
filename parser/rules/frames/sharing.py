"""What the items of a list share: names, head nouns, qualifiers.

"Hepatitis B or C" share a name, "hepatic, renal or endocrine disorders" a head, "severe asthma or bronchitis" a
qualifier. Items come in as they were read, each with its own words, and leave complete.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parser.models.rules import Rule
from parser.models.values import Range
from parser.nlp.components.phrases.patterns import ABUSE, ADJECTIVE_ENDINGS, ADJECTIVES, ANATOMY, SUBSTANCES
from parser.normalize.concepts import singular
from parser.rules.context import GUESS, LIKELY, SURE
from parser.rules.frames.dosing import Dose
from parser.rules.things import NAMED, TREATMENTS
from parser.rules.units import Unit

#: Kinds of phrase that need the head noun of a later one in the list.
HEADLESS = ("Adjective", "Anatomy")

Qualifiers = list[Unit]

#: What a drug does to its target; each may stand alone after another ("inhibitors or inducers").
_ACTIONS = frozenset(
    f"{word}{ending}"
    for word in "inhibitor inducer substrate agonist antagonist activator modulator blocker".split()
    for ending in ("", "s")
)
#: A type of something without its name, and with it.
_TYPE = re.compile(r"(type|grade|stage|class) (?:\d|[ivx]+|[a-d])", re.IGNORECASE)
_NUMBERED = re.compile(r"\d .+")
_TYPED = re.compile(r"(?:type|grade|stage|class) (?:\d|[ivx]+|[a-d]) (.+)", re.IGNORECASE)


@dataclass(slots=True)
class Item:
    """One listed phrase.

    Attributes:
        text: The concept's words, a shared head included.
        kind: What it names: a label of `trial_phrases`.
        units: Its words' units, for the spans.
        qualifiers: Alternative sets of qualifiers: "moderate or severe" is two, none is one empty set.
        extents: Qualifying phrases after the noun ("affecting survival"); they apply to every set.
        methods: From a bracket ("based on …").
        examples: From a bracket or after "such as".
        defined_as: From a bracket that lists the members of the term.
        unless: What a bracket takes out of it ("(excluding breast cancer)").
        where: Its stage, grade or class.
        dose: How much of it, of a treatment.
        graded_after: Whether that stands after the name, and not in a bracket.
        confidence: How sure its kind is.
        borrows_head: Whether part of its name stands at another item.
        ends_at: Where the cursor stood behind it.
    """

    text: str
    kind: str
    units: list[Unit]
    qualifiers: list[Qualifiers]
    extents: list[Unit] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    examples: list[Rule] = field(default_factory=list)
    defined_as: Rule | None = None
    unless: list[Rule] = field(default_factory=list)
    where: list[Rule] = field(default_factory=list)
    dose: Range | None = None
    graded_after: bool = False
    confidence: float = SURE
    borrows_head: bool = False
    ends_at: int = 0

    def take_dose(self, dose: Dose) -> bool:
        """Take in how much of it is given; False where it is nothing that is given."""
        if self.kind not in (*TREATMENTS, "Unknown", "Observation"):
            return False
        self.kind = self.kind if self.kind in TREATMENTS else "Drug"
        self.dose = dose.amount
        self.units = [*self.units, *dose.units]
        self.extents.extend([dose.equivalent] if dose.equivalent else [])
        return True

    @property
    def is_bare(self) -> bool:
        """Whether it is a single noun with no qualifier of its own."""
        return not any(self.qualifiers) and (" " not in self.text or self.borrows_head)


def share(items: list[Item], separators: Sequence[str]) -> None:
    """Complete the items of a list with what they share; `separators` stand between them."""
    _share_names(items)
    _share_kinds(items)
    _share_actions(items)
    _share_heads(items)
    _share_ways(items)
    _share_qualifiers(items, separators)
    _share_grades(items)


def _share_names(items: list[Item]) -> None:
    """Give the letter in "hepatitis B or C" its name."""
    for before, item in pairwise(items):
        stem, _, letter = before.text.rpartition(" ")
        if len(item.text) == 1 and stem and len(letter) == 1:
            phrase = before.units[0]
            item.text, item.kind, item.borrows_head = f"{stem} {item.text}", before.kind, True
            item.units = [Unit("phrase", "", phrase.start, phrase.start + len(stem), stem), *item.units]


def _share_kinds(items: list[Item]) -> None:
    """Give "type 1" in "type 1 or type 2 diabetes" its head, "2 diabetes" in "type 1 or 2 diabetes" its label."""
    for item, after in zip(reversed(items[:-1]), reversed(items[1:]), strict=True):
        label, numbered = _TYPE.fullmatch(item.text), _NUMBERED.fullmatch(after.text)
        if label and numbered:
            after.text = f"{label[1]} {after.text}"
        head = _TYPED.fullmatch(after.text)
        if label and head:
            last = after.units[-1]
            item.text, item.kind, item.borrows_head = f"{item.text} {head[1]}", after.kind, True
            item.units = [*item.units, Unit("phrase", "", last.end - len(head[1]), last.end, head[1])]


def _share_actions(items: list[Item]) -> None:
    """Give "inducers" in "strong CYP3A4 inhibitors or inducers" what they act on."""
    for before, item in pairwise(items):
        target, _, action = before.text.rpartition(" ")
        if not target or any(item.qualifiers) or {item.text.lower(), action.lower()} - _ACTIONS:
            continue
        first = before.units[0]
        item.text, item.kind, item.borrows_head = f"{target} {item.text}", before.kind, True
        item.qualifiers = before.qualifiers
        item.units = [Unit("phrase", "", first.start, first.start + len(target), target), *item.units]


def _share_ways(items: list[Item]) -> None:
    """Give "intranasal" in "intranasal or systemic decongestants" the name: both say how, as the qualifier shows."""
    for item, after in zip(reversed(items[:-1]), reversed(items[1:]), strict=True):
        is_way = item.kind == "Adjective" and " " not in item.text
        if is_way and after.kind in NAMED and any(after.qualifiers) and not after.borrows_head:
            ways = [unit for unit in item.units if unit.kind == "phrase"]
            item.text, item.kind, item.confidence = after.text, after.kind, min(item.confidence, LIKELY)
            item.qualifiers = [[*own, *ways] for own in item.qualifiers]
            item.units = after.units


def _share_heads(items: list[Item]) -> None:
    """Give "hepatic" and "renal" the head of "endocrine disorders", "drug" that of "alcohol abuse"."""
    head: Item | None = None
    group: list[Item] = []
    for item in reversed(items):
        if head is not None and (item.kind in HEADLESS or _is_substance_of(item, head)):
            _take_head(item, head)
            group.append(item)
        else:
            _share_within(group)
            head = item if _has_head_to_share(item) else None
            group = [item]
    _share_within(group)


def _has_head_to_share(item: Item) -> bool:
    """Tell whether a phrase is a classifier and a head ("endocrine disorders", "gastric variceal bleeding")."""
    classifier, _, head = item.text.lower().partition(" ")
    if item.kind not in ("Condition", "Procedure") or not head:
        return False
    return not {classifier, singular(classifier)}.isdisjoint((*ANATOMY, *SUBSTANCES)) or _is_adjective(classifier)


def _is_adjective(word: str) -> bool:
    return word in ADJECTIVES or (len(word) > 4 and word.endswith(ADJECTIVE_ENDINGS))


def _is_substance_of(item: Item, head: Item) -> bool:
    """Tell whether a listed substance is what the later head is about ("substance or alcohol use disorder")."""
    words = head.text.lower().split()
    return singular(item.text.lower()) in SUBSTANCES and (singular(words[-1]) in ABUSE or words[-2:-1] == ["use"])


def _take_head(item: Item, other: Item) -> None:
    """Put the item's word in the place of the other's classifier: "gastric" in "variceal bleeding" takes all of it."""
    head = other.text.partition(" ")[2]
    if head.partition(" ")[0] == item.text.rpartition(" ")[2]:
        head = head.partition(" ")[2]  # "basal cell or squamous cell carcinoma"
    phrase = next(unit for unit in reversed(other.units) if unit.kind == "phrase" and unit.text.endswith(head))
    item.text = f"{item.text} {head}"
    item.kind = other.kind
    item.borrows_head = True
    item.units = [*item.units, Unit("phrase", "", phrase.end - len(head), phrase.end, head)]
    item.confidence = min(item.confidence, GUESS if " " in head else LIKELY)


def _share_within(group: list[Item]) -> None:
    """Repeat the first one's qualifiers on the others that share its head; `group` runs from last to first."""
    for item in group[:-1]:
        if not any(item.qualifiers):
            item.qualifiers = group[-1].qualifiers


def _share_grades(items: list[Item]) -> None:
    """Repeat a grade after the last of a list on those before it ("neuropathy or neuropathic pain grade 2 or more")."""
    if items and items[-1].where and items[-1].graded_after:
        for item in items[:-1]:
            if not item.where and not item.methods:
                item.where = items[-1].where


def _share_qualifiers(items: list[Item], separators: Sequence[str]) -> None:
    """Repeat a qualifier on the bare nouns after it ("severe asthma or bronchitis"), until one with a modifier."""
    shared: list[Qualifiers] = [[]]
    for index, item in enumerate(items):
        if index and separators[index - 1] == "or" and any(shared) and item.is_bare and not item.borrows_head:
            item.qualifiers = shared
            item.confidence = min(item.confidence, LIKELY)
        shared = [[]] if item.examples or item.defined_as else item.qualifiers
