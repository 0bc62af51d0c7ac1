"""What is doubtful about rules, said as diagnostics and flags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parser.errors import diagnostic
from parser.models.eligibility import Criterion, Eligibility
from parser.models.rules import Age, Allergy, AnyOf, Condition, Not, Reproductive, Rule, Treatment, atoms
from parser.models.trial import Diagnostic

#: States that an exclusion names and does not deny.
_ADVERSE = Condition | Allergy | Reproductive | Treatment


def find(eligibility: Eligibility) -> list[Diagnostic]:
    """Flag what is suspect in the criteria and return a diagnostic for each finding."""
    return list(_of_all(eligibility.text or "", eligibility.criteria, "/eligibility"))


def _of_all(text: str, criteria: Sequence[Criterion], above: str) -> Iterator[Diagnostic]:
    for index, criterion in enumerate(criteria):
        pointer = f"{above}/criteria/{index}"
        if criterion.rule is not None and not criterion.criteria:
            yield from _of(text, criterion, criterion.rule, f"{pointer}/rule")
        yield from _of_all(text, criterion.criteria, pointer)


def _of(text: str, criterion: Criterion, rule: Rule, pointer: str) -> Iterator[Diagnostic]:
    for atom in atoms(rule):
        if isinstance(atom, Age) and atom.range is not None and atom.range.unit is None and atom.spans:
            start, end = atom.spans[-1]
            yield diagnostic("age_unit_assumed", pointer=pointer, span=(start, end), found=text[start:end])
    if criterion.kind == "exclusion" and _denies_a_state(rule):
        criterion.flags.append("polarity_suspect")
        yield diagnostic("polarity_suspect", pointer=pointer, span=criterion.span, found=criterion.text)


def _denies_a_state(rule: Rule) -> bool:
    """Tell whether a rule, or an alternative of it, denies an adverse state: "No history of cardiac disease"."""
    if isinstance(rule, AnyOf):
        return any(_denies_a_state(part) for part in rule.rules)
    return isinstance(rule, Not) and all(isinstance(atom, _ADVERSE) for atom in atoms(rule))
