"""The tags that the network gives words: outside; begin and inside of each label."""

from __future__ import annotations

#: Chia's domain, field and construct labels.
LABELS = (
    "Condition",
    "Drug",
    "Procedure",
    "Measurement",
    "Value",
    "Temporal",
    "Observation",
    "Person",
    "Device",
    "Qualifier",
    "Negation",
)
OUTSIDE = 0
#: `B-` of a label has an odd index, its `I-` is the next one.
TAGS = ("O", *(prefix + label for label in LABELS for prefix in ("B-", "I-")))
