"""What is doubtful about rules, said as diagnostics and flags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parser.errors import diagnostic
from parser.models.eligibility import Criterion, Eligibility
from parser.models.rules import (
    Age,
    Allergy,
    AnyOf,
    Condition,
    Not,
    Reproductive,
    Requirement,
    Rule,
    Treatment,
    atoms,
)
from parser.models.trial import Diagnostic

#: Words with which an inclusion begins that stands in the wrong section.
_EXCLUDING = re.compile(r"\W*exclu(?:de|ded|des|ding|sion)\b", re.IGNORECASE)
#: The trial's own treatment.
_OWN_DRUG = re.compile(r"\b(?:study|trial|investigational|excipients?|components?|ingredients?)\b", re.IGNORECASE)
#: Of these, nobody must be any one of several.
_PREGNANCY = frozenset(("pregnant", "breastfeeding", "planning_pregnancy"))
#: What every trial wants, so that lacking it is a reason to exclude.
_ALWAYS_ASKED = frozenset(("adherence", "follow_up", "investigator_judgement"))
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
        elif isinstance(atom, Age) and atom.range is None and atom.spans:
            start, end = atom.spans[-1]
            yield diagnostic("age_not_stated", pointer=pointer, span=(start, end), found=text[start:end])
    is_suspect = _denies_a_state(rule) if criterion.kind == "exclusion" else _keeps_out(criterion, rule)
    if is_suspect:
        criterion.flags.append("polarity_suspect")
        yield diagnostic("polarity_suspect", pointer=pointer, span=criterion.span, found=criterion.text)


def _keeps_out(criterion: Criterion, rule: Rule) -> bool:
    """Tell whether an inclusion requires what exclusions are about: "Hypersensitivity to the study drug"."""
    if criterion.kind != "inclusion" or "kind_inferred" in criterion.flags:
        return False
    if _EXCLUDING.match(criterion.text) and not isinstance(rule, Not):
        return True
    alternatives = rule.rules if isinstance(rule, AnyOf) else [rule]
    states = {each.state for each in alternatives if isinstance(each, Reproductive)}
    return len(states & _PREGNANCY) > 1 or all(_is_never_required(each) for each in alternatives)


def _is_never_required(rule: Rule) -> bool:
    """Tell whether a rule is one that no trial asks for: an allergy to its own drug, somebody who will not comply."""
    if isinstance(rule, Allergy):
        return _OWN_DRUG.search(rule.concept.text) is not None
    return isinstance(rule, Not) and isinstance(rule.rule, Requirement) and rule.rule.topic in _ALWAYS_ASKED


def _denies_a_state(rule: Rule) -> bool:
    """Tell whether a rule, or an alternative of it, denies an adverse state: "No history of cardiac disease"."""
    if isinstance(rule, AnyOf):
        return any(_denies_a_state(part) for part in rule.rules)
    return isinstance(rule, Not) and all(isinstance(atom, _ADVERSE) for atom in atoms(rule))
