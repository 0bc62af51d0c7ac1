"""Windows, durations and bounds that no frame took: each goes to the nearest thing named before it, as a guess.

"Central venous catheter for more than 48 hours": nothing says what kind of thing a catheter is to the grammar, yet the
hours are surely its own. The guess is marked by its confidence; the words between stay beside it.
"""

from __future__ import annotations

from typing import Any

from parser.models.rules import Condition, Observation, Rule, Treatment
from parser.models.values import Range, Window
from parser.nlp.annotations import Quantity
from parser.nlp.components.phrases.patterns import NO_VERBS
from parser.normalize.units import DOSE_UNITS
from parser.rules.context import GUESS, Context, any_of, concept, not_
from parser.rules.frames.dosing import is_dose
from parser.rules.frames.measurement import MEASURED_WORDS
from parser.rules.frames.timing import at_another_time
from parser.rules.partial.clauses import Island, is_turned
from parser.rules.things import NAMED, TREATMENTS, measure, thing
from parser.rules.units import Unit

#: Units between a thing and its number; more are another matter.
_FURTHEST = 8
#: Units between a length of time and the thing after it that it is of.
_NEAREST = 4
#: Kinds of unit that may stand between.
_IN_BETWEEN = frozenset(
    (
        "word",
        "article",
        "qualifier",
        "method",
        "extent",
        "narrowing",
        "certainty",
        "status",
        "colon",
        "phrase",
        "population",
    )
)
#: Last words of phrases that own no number.
_OWNERLESS = frozenset(
    """
    patient patients subject subjects participant participants study trial visit day days week weeks month months year
    years hour hours period time times past last least first second third next total minimum maximum one two three use
    enrolled included performed done used received taken given known following criteria criterion mean average more
    less greater higher lower defined history part group groups enter throughout return survive stay start begin born
    least most diagnosis physician investigator doctor clinician donor parent parents rest others anticipates
    change changes prescription case cases event events half-life half-lives formula formulas equation
    """.split()
)
#: Last words of phrases that name what a number with a unit before them measures.
_EXTENTS = frozenset("depth diameter length thickness volume distance width height size weight pressure loss".split())
#: Last words of what a dose is measured in.
_EQUIVALENTS = (" equivalent", " equivalents")
#: Shapes of a phrase that names a number by itself: a measured word at its end, or an abbreviation.
_CAPITALS_OF_A_SCORE = 2


def adopt(elements: list[Unit | Island], context: Context) -> list[Unit | Island]:
    """Return the elements, the windows and numbers left over made one island with the thing that they are about."""
    found = list(elements)
    for index, element in enumerate(found):
        if isinstance(element, Unit) and element.kind in _TIMES_AND_NUMBERS and not is_turned(found, index):
            for owner in (_owner(found, index), _owner_after(found, index)):
                island = _joined(found, owner, element, context) if owner is not None else None
                if island is not None and owner is not None:
                    found[owner] = island
                    found[index] = _TAKEN
                    break
    return [element for element in found if element is not _TAKEN]


_TIMES_AND_NUMBERS = ("window", "duration", "washout", "quantity")
_TAKEN = Unit("taken", "", 0, 0, "")


def _owner(elements: list[Unit | Island], index: int) -> int | None:
    """Return where the nearest thing before a number stands that may own it."""
    depth = passed = 0
    for at in range(index - 1, -1, -1):
        element = elements[at]
        if element is _TAKEN:
            continue
        if isinstance(element, Unit) and element.kind in ("open", "close"):
            depth += 1 if element.kind == "close" else -1
            if depth < 0 and (at != index - 1 or _is_unbounded(elements[index])):
                return None
            depth = max(depth, 0)
            continue
        if depth:
            continue
        passed += 1
        if passed > _FURTHEST:
            return None
        if isinstance(element, Island):
            return at if not element.is_limit else None
        if element.kind == "measurement" or (element.kind == "phrase" and _is_noun(element)):
            return at
        if element.kind not in _IN_BETWEEN and not (element.kind == "separator" and at == index - 1):
            return None
    return None


def _is_unbounded(number: Unit | Island) -> bool:
    """Tell whether a number in a bracket says no limit: "(6 weeks for nitrosoureas)" is another thing's."""
    return isinstance(number, Unit) and number.kind == "quantity" and _is_exact(number.data.range)


def _owner_after(elements: list[Unit | Island], index: int) -> int | None:
    """Return where the thing stands that a number is of ("more than 2 years of training", "≥ 6 mm probing depth")."""
    number = elements[index]
    assert isinstance(number, Unit)
    is_length = _length(number) is not None
    for at in range(index + 1, min(len(elements), index + 1 + _NEAREST)):
        element = elements[at]
        if isinstance(element, Island):
            return at if is_length and not element.is_limit else None
        if element.kind == "measurement":
            return None if is_length else at
        if element.kind == "phrase":
            is_named = element.text.lower().split()[-1] in _EXTENTS
            return at if (_is_noun(element) if is_length else is_named) else None
        if element.kind not in ("article", "qualifier") and element.text.lower() != "of":
            return None
    return None


def _is_noun(phrase: Unit) -> bool:
    """Tell whether a phrase names a thing, and is no participle ("completed") or word for people or time."""
    last = phrase.text.lower().split()[-1]
    if last in _OWNERLESS or phrase.value == "Anatomy":
        return False
    return phrase.value in NAMED or last in NO_VERBS or not last.endswith(("ed", "ing"))


