"""What the items of a list share: names, head nouns, qualifiers.

"Hepatitis B or C" share a name, "hepatic, renal or endocrine disorders" a head, "severe asthma or bronchitis" a
qualifier. Items come in as they were read, each with its own words, and leave complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parser.models.rules import Rule
from parser.models.values import Range
from parser.nlp.components.phrases.patterns import ABUSE, ADJECTIVE_ENDINGS, ANATOMY, SUBSTANCES
from parser.normalize.concepts import singular
from parser.rules.context import GUESS, LIKELY, SURE
from parser.rules.frames.dosing import Dose
from parser.rules.things import TREATMENTS
from parser.rules.units import Unit

#: Kinds of phrase that need the head noun of a later one in the list.
HEADLESS = ("Adjective", "Anatomy")

Qualifiers = list[Unit]


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
    _share_heads(items)
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
    return len(word) > 4 and word.endswith(ADJECTIVE_ENDINGS)


def _is_substance_of(item: Item, head: Item) -> bool:
    """Tell whether a listed substance is what the later head is about ("substance or alcohol use disorder")."""
    words = head.text.lower().split()
    return singular(item.text.lower()) in SUBSTANCES and (singular(words[-1]) in ABUSE or words[-2:-1] == ["use"])


def _take_head(item: Item, other: Item) -> None:
    """Put the item's word in the place of the other's classifier: "gastric" in "variceal bleeding" takes all of it."""
    head = other.text.partition(" ")[2]
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
