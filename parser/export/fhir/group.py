"""Eligibility as a Group: characteristics that must all hold, each of a kind and a value.

A Group knows "and" alone. All of several in an inclusion, any of several in an exclusion, and denials come apart into
characteristics exactly; the opposite is one characteristic in words. So is an atom that says more than a kind and a
value: when, how often, for what reason, except what.
"""

from __future__ import annotations

from html import escape
from typing import Any

from parser.export.fhir.criteria import Asked, asked, words
from parser.export.fhir.datatypes import Json, concept, filled
from parser.export.fhir.definitions import Definition, Said, define
from parser.export.fhir.draft import Draft
from parser.export.fhir.variable import notes_of_fields, undecided
from parser.models.rules import Age, AllOf, AnyOf, Measurement, Not, Rule, Sex, Unstructured

#: What an atom can say that no characteristic of a Group has a place for.
_MODIFIERS = ("when", "duration", "count", "where", "unless", "defined_as", "examples", "dose", "method")


def eligibility_group(draft: Draft, *, expected: int | None = None) -> Json | None:
    """Add the trial's eligibility to a draft and return a Reference to it; None where there is nothing to say.

    Args:
        draft: The trial's Bundle.
        expected: How many are to take part, which in R4B stands in the Group.
    """
    eligibility = draft.trial.eligibility
    characteristics = [*_of_fields(draft)]
    notes = [each["text"] for each in notes_of_fields(draft)]
    for each in asked(eligibility):
        if each.criterion.kind in ("inclusion", "exclusion"):
            characteristics += criterion_characteristics(each, draft)
        else:
            notes.append(undecided(each, draft))
    if not (eligibility.text or characteristics or notes or expected is not None):
        return None
    told = "\n\n".join([*([eligibility.text] if eligibility.text else []), *notes])
    shared: Json = {"type": "person", "name": "Eligibility criteria", "characteristic": characteristics}
    if draft.release == "R5":
        return draft.add("Group", "eligibility", membership="definitional", description=told, **shared)
    text = narrative(told) if told else None
    return draft.add("Group", "eligibility", text=text, actual=False, quantity=expected, **shared)


def narrative(text: str) -> Json:
    """Return a Narrative that says more than the resource's elements: a paragraph a line."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
    return {"status": "additional", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{lines}</div>'}


def criterion_characteristics(each: Asked, draft: Draft) -> list[Json]:
    """Return the characteristics of one criterion."""
    criterion = each.criterion
    if criterion.rule is None:
        return [in_words(words(criterion), each.excludes)]
    pointer = f"{each.pointer}/rule"
    if not each.decides or criterion.scope is not None:
        text = f"{criterion.scope.text}: {criterion.text}" if criterion.scope else criterion.text
        draft.lose(pointer, "rule_as_text", text)
        return [in_words(text, each.excludes)]
    parts = [*_apart(criterion.rule, pointer, each.excludes)]
    if len(parts) == 1 and not _is_plain(parts[0][0], draft):
        draft.lose(pointer, "rule_as_text", criterion.text)
        return [in_words(criterion.text, each.excludes)]
    return [made for rule, at, exclude in parts for made in _of_part(rule, at, exclude, draft)]


def _apart(rule: Rule, pointer: str, exclude: bool) -> list[tuple[Rule, str, bool]]:
    """Take a rule apart into what must all hold (or must not): rule, pointer, whether it must not."""
    if isinstance(rule, Not):
        return _apart(rule.rule, f"{pointer}/rule", not exclude)
    if isinstance(rule, AllOf | AnyOf):
        alone = len(rule.rules) == 1
        every = isinstance(rule, AllOf) or rule.at_least == len(rule.rules)
        some = isinstance(rule, AnyOf) and rule.at_least == 1
        if alone or (every and not exclude) or (some and exclude):
            inner = ((part, f"{pointer}/rules/{at}") for at, part in enumerate(rule.rules))
            return [found for part, at in inner for found in _apart(part, at, exclude)]
    return [(rule, pointer, exclude)]


def _of_part(rule: Rule, pointer: str, exclude: bool, draft: Draft) -> list[Json]:
    """Return the characteristics of a rule that does not come apart."""
    if isinstance(rule, Unstructured):
        draft.lose(pointer, "rule_as_text", rule.text)
        return [in_words(rule.text, exclude)]
    defined = _defined(rule, draft)
    if defined is None or isinstance(rule, AllOf | AnyOf | Not):
        draft.lose(pointer, "rule_as_text", str(rule))
        return [in_words(str(rule), exclude)]
    values = _values(defined, exclude)
    if values is None:
        draft.lose(pointer, "rule_as_text", str(rule))
        return [in_words(str(rule), exclude)]
    said = _account(rule, defined, pointer, draft)
    if said and not isinstance(rule, Age) and getattr(rule, "range", None) is None:
        # a code without what limits it would stand for more than the criterion
        return [in_words(str(rule), exclude)]
    kind = filled(**{**defined.kind, "text": str(_without_value(rule))}) if said else defined.kind
    return [{"code": kind, **value, "exclude": exclude} for value in values]


def _is_plain(rule: Rule, draft: Draft) -> bool:
    """Tell whether a rule has characteristics of a kind and a value."""
    return not isinstance(rule, Unstructured) and _defined(rule, draft) is not None


def _defined(rule: Rule, draft: Draft) -> Definition | None:
    """Return an atom's kind and value; None for what a Group cannot say but in words."""
    if isinstance(rule, AllOf | AnyOf | Not | Unstructured):
        return None
    if not isinstance(rule, Sex) and (rule.defined_as is not None or rule.unless):
        return None
    defined = define(rule, draft.release)
    if defined is None or defined.offset is not None or (isinstance(rule, Measurement) and rule.aspect == "mean"):
        return None
    return defined


