"""A record as a page to read, line by line.

`page(trial)` returns plain text; `lines(trial)` the same with the part each line plays, for a display that has colours.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parser.models import Criterion, Eligibility, Rule, Section, Trial, Unstructured
from parser.models.amounts import age_range
from parser.models.rules import AllOf, AnyOf, Sex, parts
from parser.models.wording import criteria_in_words, in_words

#: What a line is: the record's title, a heading, a labelled value, prose, a criterion, its rule, a finding.
Role = Literal["title", "heading", "field", "prose", "criterion", "rule", "finding"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page.

    Attributes:
        role: The part it plays.
        text: Its words, without control characters.
        indent: Steps of indentation.
        label: What stands before the words: a field's name, a criterion's id.
    """

    role: Role
    text: str
    indent: int = 0
    label: str = ""

    def __str__(self) -> str:
        return "  " * self.indent + (f"{self.label}  {self.text}" if self.label else self.text)


def page(trial: Trial) -> str:
    """Return a record as plain text that ends in a line break."""
    return "".join(f"{line}\n" for line in lines(trial))


def lines(trial: Trial) -> Iterator[Line]:
    """Yield the page's lines: fields, sections, criteria with their rules, what is missing, findings."""
    yield Line("title", _printable(trial.title or trial.scientific_title or "Untitled trial"))
    yield from _fields(trial)
    yield from _summary(trial)
    yield from _under("Sections of the page", [_section(each) for each in trial.sections])
    yield from _under(f"Eligibility: {criteria_in_words(trial)}", _eligibility(trial.eligibility))
    yield from _under("Not structured", _unstructured_lines(trial.eligibility))
    yield from _under("Not stated", _absent(trial))
    yield from _under("Findings", _diagnostics(trial))


