"""What taking part asks for: adherence, ethics, no other trial, ….

The words' polarity comes from the topic: "poor adherence" is `not(requirement adherence)`.
"""

from __future__ import annotations

from parser.models.rules import Requirement, Rule
from parser.rules.context import SURE, Context, not_
from parser.rules.units import Cursor


def requirement(cursor: Cursor, context: Context) -> Rule | None:
    """Read one requirement with its status and windows."""
    statuses = cursor.take_all("status")
    topic = cursor.take("requirement")
    if topic is None:
        return None
    windows = cursor.take_all("window")
    parts = context.spans(*statuses, topic, *windows)
    rule = Requirement.model_validate(
        {
            "topic": topic.value.removeprefix("-"),
            "status": [status.value for status in statuses],
            "when": [window.data for window in windows],
            "spans": parts,
            "confidence": SURE,
        }
    )
    return not_(rule, parts) if topic.value.startswith("-") else rule
