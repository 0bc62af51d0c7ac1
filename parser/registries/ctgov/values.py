"""ClinicalTrials.gov: its vocabularies, and how one value of a record becomes one of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from parser.models.trial import AbsentReason, SponsorClass
from parser.normalize.absence import ABSENCE_WORDS, absent_reason
from parser.registries.ctgov.nodes import Leaf, Node
from parser.registries.record import RecordBuilder
from parser.text import TracedText, mended

#: Codes of API v2 whose words in the registry are not just the code with blanks; the rest are.
CODE_WORDS: dict[str, str] = {
    "NA": "N/A",
    "NON_RANDOMIZED": "Non-Randomized",
    "SINGLE_GROUP": "Single Group Assignment",
    "PARALLEL": "Parallel Assignment",
    "CROSSOVER": "Crossover Assignment",
    "FACTORIAL": "Factorial Assignment",
    "SEQUENTIAL": "Sequential Assignment",
    "CASE_CONTROL": "Case-Control",
    "CASE_ONLY": "Case-Only",
    "CASE_CROSSOVER": "Case-Crossover",
    "ECOLOGIC_OR_COMMUNITY": "Ecologic or Community",
    "FAMILY_BASED": "Family-Based",
    "CROSS_SECTIONAL": "Cross-Sectional",
    "ECT": "Educational/Counseling/Training",
    "NON_PROBABILITY_SAMPLE": "Non-Probability Sample",
    "SUB_INVESTIGATOR": "Sub-Investigator",
    "SPONSOR_INVESTIGATOR": "Sponsor-Investigator",
    "SAMPLES_WITH_DNA": "Samples With DNA",
    "SAMPLES_WITHOUT_DNA": "Samples Without DNA",
    "STUDY_PROTOCOL": "Study Protocol",
    "SAP": "Statistical Analysis Plan (SAP)",
    "ICF": "Informed Consent Form (ICF)",
    "CSR": "Clinical Study Report (CSR)",
    "ANALYTIC_CODE": "Analytic Code",
    "NIH": "NIH",
}

#: `None` as a masking is a value, not its absence.
MASKING_NONE = "None (Open Label)"

SPONSOR_CLASSES: dict[str, SponsorClass] = {
    "nih": "government",
    "fed": "government",
    "u.s. fed": "government",
    "other_gov": "government",
    "other gov": "government",
    "other government": "government",
    "indiv": "individual",
    "individual": "individual",
    "industry": "industry",
    "network": "network",
    "other": "other",
    "ambig": "unknown",
    "unknown": "unknown",
}

YES_NO: dict[str, bool] = {
    "yes": True,
    "true": True,
    "y": True,
    "accepts healthy volunteers": True,
    "no": False,
    "false": False,
    "n": False,
    "does not accept healthy volunteers": False,
}

IPD_PLANS: dict[str, Literal["yes", "no", "undecided"]] = {"yes": "yes", "no": "no", "undecided": "undecided"}

_CODE = re.compile(r"[A-Z]{2,}(?:_[A-Z]+)*")
# The longest words that say that there is no value.
_LONGEST_ABSENCE = max(map(len, ABSENCE_WORDS)) + 1
_BLANK_LINE = re.compile(r"\s*\n[^\S\n]*\n\s*")


def display(code: str) -> str:
    """Return the registry's words for a code of API v2; words come back as they are."""
    if code in CODE_WORDS:
        return CODE_WORDS[code]
    return code.replace("_", " ").title() if _CODE.fullmatch(code) else code


def _is_plain(text: str) -> bool:
    """Tell cheaply whether a text cannot be damaged: damage shows in one of these (`_x` begins `_x000D_`)."""
    return text.isascii() and "\\" not in text and "&" not in text and "<" not in text and "_x" not in text


def _mended(text: str) -> str:
    return text if _is_plain(text) else mended(TracedText.of(text)).text


def line(text: str) -> str:
    """Return a value of one line: damage mended, blanks as one."""
    if _is_plain(text) and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_mended(text).split())


def absence(words: str) -> AbsentReason | None:
    """Return why there is no value, where the words say so."""
    return absent_reason(words) if len(words) <= _LONGEST_ABSENCE else None


def prose(node: Node, text: str) -> str:
    """Return running text: damage mended, and of a format that wraps its lines, each paragraph in one line."""
    words = _mended(text).strip()
    if not node.wrapped or "\n" not in words:
        return words
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in _BLANK_LINE.split(words))


