"""What taking part asks for: adherence, ethics, no other trial, ….

The words' polarity comes from the topic: "poor adherence" is `not(requirement adherence)`.
"""

from __future__ import annotations

from parser.models.rules import Requirement, Rule
from parser.rules.context import SURE, Context, concept, not_
from parser.rules.frames.timing import read_timing
from parser.rules.units import Cursor, Unit

#: Last words of what a study asks to be followed; anything else is named in the rule ("poor adherence to insulin").
_STUDY_THINGS = frozenset("protocol study trial procedures schedule plan visits requirements regimen treatment".split())


def requirement(cursor: Cursor, context: Context) -> Rule | None:
    """Read one requirement with its status and windows."""
    statuses = cursor.take_all("status")
    topic = cursor.take("requirement")
    if topic is None:
        return None
    if topic.value.startswith("-") and any(status.value != "current" for status in statuses):
        # "history of poor compliance" is no denial of compliance at any time
        return None
    name = topic.value.removeprefix("-")
    target = cursor.attempt(lambda: _target(cursor)) if name == "adherence" else None
    timing = read_timing(cursor)
    parts = context.spans(*statuses, topic, *([target] if target else []), *timing.units)
    rule = Requirement.model_validate(
        {
            "topic": name,
            "concept": concept(target.text) if target is not None and not _is_the_study(target) else None,
            "status": [status.value for status in statuses],
            **timing.fields(),
            "spans": parts,
            "confidence": SURE,
        }
    )
    return not_(rule, parts) if topic.value.startswith("-") else rule


def _target(cursor: Cursor) -> Unit | None:
    """Read what is to be adhered to."""
    if cursor.take("word", "to") is None and not _take_with(cursor):
        return None
    cursor.take("article")
    return cursor.take("phrase")


def _take_with(cursor: Cursor) -> bool:
    if not cursor.sees("narrowing") or cursor.units[cursor.at].text.lower() != "with":
        return False
    cursor.at += 1
    return True


def _is_the_study(target: Unit) -> bool:
    return target.text.split()[-1].lower() in _STUDY_THINGS