def _joined(elements: list[Unit | Island], owner: int, number: Unit, context: Context) -> Island | None:
    """Return the island of a thing and its number; None where they do not go together."""
    thing_named = elements[owner]
    spans = context.spans(number)
    if isinstance(thing_named, Island):
        rule = (
            _added(thing_named.rule, number, spans)
            or _bounded(thing_named, number, context)
            or (_elsewhere(thing_named.rule, number, context) if _stands_after_or(elements, owner, number) else None)
        )
        return None if rule is None else Island(rule, (*thing_named.units, number), is_limit=False)
    rule = _atom(thing_named, number, context)
    return None if rule is None else Island(rule, (thing_named, number), is_limit=number.kind == "quantity")


def _added(rule: Rule, number: Unit, spans: list[Any]) -> Rule | None:
    """Give a fact without a window the one that follows it, or how long it lasts."""
    if not isinstance(rule, Condition | Treatment | Observation):
        return None
    more: dict[str, Any] = {"spans": [*rule.spans, *spans], "confidence": min(rule.confidence, GUESS)}
    if number.kind == "window":
        return rule.model_copy(update={**more, "when": [*rule.when, number.data]}) if not rule.when else None
    if isinstance(rule, Treatment) and number.kind == "quantity" and is_dose(number.data.range) and rule.dose is None:
        return rule.model_copy(update={**more, "dose": number.data.range})
    length = _length(number)
    if length is not None and rule.duration is None:
        return rule.model_copy(update={**more, "duration": length})
    return None


def _stands_after_or(elements: list[Unit | Island], owner: int, number: Unit) -> bool:
    """Tell whether nothing but "or", or "or planned", stands between a fact and its second window."""
    between = elements[owner + 1 : elements.index(number)]
    kinds = [unit.kind for unit in between if isinstance(unit, Unit)]
    return bool(kinds) and len(kinds) == len(between) and kinds[0] == "separator" and set(kinds[1:]) <= {"status"}


def _elsewhere(rule: Rule, number: Unit, context: Context) -> Rule | None:
    """Return a dated fact or the same in a second window."""
    other = at_another_time(rule, number, None, context) if number.kind == "window" else None
    return None if other is None else any_of([rule, other])


def _bounded(named: Island, number: Unit, context: Context) -> Rule | None:
    """Say what a condition means here, where a bound stands right after its name ("oliguria < 1 mL/kg/h")."""
    last = named.units[-1]
    is_bound = number.kind == "quantity" and number.data.range.unit is not None and not _is_exact(number.data.range)
    if not isinstance(named.rule, Condition) or not is_bound or number.data.is_time or number.data.is_age:
        return None
    if named.rule.defined_as is not None or number.start - last.end > 2:
        return None
    spans = context.spans(last, number)
    limit = measure(named.rule.concept.text, number.data.range, spans=spans, confidence=GUESS)
    return named.rule.model_copy(update={"defined_as": limit, "confidence": GUESS})


def _length(number: Unit) -> Range | None:
    """Return how long something lasts; None of what is no length of time."""
    if number.kind == "duration":
        limits: Range = number.data
        return limits
    return number.data.range if number.kind == "quantity" and _lasts(number.data) else None


def _atom(named: Unit, number: Unit, context: Context) -> Rule | None:
    fields: dict[str, Any] = {"spans": context.spans(named, number), "confidence": GUESS}
    if number.kind == "window":
        return _fact(named, {**fields, "when": [number.data]})
    if number.kind == "washout":
        dated = _fact(named, {**fields, "when": [number.data]})
        return None if dated is None else not_(dated, context.spans(number))
    length = _length(number)
    if length is not None:
        return _fact(named, {**fields, "duration": length})
    quantity: Quantity = number.data
    if is_dose(quantity.range) and (named.value in TREATMENTS or named.text.lower().endswith(_EQUIVALENTS)):
        return thing(
            named.value if named.value in TREATMENTS else "Drug", named.text, {**fields, "dose": quantity.range}
        )
    if named.kind == "measurement" and _is_exact(quantity.range) and quantity.range.unit is not None:
        return _undirected(named, quantity, fields)
    if quantity.is_age or quantity.is_time or _is_exact(quantity.range) or not _may_measure(named, quantity.range):
        return None
    limit = measure(named.text, quantity.range, **fields)
    return thing("Condition", named.text, {**fields, "defined_as": limit}) if named.value == "Condition" else limit


def _undirected(named: Unit, quantity: Quantity, fields: dict[str, Any]) -> Rule | None:
    """Return "Hct 32 %" as a bound whose direction nothing says."""
    if quantity.is_age or quantity.is_time:
        return None
    limits = quantity.range
    sides = dict.fromkeys(("low", "high", "low_inclusive", "high_inclusive"))
    return measure(named.text, limits.model_copy(update={**sides, "value": limits.low}), **fields)


def _fact(named: Unit, fields: dict[str, Any]) -> Rule | None:
    if not (fields.get("duration") or any(is_measured(window) for window in fields["when"])):
        return None
    if named.value in NAMED:
        return thing(named.value, named.text, fields)
    return Observation.model_validate({**fields, "concept": concept(named.text)})


def is_measured(window: Window) -> bool:
    """Tell whether a window has a length; "during the study" makes no fact of the word before it."""
    return bool(window.min or window.max or window.half_lives or window.longer_of or window.shorter_of)


def _lasts(quantity: Quantity) -> bool:
    return quantity.is_time and not quantity.is_age and quantity.range.unit is not None


def _is_exact(limits: Range) -> bool:
    return limits.low is not None and limits.low == limits.high


def _may_measure(named: Unit, limits: Range) -> bool:
    """Tell whether a bound can be one of the thing named: it has a unit, or the name is that of a score."""
    if limits.ucum in DOSE_UNITS:
        return False
    if limits.unit is not None or limits.relative_to is not None or named.kind == "measurement":
        return True
    last = named.text.split()[-1]
    return last.lower() in MEASURED_WORDS or sum(map(str.isupper, last)) >= _CAPITALS_OF_A_SCORE