def _printable(text: str) -> str:
    """Return text on one line; control and format characters, which a terminal could act on, become U+FFFD."""
    return "".join("\ufffd" if unicodedata.category(each) in ("Cc", "Cf", "Cs") else each for each in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _under(heading: str, below: list[Line]) -> Iterator[Line]:
    """Yield a heading and what stands under it; nothing where nothing does."""
    if below:
        yield Line("heading", "")
        yield Line("heading", heading)
        yield from below


# --- fields and sections -------------------------------------------------------------------------------------------


def _fields(trial: Trial) -> Iterator[Line]:
    fields = [*_identity(trial), *_organisation(trial), *_timeline(trial)]
    width = max((len(label) for label, value in fields if value), default=0)
    for label, value in fields:
        if value:
            yield Line("field", _printable(value), 1, _printable(label).ljust(width))


def _identity(trial: Trial) -> Iterator[tuple[str, str]]:
    yield "Scientific title", trial.scientific_title or ""
    for each in trial.identifiers:
        yield "Identifier", f"{each.value} ({each.scheme}, {each.role})"
    if trial.status:
        why = f" ({trial.status.why_stopped})" if trial.status.why_stopped else ""
        yield "Status", trial.status.value.replace("_", " ") + why
    if trial.design:
        phases = [f"phase {phase.replace('_', ' ')}" for phase in trial.design.phases]
        yield "Design", ", ".join([trial.design.study_type or "", *phases]).strip(", ")
    yield "Conditions", ", ".join(each.text for each in trial.conditions)
    yield "Interventions", ", ".join(each.name for each in trial.interventions)
    yield "Keywords", ", ".join(trial.keywords)


def _organisation(trial: Trial) -> Iterator[tuple[str, str]]:
    if trial.sponsor:
        yield "Sponsor", trial.sponsor.name or trial.sponsor.raw or ""
    for contact in trial.contacts:
        told = (contact.name, contact.role, contact.affiliation, contact.phone, contact.email)
        yield "Contact", ", ".join(part for part in told if part)
    for location in trial.locations:
        yield "Location", location.raw
    for each in trial.extra:
        yield each.label, each.value or ""


def _timeline(trial: Trial) -> Iterator[tuple[str, str]]:
    for event in trial.timeline:
        if event.date:
            yield event.label, event.date.value + (f" ({event.kind})" if event.kind else "")


def _summary(trial: Trial) -> Iterator[Line]:
    if trial.summary is None:
        return
    told = [text for text in (trial.summary.brief, trial.summary.detailed) if text]
    paragraphs = [line for text in told for line in text.splitlines() if line.strip()]
    origin = " (by the aggregator, not by the registrant)" if trial.summary.origin == "aggregator" else ""
    yield from _under(f"Summary{origin}", [Line("prose", _printable(paragraph), 1) for paragraph in paragraphs])


def _section(section: Section) -> Line:
    count = sum(1 for line in section.text.splitlines() if line.strip())
    heading = f"{_printable(section.heading)}, " if section.heading else ""
    return Line("field", f"{heading}{count} {'line' if count == 1 else 'lines'}", 1, section.kind.ljust(11))


# --- criteria ------------------------------------------------------------------------------------------------------


def _eligibility(eligibility: Eligibility) -> list[Line]:
    told = [
        ("Sex", eligibility.sex),
        ("Age", age_range(eligibility.age) if eligibility.age else None),
        ("Age in the criteria", age_range(eligibility.stated_age) if eligibility.stated_age else None),
        ("Sex in the criteria", eligibility.stated_sex),
    ]
    fields = [Line("field", value, 1, label) for label, value in told if value]
    return fields + [line for criterion in eligibility.criteria for line in _criterion(criterion, 1)]


def _criterion(criterion: Criterion, indent: int) -> Iterator[Line]:
    """Yield a criterion, its rule in words, and its nested ones further in."""
    remarks: list[str] = [criterion.role] if criterion.role != "rule" else []
    remarks += [f"{criterion.scope.type}: {_printable(criterion.scope.text)}"] if criterion.scope else []
    remarks += [flag.replace("_", " ") for flag in criterion.flags]
    told = _printable(criterion.text) + (f" [{'; '.join(remarks)}]" if remarks else "")
    yield Line("criterion", told, indent, criterion.id)
    if criterion.rule is not None:
        yield Line("rule", _printable(_rule_of(criterion, criterion.rule)), indent + 2, "→")
    for child in criterion.criteria:
        yield from _criterion(child, indent + 1)


def _rule_of(criterion: Criterion, rule: Rule) -> str:
    """Return a rule in words; of a head that only joins its items, how it joins them, since they follow."""
    items = [child.rule for child in criterion.criteria if child.role == "rule"]
    if not items or not isinstance(rule, AllOf | AnyOf) or rule.rules != items:
        return in_words(rule)
    if isinstance(rule, AllOf):
        return "all of the items below"
    return "any of the items below" if rule.at_least == 1 else f"at least {rule.at_least} of the items below"


def _unstructured_lines(eligibility: Eligibility) -> list[Line]:
    """Return the words that became no rule, each once: a head holds copies of its items' rules."""
    seen: set[tuple[object, ...]] = set()
    found: list[Line] = []
    for criterion in _innermost_first(eligibility):
        for node in _unstructured(criterion.rule) if criterion.rule else ():
            key = (node.text, *node.spans)
            if key not in seen:
                seen.add(key)
                found.append(Line("prose", f"{_printable(node.text)} ({_said(node.reason)})", 1, criterion.id))
    return found


def _said(name: str) -> str:
    return name.replace("_", " ")


def _innermost_first(eligibility: Eligibility) -> Iterator[Criterion]:
    """Yield items before their heads, so that words are told under the item they stand in."""
    pending = [(criterion, False) for criterion in reversed(eligibility.criteria)]
    while pending:
        criterion, is_done = pending.pop()
        if is_done or not criterion.criteria:
            yield criterion
            continue
        pending.append((criterion, True))
        pending.extend((child, False) for child in reversed(criterion.criteria))


def _unstructured(rule: Rule) -> Iterator[Unstructured]:
    """Yield a rule's unstructured nodes, those in modifiers included."""
    if isinstance(rule, Unstructured):
        yield rule
    below = parts(rule)
    if not isinstance(rule, AllOf | AnyOf | Sex | Unstructured) and rule.type != "not":
        definition = [rule.defined_as] if rule.defined_as else []
        below = [*rule.where, *definition, *rule.unless, *rule.examples]
    for part in below:
        yield from _unstructured(part)


# --- what is missing, and findings ---------------------------------------------------------------------------------


def _absent(trial: Trial) -> list[Line]:
    return [Line("finding", _said(reason), 1, _printable(pointer)) for pointer, reason in trial.absent.items()]


def _diagnostics(trial: Trial) -> list[Line]:
    return [Line("finding", _printable(each.message), 1, f"{each.severity} {each.code}") for each in trial.diagnostics]