def put(record: RecordBuilder, pointer: str, leaf: Leaf | None) -> bool:
    """Set a value of one line, or note why it is absent; tell whether it was set."""
    if leaf is None:
        return False
    return _put(record, pointer, leaf, line(leaf.text))


def put_prose(record: RecordBuilder, pointer: str, node: Node, name: str) -> bool:
    """Set running text, or note why it is absent; tell whether it was set."""
    leaf = node.one(name)
    return leaf is not None and _put(record, pointer, leaf, prose(node, leaf.text))


def put_display(record: RecordBuilder, pointer: str, leaf: Leaf | None) -> bool:
    """Set a value of a vocabulary in the registry's words; `N/A` in one is not applicable."""
    if leaf is None:
        return False
    words = display(line(leaf.text))
    if words.casefold() in {"n/a", "not applicable"}:
        record.miss(pointer, "not_applicable")
        record.came_from(pointer, path=leaf.path)
        return False
    return _put(record, pointer, leaf, words)


def _put(record: RecordBuilder, pointer: str, leaf: Leaf, words: str) -> bool:
    if reason := absence(words):
        record.miss(pointer, reason)
        record.came_from(pointer, path=leaf.path)
        return False
    record.set(pointer, words, path=leaf.path)
    return True


def put_flag(record: RecordBuilder, pointer: str, leaf: Leaf | None) -> None:
    """Set a yes or no; other words are noted and leave the field empty."""
    if leaf is None or not leaf.text.strip():
        return
    words = line(leaf.text)
    answer = YES_NO.get(words.casefold())
    if answer is not None:
        record.set(pointer, answer, path=leaf.path)
        return
    record.miss(pointer, absent_reason(words) or "unparseable")
    record.came_from(pointer, path=leaf.path)
    if absent_reason(words) is None:
        record.note("unknown_value", pointer=pointer, field="yes and no", found=words)


def worded(node: Node, name: str) -> Leaf | None:
    """Return a value of one line for `add`."""
    leaf = node.one(name)
    return None if leaf is None else _with(leaf, line(leaf.text))


def described(node: Node, name: str) -> Leaf | None:
    """Return running text for `add`."""
    leaf = node.one(name)
    return None if leaf is None else _with(leaf, prose(node, leaf.text))


def displayed(node: Node, name: str) -> Leaf | None:
    """Return a value of a vocabulary for `add`, in the registry's words."""
    leaf = node.one(name)
    return None if leaf is None else _with(leaf, display(line(leaf.text)))


def _with(leaf: Leaf, words: str) -> Leaf:
    return leaf if words is leaf.text else Leaf(words, leaf.path)


def put_extra(record: RecordBuilder, label: str, leaf: Leaf | None, value: str | None = None) -> None:
    """Keep a value that has no field of its own."""
    if leaf is not None and (words := value or line(leaf.text)):
        pointer = record.append("/extra", {"label": label, "value": words})
        record.came_from(f"{pointer}/value", path=leaf.path)


def add(
    record: RecordBuilder, pointer: str, values: Mapping[str, Leaf | None], name: str = "", **fixed: str
) -> str | None:
    """Add an entry to a list from its fields, each with its place; values that say that there is none are left out.

    Args:
        record: Gets the entry.
        pointer: The list.
        values: The values by the entry's fields, in the words that they get.
        name: The field without which there is no entry; its words are kept even if they say that there is none.
        **fixed: Fields whose value the source states by where the entry stands.

    Returns:
        The entry's pointer; None where it has no value.
    """
    present: dict[str, str] = {}
    places: dict[str, str] = {}
    for field, leaf in values.items():
        if leaf is not None and leaf.text and (field == name or absence(leaf.text) is None):
            present[field], places[field] = leaf
    if not present or (name and name not in present):
        return None
    entry = record.append(pointer, {**present, **fixed})
    for field, path in places.items():
        record.came_from(f"{entry}/{field}", path=path)
    return entry


def put_list(record: RecordBuilder, pointer: str, leaves: Sequence[Leaf]) -> None:
    """Set a list of plain values, each with its place; those that say that there is none are left out."""
    stated = [(words, leaf.path) for leaf in leaves if absence(words := line(leaf.text)) is None]
    if stated:
        record.set(pointer, [words for words, _ in stated])
        for index, (_, path) in enumerate(stated):
            record.came_from(f"{pointer}/{index}", path=path)
