"""Rules in the compact notation of `rule_cases.txt`, whose head describes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from parser.models.eligibility import CriterionKind
from parser.models.rules import AllOf, AnyOf, Not, Rule, Sex, Unstructured
from parser.models.values import Range, Window

_LINE = re.compile(r"(?P<fails>! )?(?P<kind>[ie]): (?P<text>.*?) => (?P<rule>.*)")
_KINDS: dict[str, CriterionKind] = {"i": "inclusion", "e": "exclusion"}
_BRACKETS = {"(": 1, "{": 1, ")": -1, "}": -1}


@dataclass(frozen=True, slots=True)
class Case:
    """One line: a text in its section, and the rule that it should become, in canonical notation."""

    number: int
    kind: CriterionKind
    text: str
    rule: str
    fails: bool


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a file.

    Raises:
        ValueError: A line is neither blank, a comment nor a case.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"line {number}: expected 'e: text => rule', found {line!r}")
        text = match["text"].replace("\\n", "\n")
        yield Case(number, _KINDS[match["kind"]], text, canonical(match["rule"]), bool(match["fails"]))


def canonical(notation: str) -> str:
    """Return notation with the parts of every list and the modifiers of every atom sorted, blanks collapsed."""
    notation = " ".join(notation.split())
    parts = [part.strip() for part in _split(notation, "//")]
    if len(parts) > 1:
        return " // ".join(canonical(part) for part in parts)
    logic = re.fullmatch(r"(all|any\d*|not|where|defined|unless|eg)\((.*)\)", notation)
    if logic:
        return f"{logic[1]}({'; '.join(sorted(canonical(part) for part in _split(logic[2], ';')))})"
    atom = re.fullmatch(r"([^{]*?) ?\{(.*)\}", notation)
    if atom:
        return f"{atom[1]} {{{'; '.join(sorted(_modifier(part) for part in _split(atom[2], ';')))}}}"
    return notation


def _modifier(part: str) -> str:
    """Return one modifier; the values of a list of words sorted."""
    part = part.strip()
    if "(" in part and not part.startswith("when"):
        return canonical(part)
    name, _, values = part.partition(" ")
    if name in ("status", "certainty", "method", "qual"):
        return f"{name} {', '.join(sorted(value.strip() for value in values.split(',')))}"
    return part


def _split(notation: str, separator: str) -> list[str]:
    """Split at a separator outside brackets."""
    parts, depth, last = [], 0, 0
    for index, char in enumerate(notation):
        depth += _BRACKETS.get(char, 0)
        if depth == 0 and notation.startswith(separator, index):
            parts.append(notation[last:index])
            last = index + len(separator)
    return [*parts, notation[last:]]


def notation_of(rules: Iterable[Rule]) -> str:
    """Return the rules of several criteria in canonical notation."""
    return canonical(" // ".join(_rule(rule) for rule in rules))


def _rule(rule: Rule) -> str:
    match rule:
        case AllOf():
            return f"all({'; '.join(map(_rule, rule.rules))})"
        case AnyOf():
            return f"any{rule.at_least if rule.at_least > 1 else ''}({'; '.join(map(_rule, rule.rules))})"
        case Not():
            return f"not({_rule(rule.rule)})"
        case Unstructured():
            return f'"{rule.text.lower()}"'
        case Sex():
            return f"sex {rule.value}{f' {{of {rule.subject}}}' if rule.subject else ''}"
        case _:
            modifiers = list(_modifiers(rule))
            return _head(rule) + (f" {{{'; '.join(modifiers)}}}" if modifiers else "")


def _head(rule: Rule) -> str:
    """Return an atom's type, what it is about, and its bounds."""
    concept = getattr(rule, "concept", None)
    words = [
        getattr(rule, "kind", rule.type) if rule.type == "allergy" else rule.type,
        concept.text.lower() if concept else "",
        *(str(getattr(rule, name, None) or "").lower() for name in ("marker", "state", "topic")),
        getattr(rule, "kind", "") if rule.type == "biomarker" else "",
        _range(getattr(rule, "range", None)),
        f"= {'|'.join(value.lower() for value in rule.values)}" if getattr(rule, "values", None) else "",
    ]
    return " ".join(word for word in words if word)


def _range(limits: Range | None) -> str:
    if limits is None:
        return ""
    low, high = limits.low, limits.high
    inclusive = limits.low_inclusive is not False and limits.high_inclusive is not False
    if low is not None and high is not None and inclusive:
        bounds = f"{low:g}" if low == high else f"{low:g}..{high:g}"
    else:
        signs = (
            ("<=" if limits.high_inclusive is not False else "<"),
            (">=" if limits.low_inclusive is not False else ">"),
        )
        sides = (f"{signs[1]}{low:g}" if low is not None else "", f"{signs[0]}{high:g}" if high is not None else "")
        bounds = " ".join(side for side in sides if side) or f"?{limits.value:g}"
    unit = (limits.ucum or limits.unit or "").lower().strip("{}")
    return " ".join(
        part for part in (bounds, unit, f"x{limits.relative_to.lower()}" if limits.relative_to else "") if part
    )


def _modifiers(rule: Rule) -> Iterator[str]:
    data = {name: getattr(rule, name, None) for name in type(rule).model_fields}
    for name, told in (("status", "status"), ("certainty", "certainty"), ("method", "method"), ("qualifiers", "qual")):
        if data.get(name):
            yield f"{told} {', '.join(value.lower() for value in data[name])}"
    yield from (f"when {_window(window)}" for window in data.get("when") or ())
    for name, told in (("duration", "for"), ("count", "count"), ("dose", "dose")):
        if data.get(name):
            yield f"{told} {_range(data[name])}"
    for name in ("variant", "partner", "origin"):
        if data.get(name):
            yield f"{name} {data[name].lower()}"
    if data.get("aspect", "value") != "value":
        yield f"aspect {data['aspect']}"
    for name, told in (("where", "where"), ("unless", "unless"), ("examples", "eg")):
        if data.get(name):
            yield f"{told}({'; '.join(map(_rule, data[name]))})"
    if data.get("defined_as"):
        yield f"defined({_rule(data['defined_as'])})"
    if data.get("subject"):
        yield f"of {data['subject']}"


def _window(window: Window) -> str:
    lengths = [
        f"{'>=' if window.min_inclusive is not False else '>'}{window.min}" if window.min else "",
        f"{'<=' if window.max_inclusive is not False else '<'}{window.max}" if window.max else "",
        f"{window.half_lives:g} half-lives" if window.half_lives else "",
        f"longer({'|'.join(window.longer_of)})" if window.longer_of else "",
        f"shorter({'|'.join(window.shorter_of)})" if window.shorter_of else "",
    ]
    anchor = window.anchor if window.anchor != "unstated" else ""
    of = f"re {window.of}" if window.of != "occurrence" else ""
    return " ".join(part for part in (window.relation, *lengths, anchor, of) if part)
