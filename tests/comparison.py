"""How tests compare records: what is said, apart from where it stands.

A rule's `spans` and `confidence` are no part of what it says, and a canonical bound only repeats the bound; tests of
their own check these. Lists of which any or all members apply have no order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from parser.models import Criterion, Segment, Trial

_NOT_SAID = {"spans", "confidence", "canonical"}
_UNORDERED = {"status", "certainty", "method", "qualifiers"}

#: Fields that say the same whatever the page's markup.
FIELDS = (
    "title",
    "scientific_title",
    "status",
    "keywords",
    "conditions",
    "summary",
    "sponsor",
    "contacts",
    "locations",
    "countries",
    "timeline",
    "extra",
    "absent",
)


def said(value: Any) -> Any:
    """Return a dumped rule or range with only what it says; qualifiers in lower case."""
    if isinstance(value, list):
        return [said(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: said(item) for key, item in value.items() if key not in _NOT_SAID}
    for key in _UNORDERED & kept.keys():
        if isinstance(kept[key], list):
            kept[key] = sorted(word.lower() if key == "qualifiers" else word for word in kept[key])
    return kept


def tree(criteria: Sequence[Criterion], *, rules: bool = True) -> list[dict[str, Any]]:
    """Return the outline as nested `{id, kind, role, text, rule, criteria}`."""
    return [
        {
            "id": criterion.id,
            "kind": criterion.kind,
            "role": criterion.role,
            "text": criterion.text,
            **({"rule": said(criterion.rule.model_dump()) if criterion.rule else None} if rules else {}),
            "criteria": tree(criterion.criteria, rules=rules),
        }
        for criterion in criteria
    ]


def fields(trial: Trial) -> dict[str, Any]:
    """Return what the page's fields say."""
    record = trial.model_dump()
    eligibility = trial.eligibility
    return {
        **{name: record.get(name) for name in FIELDS},
        "as_of": record["source"].get("as_of"),
        "sex": eligibility.sex,
        "stated_age": said(eligibility.stated_age.model_dump()) if eligibility.stated_age else None,
    }


def labelled_characters(text: str, segments: Sequence[Segment]) -> dict[int, str]:
    """Return the segment kind of every non-blank character; adjoining segments of a kind read as one."""
    return {
        place: segment.kind
        for segment in segments
        for place in range(*segment.span)
        if place < len(text) and not text[place].isspace()
    }


def led_back(text: str, runs: Sequence[tuple[int, int, int]]) -> dict[int, int]:
    """Return the place in the source of every non-blank character of the text."""
    return {
        start + step: source + step
        for start, source, length in runs
        for step in range(length)
        if not text[start + step].isspace()
    }


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every node of a dumped rule, those inside an atom's modifiers included."""
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        if "type" in value and "spans" in value:
            yield value
        for item in value.values():
            yield from nodes(item)
