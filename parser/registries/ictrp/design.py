"""The study design of the portal's records: one text that most registers write as `label: value`."""

from __future__ import annotations

import re

from parser.normalize.absence import absent_reason
from parser.registries.ictrp.values import Value, put, put_words
from parser.registries.record import RecordBuilder

#: Field of the design to the labels that the registers write before its value.
_LABELS = {
    "allocation": "Allocation|Randomi[sz]ation|Randomi[sz]ed",
    "intervention_model": "Intervention model|Intervention assignment|Assignment",
    "masking": "Masking|Blinding and masking|Blinding",
    "purpose": "Primary purpose|Study design purpose|Purpose",
    "observational_model": "Observational model",
    "time_perspective": "Time perspective|Timing",
}
# A value ends at a semicolon, a line's end, two blanks, or a full stop or comma with another label behind it.
_END = r"(?=\s*(?:;|\n|\s{2}|\.\s*$|[.,]\s*(?:[A-Z][A-Za-z ]{2,40}|Type)\s*:|$))"
_PATTERNS = {
    field: re.compile(rf"(?<![A-Za-z])(?:{labels})[ \t]*:[ \t]*([^\s;.,:][^\n:]*?){_END}")
    for field, labels in _LABELS.items()
}
#: The EU register answers one question a line; the questions that are a value where the answer is yes.
_ANSWERED = {
    "allocation": ("Randomised",),
    "masking": ("Open", "Single blind", "Double blind"),
    "intervention_model": ("Parallel group", "Cross over"),
}
_ANSWER = re.compile(
    r"(?<![A-Za-z])(Randomised|Open|Single blind|Double blind|Parallel group|Cross over)\s*:\s*(yes|no)"
)


def read_design(record: RecordBuilder, value: Value) -> None:
    """Set the design's description, and what it says under labels."""
    if not put_words(record, "/design/description", value, prose=True):
        return
    text = value.prose
    answers = {label: answer == "yes" for label, answer in _ANSWER.findall(text)}
    if len(answers) > 1:
        for field, questions in _ANSWERED.items():
            stated = next((question for question in questions if answers.get(question)), None)
            if stated is not None:
                put(record, f"/design/{field}", stated, value)
        return
    for field, pattern in _PATTERNS.items():
        match = pattern.search(text)
        if match and absent_reason(match[1]) is None and match[1].casefold() not in ("yes", "no"):
            put(record, f"/design/{field}", match[1].rstrip(" .;,"), value)
