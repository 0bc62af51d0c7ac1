"""What a list head says of its items, where it says nothing else: "No history of the following within 6 months:".

How many of the items are asked for (`Count`), and in which manner (`Announcement`): denied, as a history, known,
within a time. The items' own words come first where they say the same thing otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parser.models.rules import (
    Allergy,
    AllOf,
    AnyOf,
    Condition,
    Measurement,
    Not,
    Observation,
    Reproductive,
    Rule,
    Treatment,
    Unstructured,
)
from parser.models.values import Span, Window
from parser.normalize.numbers import parse_number
from parser.rules.context import any_of, concept, not_
from parser.rules.units import Unit

#: Words of which a head may consist without saying anything about a person.
GENERIC_WORDS = frozenset(
    """
    a an the any all of following specific specified certain particular defined selected special various some other
    relevant concomitant comorbid underlying medical clinical health problem problems condition conditions disease
    diseases disorder disorders criterion criteria patient patients subject subjects participant participants
    individual individuals with who have has having had must meet meets fulfil fulfill satisfy one or more at least
    two three four these those below listed as follows are is be and either each exclusion inclusion eligible
    eligibility for to in presence such situation situations circumstances cases case should will apply applies
    including includes include risk factor factors sign signs symptom symptoms finding findings feature features
    """.split()
)

_NUMBER = r"(?P<number>\w+)"
#: How a head counts, with what it asks for.
_COUNTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), how)
    for pattern, how in (
        (rf"\b(?:no more than|at most|not more than|up to|a maximum of) {_NUMBER} of\b", "at most"),
        (rf"\b(?:at least|any|a? ?minimum of|no (?:fewer|less) than) {_NUMBER} of\b", "at least"),
        (rf"(?:≥|>=) ?{_NUMBER} of\b", "at least"),
        (rf"\b{_NUMBER}(?: \(\d+\))? or more (?:of\b|risk|criteria|signs|symptoms|features)", "at least"),
        (r"\bnone of\b", "none"),
        (r"\ball\b|\bboth of\b|\beach of\b", "all"),
        (r"\b(?:any|either|one)\b", "any"),
        (rf"\b{_NUMBER} of the following\b", "at least"),
    )
)
_COUNTED_BY = {"all": "all", "any": "any", "none": "none"}
#: Words of a head that begin a list whose items say what it means, or which are examples of it.
_MEANING = re.compile(r"\b(?:defined|characteri[sz]ed|evidenced) (?:as|by)\b|\bi\.e\.", re.IGNORECASE)
_EXAMPLES = re.compile(
    r"\b(?:including|includes?|such as|e\.g\.|for example)(?:,? but (?:is |are )?not limited to)?"
    r"(?: (?:any (?:one )?of )?the following)?\W*$",
    re.IGNORECASE,
)

#: Kinds of unit that say nothing of the items by themselves; a quantity counts them.
_PASSED = frozenset(("population", "article", "separator", "colon", "intro", "quantity"))
_WORD = re.compile(r"[^\W_]+")
#: A function of the body that limits define, and the words after it that only say that they do.
_ADEQUATE = re.compile(
    r"\W*(?:(?:all )?(?:patients?|subjects?|participants?)?\W*(?:must |should )?(?:have|has|having|with)\s+)?"
    r"(?P<name>(?:adequate|acceptable|sufficient|satisfactory)\s+(?:[\w/,-]+\s+){0,8}?(?:functions?|reserve))\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SAYS_HOW = GENERIC_WORDS | frozenset(
    """
    defined indicated evidenced demonstrated determined documented assessed by laboratory lab values value parameters
    parameter tests test results result levels limits ranges range meeting including
    """.split()
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many items a head asks for.

    Attributes:
        how: `all`, `any`, `none`, `at least` or `at most`.
        number: Of the last two.
    """

    how: str
    number: int = 1

    def join(self, rules: list[Rule]) -> Rule | None:
        """Join rules so; None where there are not as many, or where all are asked for."""
        if self.how == "at most" and self.number < len(rules):
            return not_(any_of(rules, self.number + 1), [])
        if self.how == "at least" and self.number <= len(rules):
            return any_of(rules, self.number)
        return any_of(rules) if self.how == "any" else None


