"""Does the time of a function grow with its input and no faster? Asked of hostile inputs, at four times the size."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")

#: Linear work costs four times as much, quadratic work sixteen times.
GROWTH = 4
_MOST = 9
#: CPU seconds that the clock, and what is done once for every input, may add.
_SLACK = 0.05
_TRIES = 4
#: Examples of hypothesis' usual profile.
_EVERYDAY = 100
_SHARE = 8

#: What patterns trip over, each repeated: brackets, blanks, digits, bullets, marks that show nothing, halves of markup,
#: and the words that the grammar turns on.
UNITS = (
    *"( ) [ ] ((( () < > <p> </p> <br> <!-- <a &amp; &# \\ \\< * ** _ | # = - -- – • · ~ ± / : ; , . … ' \" %".split(),
    *(" ", "\t", "\n", "\r\n", "\u00a0", "\u200b", "\u202e", "\ufeff", "\0", "\x0b", "\u2028", "\ufffd", "\u3000"),
    *("- ", "1. ", "1.", "1) ", "(a) ", "i. ", "• a\n", "- a\n", "1. a\n", "a:\n", "a: ", "  - a\n", "- a:\n"),
    *("9", "9 ", "9.", "9,", "1-", "1 - ", "1/", "1,000 ", "10^9", "x 10 ", "IV ", "III-", "2020-01-01 ", "1 Jan "),
    *("a", "A", "a ", "aB", "a-", "a/", "a.", "a. ", "a, ", "a; ", "a@b.", "é", "中", "。", "Ã", "â‰¥", "_x000D_"),
    *("and ", "or ", "no ", "not ", "of ", "to ", "asthma, ", "asthma or ", "men ", "patients who have "),
    *("history of ", "if ", "unless ", "except ", "e.g., ", "i.e. ", "(e.g., asthma ", "defined as ", "such as "),
    *("within 4 weeks of ", "4 weeks ", "before ", "≥ 5 x ULN ", "AST < 5 (", "AST/ALT ", "EGFR/ALK/", "EGFR "),
    *("18 years ", "18-65 years ", "between 1 and ", "less than ", "mg/dL ", "10*9/L ", "% ", "grade 3 "),
    *("Inclusion Criteria:\n", "Exclusion criteria ", "Cohort A:\n", "Part 1: ", "any of: ", "NCT01234567 "),
)  # fmt: skip


def assert_linear(work: Callable[[T], object], make: Callable[[int], T], label: str = "") -> None:
    """Check that four times the size costs little more than four times the CPU time.

    Args:
        work: What is measured; it must not raise.
        make: Makes an input of so many times its smallest size.
        label: Names the input in the message.
    """
    small, large = make(1), make(GROWTH)
    best_small = best_large = float("inf")
    for _ in range(_TRIES):
        best_small = min(best_small, cost(work, small))
        best_large = min(best_large, cost(work, large))
        if best_large <= _MOST * best_small + _SLACK:
            return
    raise AssertionError(f"{label}: {best_small:.3f} s, then {best_large:.3f} s for {GROWTH} times as much")


def units_of(name: str) -> tuple[str, ...]:
    """Return the units for a test: all of them in the longer profile, else a few, others for other tests."""
    return UNITS if settings.default.max_examples > _EVERYDAY else UNITS[len(name) % _SHARE :: _SHARE]


def assert_linear_in_units(
    name: str, work: Callable[[str], object], size: int, *, before: str = "x ", after: str = " x"
) -> None:
    """Check it of hostile units, each repeated to so many characters between two words."""
    for unit in units_of(name):

        def make(times: int, unit: str = unit) -> str:
            return before + unit * (times * size // len(unit)) + after

        assert_linear(work, make, f"{name}, {unit!r}")


def cost(work: Callable[[T], object], data: T) -> float:
    """Return the CPU seconds of some work, without those of the garbage collector."""
    gc.collect(0)
    gc.disable()
    try:
        begun = time.process_time()
        work(data)
        return time.process_time() - begun
    finally:
        gc.enable()
