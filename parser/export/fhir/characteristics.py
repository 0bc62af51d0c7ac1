"""Rules as characteristics of an R5 EvidenceVariable: logic by combination, atoms by type and value.

Denial is `exclude`, at any depth; `not` of at least n is `at-most` n - 1. What must hold of one occurrence (`where`, a
dose) or not (`unless`) becomes further characteristics beside it: that they are of the same occurrence is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from parser.export.fhir.datatypes import Json, annotation, concept
from parser.export.fhir.definitions import Said, amount, define
from parser.export.fhir.draft import Draft
from parser.export.fhir.timing import time_from_event
from parser.matching.evaluator import INHERITED, inheriting
from parser.models.amounts import plain_range
from parser.models.rules import AllOf, AnyOf, Not, Rule, Sex, Treatment, Unstructured
from parser.models.values import Range


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands.

    Attributes:
        pointer: JSON pointer in the record.
        words: The criterion's, for what has no words of its own.
        outer: The atom whose definition or example this is; its modifiers hold here as well.
        given: Where those modifiers stand, by field.
    """

    pointer: str
    words: str
    outer: Said | None = None
    given: dict[str, str] = field(default_factory=dict)

    def below(self, *steps: str | int) -> Place:
        """Return the place of a part."""
        return replace(self, pointer="/".join((self.pointer, *map(str, steps))))

    def inside(self, name: str, atom: Said) -> Place:
        """Return the place of an atom's definition or example, or of one of its facts, which inherits nothing."""
        if name in ("where", "unless"):
            return Place(f"{self.pointer}/{name}", self.words)
        given = {each: self.of(each) for each in INHERITED if getattr(atom, each, None)}
        return Place(f"{self.pointer}/{name}", self.words, atom, given)

    def of(self, name: str) -> str:
        """Return the pointer of an atom's field, which may have been given to it."""
        return self.given.get(name, f"{self.pointer}/{name}")