@dataclass(frozen=True, slots=True)
class Announcement:
    """In which manner the items of a list are meant.

    Attributes:
        is_denied: Whether there must be none of them.
        status: `history`, `current`, ….
        certainty: `known`, ….
        windows: When.
    """

    is_denied: bool = False
    status: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()

    def said_of(self, rule: Rule) -> Rule:
        """Return an item's rule with what the head says of it."""
        match rule:
            case AllOf() | AnyOf():
                return rule.model_copy(update={"rules": [self.said_of(part) for part in rule.rules]})
            case Not():
                return rule.model_copy(update={"rule": self.said_of(rule.rule)})
            case Condition() | Treatment() | Allergy() | Reproductive() | Measurement():
                return rule.model_copy(update=self._more(rule))
            case Observation() if self.windows and not rule.when:
                return rule.model_copy(update={"when": list(self.windows)})
            case _:
                return rule

    def _more(self, rule: Condition | Treatment | Allergy | Reproductive | Measurement) -> dict[str, object]:
        of_kind = {"history": "prior"} if isinstance(rule, Treatment) else {"prior": "history"}
        status = [of_kind.get(value, value) for value in self.status]
        more: dict[str, object] = {}
        if status and not rule.status and not isinstance(rule, Measurement):
            more["status"] = status
        if self.certainty and not rule.certainty:
            more["certainty"] = list(self.certainty)
        if self.windows and not rule.when:
            more["when"] = list(self.windows)
        return more


def is_generic(text: str) -> bool:
    """Tell whether a head only announces its list."""
    return all(word.lower() in GENERIC_WORDS or word.isdigit() for word in _WORD.findall(text))


def counted(text: str) -> Count | None:
    """Return how many of its items a head asks for; None where it does not say."""
    for pattern, how in _COUNTS:
        match = pattern.search(text)
        if match is None:
            continue
        if how in _COUNTED_BY:
            return Count(how)
        number = parse_number(match["number"])
        if isinstance(number, int) and number >= 1:
            return Count("any") if (how, number) == ("at least", 1) else Count(how, number)
    return None


def announced(row: Sequence[Unit]) -> Announcement | None:
    """Return the manner in which a head announces its items; None where it says anything else, or nothing."""
    status: list[str] = []
    certainty: list[str] = []
    windows: list[Window] = []
    is_denied = False
    is_counted = any(unit.kind == "quantity" for unit in row)
    for unit in row:
        if unit.kind == "negation" and not is_denied:
            is_denied = True
        elif unit.kind == "status":
            status.append(unit.value)
        elif unit.kind == "certainty":
            certainty.append(unit.value)
        elif unit.kind == "window":
            windows.append(unit.data)
        elif unit.text.lower() == "none":
            is_denied = True
        elif unit.kind not in _PASSED and not is_generic(unit.text):
            return None
    if not (is_denied or status or certainty or windows or is_counted):
        return None
    return Announcement(is_denied, tuple(status), tuple(certainty), tuple(windows))


def adequate(text: str, joined: Rule, spans: Sequence[Span]) -> Rule | None:
    """Return "Adequate organ function" as a fact that the limits under it define; None for other words."""
    named = _ADEQUATE.match(text)
    if named is None or not _SAYS_HOW.issuperset(word.lower() for word in _WORD.findall(named["rest"])):
        return None
    return Observation(
        concept=concept(named["name"]), defined_as=joined, spans=list(spans), confidence=joined.confidence
    )


def specified(own: Rule, text: str, joined: Rule, rules: Sequence[Rule]) -> Rule | None:
    """Return what a head names with its items as its meaning ("…, defined as:") or as examples ("…, including:")."""
    if isinstance(own, Unstructured):
        return adequate(text, joined, own.spans)
    if not isinstance(own, Condition | Treatment | Observation) or own.defined_as is not None or own.examples:
        return None
    if _MEANING.search(text):
        return own.model_copy(update={"defined_as": joined, "confidence": min(own.confidence, joined.confidence)})
    if _EXAMPLES.search(text):
        least = min(own.confidence, *(rule.confidence for rule in rules))
        return own.model_copy(update={"examples": list(rules), "confidence": least})
    return None
