"""Results of tests: "negative pregnancy test", "HBsAg positive"; of infections: "HIV positive".

A named test or antigen that is positive is a measurement; a named infection that is, is the infection.
"""

from __future__ import annotations

from parser.models.rules import Condition, Measurement, Rule
from parser.rules.context import LIKELY, Context, concept, not_
from parser.rules.frames.timing import read_timing
from parser.rules.units import Cursor, Unit

#: Last words of what gives a result.
_TESTS = frozenset(
    "test tests culture cultures serology antibody antibodies antigen pcr assay screen swab hbsag".split()
)
_INFECTIONS = frozenset(("hiv", "hbv", "hcv", "hepatitis b", "hepatitis c", "covid-19", "sars-cov-2"))


def result(cursor: Cursor, context: Context) -> Rule | None:
    """Read a test, antigen or infection with its result before or after it."""
    cursor.take("article")
    said = cursor.take("result")
    named = cursor.take("phrase") or cursor.take("measurement")
    said = said or (cursor.take("result") if named is not None else None)
    if said is None or named is None:
        return None
    timing = read_timing(cursor)
    words = named.text.lower()
    if words.split()[-1] in _TESTS:
        return Measurement(
            concept=concept(named.text),
            values=[said.value],
            **timing.fields(),
            spans=context.spans(said, named, *timing.units),
            confidence=LIKELY,
        )
    return _infection(named, said, context) if words in _INFECTIONS and not timing.units else None


def _infection(named: Unit, said: Unit, context: Context) -> Rule:
    rule = Condition(concept=concept(named.text), spans=context.spans(named, said), confidence=LIKELY)
    return rule if said.value == "positive" else not_(rule, context.spans(said))