class Characteristics:
    """Makes characteristics of rules, and names what they do not carry."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._text = draft.trial.eligibility.text or ""

    def of(self, rule: Rule, place: Place, *, exclude: bool = False) -> Json:
        """Return a rule's characteristic without a description; with `exclude`, that of its denial."""
        match rule:
            case Not(rule=AnyOf(at_least=least, rules=rules)) if least > 1:
                return _denied(self._combined("at-most", rules, place.below("rule", "rules"), least - 1), exclude)
            case Not():
                return self.of(rule.rule, place.below("rule"), exclude=not exclude)
            case AllOf(rules=[only]) | AnyOf(rules=[only], at_least=1):
                return self.of(only, place.below("rules", 0), exclude=exclude)
            case AllOf():
                return _denied(self._combined("all-of", rule.rules, place.below("rules")), exclude)
            case AnyOf(at_least=1):
                return _denied(self._combined("any-of", rule.rules, place.below("rules")), exclude)
            case AnyOf():
                return _denied(self._combined("at-least", rule.rules, place.below("rules"), rule.at_least), exclude)
            case Unstructured():
                self._draft.lose(place.pointer, "rule_as_text", rule.text)
                return _denied({}, exclude)
            case _:
                return self._atom(rule, place, exclude)

    def described(self, rule: Rule, place: Place, *, exclude: bool = False) -> Json:
        """Return a rule's characteristic with its own words."""
        worded = rule
        while isinstance(worded, Not) and not (isinstance(worded.rule, AnyOf) and worded.rule.at_least > 1):
            worded = worded.rule
        words = self._words(worded)
        return {"description": words, **self.of(rule, replace(place, words=words), exclude=exclude)}

    def _words(self, rule: Rule) -> str:
        """Return the page's words for a rule, else ours."""
        if isinstance(rule, Unstructured):
            return rule.text
        words = (" ".join(self._text[start:end].split()) for start, end in rule.spans)
        return " … ".join(each for each in words if each) or str(rule)

    def _combined(self, code: str, rules: list[Rule], place: Place, threshold: int | None = None) -> Json:
        parts = [self.described(rule, place.below(at)) for at, rule in enumerate(rules)]
        return combination(code, parts, threshold)

    # --- atoms -------------------------------------------------------------------------------------------------------

    def _atom(self, atom: Said, place: Place, exclude: bool) -> Json:
        if place.outer is not None:
            given = inheriting(atom, place.outer)
            taken = {name: at for name, at in place.given.items() if getattr(given, name, None) != _own(atom, name)}
            atom, place = given, replace(place, outer=None, given=taken)  # type: ignore[assignment]
        if isinstance(atom, Sex):
            return _denied(self._main(atom, place), exclude)
        if atom.defined_as is not None:
            return self._defined(atom, atom.defined_as, place, exclude)
        made = self._main(atom, place)
        beside = self._beside(atom, place)
        if (beside or atom.examples) and not any(name.startswith("definition") for name in made):
            made = {"description": place.words, **made}
        if beside:
            made = combination("all-of", [made, *beside])
        if atom.examples:
            inner = place.inside("examples", atom)
            examples = [self.described(each, inner.below(at)) for at, each in enumerate(atom.examples)]
            made = combination("any-of", [made, *examples])
        return _denied(made, exclude)

    def _defined(self, atom: Any, definition: Rule, place: Place, exclude: bool) -> Json:
        """Return an atom's definition, which takes the place of its term; the term stays as a note."""
        term = atom.model_copy(update=dict.fromkeys(("defined_as", *_MODIFIERS_OF_TERM), None))
        note = f"Defined here: {_term_words(term)}"
        for name in ("concept", "qualifiers", "range", "values", "marker", "state", "topic", "method"):
            if getattr(atom, name, None):
                self._draft.lose(f"{place.pointer}/{name}", "folded", note)
        made = self.of(definition, place.inside("defined_as", atom), exclude=exclude)
        return {"note": [annotation(note), *made.pop("note", [])], **made}

    def _main(self, atom: Said, place: Place) -> Json:
        """Return what an atom says of itself: its definition, how often, how long and when."""
        made = self._definition(atom, place)
        if isinstance(atom, Sex):
            return made
        for name, element in (("count", "instances"), ("duration", "duration")):
            bounds = getattr(atom, name, None)
            if bounds is not None:
                self._amount(made, element, bounds, name, place)
        entries = []
        for at, window in enumerate(atom.when):
            timed = time_from_event(window)
            entries += timed.entries
            for name in timed.in_words:
                self._draft.lose(f"{place.of('when')}/{at}/{name}", "folded", timed.entries[0]["description"])
        return {**made, "timeFromEvent": entries} if entries else made

    def _amount(self, made: Json, element: str, bounds: Range, name: str, place: Place) -> None:
        said = amount(_whole(bounds) if name == "count" else bounds)
        if said is None:
            words = f"{name}: {plain_range(bounds)}"
            made.setdefault("note", []).append(annotation(words))
            self._draft.lose(place.of(name), "folded", words)
            return
        ((kind, value),) = said.items()
        made[f"{element}{kind}"] = value

    def _definition(self, atom: Said, place: Place) -> Json:
        defined = define(atom, self._draft.release)
        if defined is None:
            self._draft.lose(place.pointer, "rule_as_text", place.words)
            return {}
        for name, words in defined.worded:
            self._draft.lose(place.of(name), "folded", words)
        for name, words in defined.narrowed:
            self._draft.lose(f"{place.pointer}/{name}", "narrowed", words)
        if not defined.values:
            return {"definitionCodeableConcept": defined.kind}
        shared: Json = {"type": defined.kind}
        if defined.method:
            shared["method"] = defined.method
        typed = [{"definitionByTypeAndValue": {**shared, **value}} for value in defined.values]
        if defined.offset is not None:
            for each in typed:
                each["definitionByTypeAndValue"]["offset"] = defined.offset
        if len(typed) == 1:
            return typed[0]
        if defined.joined == "all-of" and any(getattr(atom, name, None) for name in ("when", "count", "duration")):
            # both bounds are of one value; the parts could be met by two
            self._draft.lose(f"{place.pointer}/range", "same_occurrence", place.words)
        return combination(defined.joined, typed)

    def _beside(self, atom: Any, place: Place) -> list[Json]:
        """Return what an atom says of the same occurrence, as characteristics of their own."""
        found: list[Json] = []
        if isinstance(atom, Treatment) and atom.dose is not None:
            found += self._dose(atom, atom.dose, place)
        for name, exclude in (("where", False), ("unless", True)):
            rules = getattr(atom, name)
            inner = Place(place.of(name), place.words)
            found += [self.described(each, inner.below(at), exclude=exclude) for at, each in enumerate(rules)]
            if rules:
                self._draft.lose(place.of(name), "same_occurrence", place.words)
        return found

    def _dose(self, atom: Treatment, dose: Range, place: Place) -> list[Json]:
        said = amount(dose)
        pointer = f"{place.pointer}/dose"
        kind = concept(f"dose of {atom.concept.text}")
        if said is None:
            words = f"{kind['text']}: {plain_range(dose)}"
            self._draft.lose(pointer, "folded", words)
            return [{"definitionCodeableConcept": concept(words)}]
        self._draft.lose(pointer, "same_occurrence", place.words)
        ((name, value),) = said.items()
        return [{"definitionByTypeAndValue": {"type": kind, f"value{name}": value}}]


#: What stands in a defined term's place goes on to its definition, and is not part of its name.
_MODIFIERS_OF_TERM = ("duration", "count", "subject", "dose")


def _term_words(term: Any) -> str:
    """Return a defined term with its qualifiers, without what its definition is given."""
    lists = ("when", "where", "unless", "examples", "status", "certainty")
    emptied: Json = {name: [] for name in lists if name in type(term).model_fields}
    return str(term.model_copy(update=emptied))


def _own(atom: Any, name: str) -> Any:
    return getattr(atom, name, None)


def combination(code: str, parts: list[Json], threshold: int | None = None) -> Json:
    """Return a characteristic of several."""
    combined: Json = {"code": code}
    if threshold is not None:
        combined["threshold"] = threshold
    return {"definitionByCombination": {**combined, "characteristic": parts}}


def _denied(made: Json, exclude: bool) -> Json:
    return {"exclude": True, **made} if exclude else made


def _whole(bounds: Range) -> Range:
    """Return a number of things with both bounds included: more than 2 is at least 3."""
    low, high = bounds.low, bounds.high
    if bounds.unit or bounds.ucum or not isinstance(low, int) or not isinstance(high, int):
        return bounds
    low += bounds.low_inclusive is False
    high -= bounds.high_inclusive is False
    if low > high:
        return bounds
    return bounds.model_copy(update={"low": low, "high": high, "low_inclusive": True, "high_inclusive": True})