def _values(defined: Definition, exclude: bool) -> list[Json] | None:
    """Return a definition's values as characteristics can have them; None where only words can."""
    if not defined.values:
        return [{"valueBoolean": True}]
    if len(defined.values) == 1:
        return defined.values
    apart = (defined.joined == "all-of" and not exclude) or (defined.joined == "any-of" and exclude)
    if apart:
        return defined.values
    if defined.joined == "all-of":
        return None
    texts = [value["valueCodeableConcept"]["text"] for value in defined.values]
    return [{"valueCodeableConcept": concept(" or ".join(texts))}]


def _account(atom: Said, defined: Definition, pointer: str, draft: Draft) -> list[str]:
    """Name what an atom says beyond its kind and value, and return the fields that only words can tell."""
    for name, text in defined.worded:
        draft.lose(f"{pointer}/{name}", "folded", text)
    for name, text in defined.narrowed:
        draft.lose(f"{pointer}/{name}", "narrowed", text)
    said = [name for name in _MODIFIERS if getattr(atom, name, None) and (name != "method" or defined.method)]
    for name in said:
        draft.lose(f"{pointer}/{name}", "folded", str(atom))
    return said


def _without_value(atom: Any) -> Rule:
    """Return an atom without the bounds and results that its characteristic has as its value."""
    emptied: dict[str, Any] = {}
    if not isinstance(atom, Age):
        emptied = {name: None for name in ("range",) if getattr(atom, name, None) is not None}
        emptied |= {"values": []} if getattr(atom, "values", None) else {}
    rule: Rule = atom.model_copy(update=emptied)
    return rule


def in_words(text: str, exclude: bool) -> Json:
    """Return a characteristic that only words describe: that they are true."""
    return {"code": concept(text), "valueBoolean": True, "exclude": exclude}


def _of_fields(draft: Draft) -> list[Json]:
    """Return the registry's own sex and age limits."""
    eligibility = draft.trial.eligibility
    found = []
    if eligibility.sex in ("female", "male"):
        found += _of_part(Sex(value=eligibility.sex), "/eligibility/sex", False, draft)
    if eligibility.age is not None:
        found += _of_part(Age(range=eligibility.age), "/eligibility/age", False, draft)
    return found
