"""Measurements with their bounds: "life expectancy < 7 days", "AST and ALT ≤ 3 x ULN", "BP ≥ 140/90 mmHg".

What is measured is a known measurement, or the noun phrase right before the bound when the bound's unit, or the
phrase's own words ("score", "ratio", an abbreviation), show that it is a quantity of a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from parser.models.rules import AnyOf, Rule, Sex
from parser.models.values import Range
from parser.nlp.annotations import Quantity
from parser.normalize.units import DOSE_UNITS, unit_of
from parser.rules.context import LIKELY, SURE, Context, all_of, any_of
from parser.rules.frames.items import is_abbreviation, rest_as_unit
from parser.rules.frames.openings import NAMES, opens
from parser.rules.frames.timing import Timing, read_timing
from parser.rules.things import measure
from parser.rules.units import Cursor, Unit

_LINKS = frozenset(
    "of is was are were must be at from should than = a the equal measured calculated estimated value".split()
)

#: Last words of phrases that name a number by themselves.
MEASURED_WORDS = frozenset(
    """
    score scores scale index ratio count counts level levels concentration grade class status rating test titer titre
    fraction rate pressure temperature weight height saturation clearance volume thickness diameter length distance
    points percentile interval time expectancy loss depth gain acuity size iq quotient strength value values result
    results
    """.split()
)
#: Last words of phrases that no number bounds.
_NOT_MEASURED = frozenset("formula criteria equation treatment therapy limits limit normal increase decrease".split())
#: Words after a number that make it a multiple or a share of something else.
_OF_SOMETHING = frozenset(("times", "fold", "x", "×", "*", "of", "/"))
#: Things that one bound may be for; a longer list is tried in vain at each of its items.
_MOST_TERMS = 12
#: A range up to this, followed by another word, is a score more often than a number whose unit is not known.
_HIGHEST_SCORE = 20
#: Units that one name may have ("Blood PSA values").
_LONGEST_NAME = 3
#: Of these, the ones that are measured in time.
_TIMED = frozenset("time interval expectancy".split())
#: A short form inside a name ("body mass index (BMI)").
_SHORT_FORM = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
#: Kinds of unit that end the name of a method, and the units that it may have.
_AFTER_A_METHOD = ("separator", "stop", "window", "duration", "open", "close", "quantity", "narrowing", "negation")
_LONGEST_METHOD = 6
_MEASURED = frozenset("calculated estimated measured assessed determined evaluated".split())
_BLOOD_PRESSURE = ("blood pressure", "bp", "arterial pressure")


@dataclass(frozen=True, slots=True)
class Term:
    """A thing measured.

    Attributes:
        unit: Its name as one unit.
        known: Whether it is a known measurement.
        timing: When it is measured, where that stands before the bound ("temperature on admission < 36 °C").
    """

    unit: Unit
    known: bool
    timing: Timing = field(default_factory=Timing)


@opens("quantity", first=NAMES)
def measurement(cursor: Cursor, context: Context) -> Rule | None:
    """Read one or several measured things and their bounds; a number without a comparator is no bound."""
    terms, separators = _terms(cursor)
    if not terms or (len(terms) > 1 and not all(map(_is_self_evident, terms))):
        return None
    in_bracket = cursor.attempt(lambda: _bracket_by_sex(cursor, terms[0], context)) if len(terms) == 1 else None
    if in_bracket is not None:
        return in_bracket
    bounds = _bounds(cursor)
    if not bounds or not all(goes_with(term, bound.data) for term in terms for bound in bounds):
        return None
    by_sex = cursor.attempt(lambda: _by_sex(cursor, terms[0], bounds[0], context)) if len(terms) == 1 else None
    if by_sex is not None:
        return by_sex
    in_turn = cursor.attempt(lambda: _in_turn(cursor, terms[0], bounds[0], context)) if len(terms) == 1 else None
    if in_turn is not None:
        return in_turn
    cursor.attempt(lambda: _repeated_unit(cursor))
    cursor.attempt(lambda: _out_of(cursor))
    second = _second_pressure(cursor, terms[-1], bounds[-1])
    if second is None and _goes_on(cursor, bounds[-1].data.range):
        return None
    timing = read_timing(cursor)
    method = cursor.attempt(lambda: _method(cursor, context))
    timing.extend(read_timing(cursor))
    for term in terms:
        timing.units.extend(term.timing.units)
        timing.when.extend(term.timing.when)
    if second is not None:
        return _pressures(terms[0], bounds[0], second, timing, context)
    atoms: list[Rule] = [
        any_of([_atom(term, bound, timing, context) for bound in _same_unit(bounds)]) for term in terms
    ]
    if method is not None:
        atoms = [_established_by(atom, method, context) for atom in atoms]
    return context.join(atoms, separators)


def _method(cursor: Cursor, context: Context) -> Unit | None:
    """Read "by MUGA", "using the Cockcroft-Gault formula" after a bound."""
    measured = cursor.peek()
    if measured is not None and measured.text.lower() in _MEASURED:
        cursor.at += 1
    if cursor.take("method") is None and cursor.take("word", "by", "using", "via") is None:
        return None
    first = cursor.at
    said = rest_as_unit(cursor, context, *_AFTER_A_METHOD)
    taken = cursor.units[first : cursor.at]
    names = any(unit.kind in ("phrase", "measurement") for unit in taken)
    return said if said is not None and names and len(taken) <= _LONGEST_METHOD else None


def _established_by(rule: Rule, method: Unit, context: Context) -> Rule:
    if isinstance(rule, AnyOf):
        return rule.model_copy(update={"rules": [_established_by(part, method, context) for part in rule.rules]})
    return rule.model_copy(update={"method": [method.text], "spans": [*rule.spans, *context.spans(method)]})


def _terms(cursor: Cursor) -> tuple[list[Term], list[str]]:
    terms: list[Term] = []
    separators: list[str] = []
    while True:
        term = cursor.attempt(lambda: read_term(cursor))
        if term is None or len(terms) == _MOST_TERMS:
            return [], []
        terms.append(term)
        mark = cursor.at
        separator = cursor.take("separator", "and", "or", "comma") or cursor.take("word", "/")
        if separator is None or not (cursor.sees("measurement") or cursor.sees("phrase") or cursor.sees("article")):
            cursor.at = mark
            return terms, separators
        separators.append(separator.value if separator.kind == "separator" else "comma")


def read_term(cursor: Cursor) -> Term | None:
    """Read the name of a measured thing: phrases and known measurements that stand together, with a short form."""
    cursor.take("article")
    if _completes_another(cursor):
        return None
    parts: list[Unit] = []
    while len(parts) < _LONGEST_NAME and (part := cursor.take("measurement") or cursor.take("phrase")) is not None:
        parts.append(part)
        cursor.attempt(lambda: _short_form(cursor))
    if not parts or (len(parts) > 1 and parts[0].text.endswith("ed")):
        return None
    cursor.take("colon")
    cursor.take_all("word", *_LINKS)
    timing = read_timing(cursor)
    cursor.take_all("word", *_LINKS)
    cursor.take("article")
    return Term(_whole_name(parts), known=any(part.kind == "measurement" for part in parts), timing=timing)


def _completes_another(cursor: Cursor) -> bool:
    """Tell whether the phrase ahead completes a name before it ("capacity of lung for carbon monoxide")."""
    if cursor.sees("measurement"):
        return False
    before = cursor.units[cursor.at - 1] if cursor.at else None
    return cursor.follows_word("of", "for", "by", "using") or (
        before is not None and before.kind in ("phrase", "extent")
    )


def _whole_name(parts: list[Unit]) -> Unit:
    """Join the parts of a name; the short form between them goes."""
    name = " ".join(_SHORT_FORM.sub("", part.text) for part in parts)
    return Unit("words", parts[-1].value, parts[0].start, parts[-1].end, name)


def _is_self_evident(term: Term) -> bool:
    return term.known or is_score(term.unit.text)


def _short_form(cursor: Cursor) -> Cursor | None:
    """Pass "(BMI)" after the name it shortens."""
    inside = cursor.take_bracket()
    return inside if inside is not None and is_abbreviation(inside) else None


def _repeated_unit(cursor: Cursor) -> Cursor | None:
    """Pass "(mL/min)" after a bound: a unit once more, or its short form."""
    inside = cursor.take_bracket()
    if inside is None or not inside.units:
        return None
    inside.take("separator", "or")
    if inside.take("quantity") is not None and inside.done:
        return inside
    words = "".join(unit.text for unit in inside.units)
    return inside if is_abbreviation(inside) or unit_of(words) is not None else None


def _out_of(cursor: Cursor) -> Unit | None:
    """Pass "out of a possible 12" after a score."""
    if not any(cursor.sees(kind) and cursor.units[cursor.at].text.lower() == "out" for kind in ("word", "phrase")):
        return None
    cursor.at += 1
    if cursor.take("word", "of") is None:
        return None
    cursor.take("article")
    while (unit := _any_of(cursor, "phrase", "word", "quantity", "certainty")) is not None:
        if any(char.isdigit() for char in unit.text):
            return unit
    return None


def _any_of(cursor: Cursor, *kinds: str) -> Unit | None:
    return next((unit for kind in kinds if (unit := cursor.take(kind)) is not None), None)


def _bracket_by_sex(cursor: Cursor, term: Term, context: Context) -> Rule | None:
    """Read "grip strength (< 26 kg in men; < 18 kg in women)"."""
    inside = cursor.take_bracket()
    bound = inside.take("quantity") if inside is not None else None
    if inside is None or bound is None or not goes_with(term, bound.data):
        return None
    by_sex = _by_sex(inside, term, bound, context)
    return by_sex if inside.done else None


def _by_sex(cursor: Cursor, term: Term, bound: Unit, context: Context) -> Rule | None:
    """Read limits that differ by sex ("≥ 2 for males and ≥ 3 for females"): each with the sex it is for."""
    limits: list[tuple[Unit | None, Unit | None]] = [(_for_sex(cursor), bound)]
    while cursor.take("separator", "and", "or", "comma", "semicolon") is not None:
        other = cursor.take("quantity")
        limits.append((_for_sex(cursor), other))
    if len(limits) != 2 or any(sex is None or quantity is None for sex, quantity in limits):
        return None
    last = limits[1][1]
    assert last is not None
    return limits_by_sex([(sex, quantity) for sex, quantity in limits if sex and quantity], term, last, context)


def _in_turn(cursor: Cursor, term: Term, bound: Unit, context: Context) -> Rule | None:
    """Read "above 20 g and 30 g for women and men, respectively"; the second may take the first one's comparator."""
    if cursor.take("separator", "and", "or") is None and cursor.take("word", "/") is None:
        return None
    other = cursor.take("quantity")
    cursor.take("word", "for", "in")
    first = cursor.take("sex")
    if other is None or first is None or (not cursor.take("separator", "and", "or") and not cursor.take("word", "/")):
        return None
    second = cursor.take("sex")
    cursor.take("separator", "comma")
    said = cursor.peek()
    if second is None or said is None or said.text.lower() != "respectively":
        return None
    cursor.at += 1
    if _is_exact(other.data.range):
        other = _compared_as(other, bound)
    return limits_by_sex([(first, bound), (second, other)], term, other, context)


def _compared_as(exact: Unit, bound: Unit) -> Unit:
    """Return an exact number as a limit on the side of another bound."""
    limits, number = bound.data.range, exact.data.range.low
    side = {name: number if getattr(limits, name) is not None else None for name in ("low", "high")}
    inclusive = {f"{name}_inclusive": getattr(limits, f"{name}_inclusive") for name in ("low", "high")}
    told = exact.data.range.model_copy(update={**side, **inclusive})
    return Unit(exact.kind, exact.value, exact.start, exact.end, exact.text, replace(exact.data, range=told))


def limits_by_sex(limits: list[tuple[Unit, Unit]], term: Term, last: Unit, context: Context) -> Rule:
    """Return any of the limits, each with the sex it is for; a unit may stand at the last one only."""
    rules: list[Rule] = []
    for sex, quantity in limits:
        who = Sex.model_validate({"value": sex.value, "spans": context.spans(sex), "confidence": SURE})
        rules.append(all_of([who, _atom(term, _same_unit([quantity, last])[0], Timing(), context)]))
    return any_of(rules)


def _for_sex(cursor: Cursor) -> Unit | None:
    """Read "for males", "in men", "(females)", "(if female)"."""
    inside = cursor.attempt(cursor.take_bracket)
    inner = inside or cursor
    inner.take("word", "for", "in", "if")
    sex = inner.take("sex")
    inner.take("population")
    return sex if inside is None or inside.done else None


def _bounds(cursor: Cursor) -> list[Unit]:
    """Read a bound, or several that are alternatives ("< 20 or > 35 kg/m2"); none when one is an exact number."""
    first = cursor.take("quantity")
    bounds = [first] if first is not None else []
    while bounds and cursor.sees("separator", "or") and cursor.sees("quantity", ahead=1):
        if not _are_alternatives(bounds[-1].data.range, cursor.units[cursor.at + 1].data.range):
            break
        cursor.take("separator")
        bounds.extend(cursor.take_all("quantity"))
    bounds = [_undirected(bound) if _is_exact(bound.data.range) else bound for bound in bounds]
    return bounds if all(not _is_exact(bound.data.range) for bound in bounds) else []


def _are_alternatives(one: Range, other: Range) -> bool:
    """Tell whether two bounds lie on opposite sides; on the same side the second holds under a condition."""
    return (one.low is None) != (other.low is None)


def _undirected(bound: Unit) -> Unit:
    """Return "three times the upper limit of normal" as a bound whose direction nothing says."""
    limits: Range = bound.data.range
    if limits.relative_to is None or limits.relative_to in ("baseline", "predicted"):
        return bound
    undirected = limits.model_copy(
        update={"low": None, "high": None, "low_inclusive": None, "high_inclusive": None, "value": limits.low}
    )
    return Unit(bound.kind, bound.value, bound.start, bound.end, bound.text, replace(bound.data, range=undirected))


def _is_exact(limits: Range) -> bool:
    return limits.low is not None and limits.low == limits.high


def goes_with(term: Term, quantity: Quantity) -> bool:
    """Tell whether a phrase and a bound make a measurement."""
    if term.known:
        return not quantity.is_age
    words = term.unit.text.lower().split()
    if quantity.is_time:
        return words[-1] in _TIMED and not quantity.is_age
    if quantity.range.ucum in DOSE_UNITS or term.unit.value in ("Drug", "Procedure") or words[-1] in _NOT_MEASURED:
        return False
    if quantity.range.unit is not None or quantity.range.relative_to is not None:
        return term.unit.value != "Condition" or quantity.range.relative_to is not None
    return (words[-1] in MEASURED_WORDS and len(words) > 1) or _is_short_name(term.unit.text)


def is_score(name: str) -> bool:
    """Tell whether a name is that of a number by itself: a measured word at its end, or an abbreviation."""
    return name.lower().split()[-1] in MEASURED_WORDS or _is_short_name(name)


def _is_short_name(text: str) -> bool:
    """Tell whether a phrase ends in an abbreviation ("MMSE", "CHA2DS2VASc")."""
    return sum(char.isupper() for char in text.split()[-1]) >= 2


def _goes_on(cursor: Cursor, limits: Range) -> bool:
    """Tell whether the words after a bound belong to it: a unit that is not known, or what it is a share of."""
    if limits.relative_to is not None:
        return False
    following = cursor.peek()
    if following is None:
        return False
    if following.kind == "word" and following.value in _OF_SOMETHING:
        return not (following.value == "of" and limits.ucum == "%") and not _names_its_scale(cursor)
    is_score = limits.low is not None and limits.high is not None and limits.high <= _HIGHEST_SCORE
    return limits.unit is None and following.kind == "phrase" and not is_score


def _names_its_scale(cursor: Cursor) -> bool:
    """Tell whether a score says what it is out of ("> 4/10")."""
    whole = cursor.peek(1)
    return cursor.sees("word", "/") and whole is not None and whole.text in ("10", "100")


def _same_unit(bounds: list[Unit]) -> list[Unit]:
    """Give the bounds the unit that only the last one states ("< 50 or > 400 mg/dL")."""
    last = bounds[-1].data.range
    return [bound if bound.data.range.unit or not last.unit else _with_unit(bound, last) for bound in bounds]


def _with_unit(bound: Unit, other: Range) -> Unit:
    limits = bound.data.range.model_copy(update={"unit": other.unit, "ucum": other.ucum})
    return Unit(bound.kind, bound.value, bound.start, bound.end, bound.text, replace(bound.data, range=limits))


def _atom(term: Term, bound: Unit, timing: Timing, context: Context, name: str | None = None) -> Rule:
    return measure(
        name or term.unit.text,
        bound.data.range,
        **timing.fields(),
        spans=context.spans(term.unit, bound, *timing.units),
        confidence=SURE if term.known else LIKELY,
    )


def _second_pressure(cursor: Cursor, term: Term, bound: Unit) -> Unit | None:
    """Read the diastolic number of "140/90 mmHg", with the comparator of the systolic one."""
    if not term.unit.text.lower().endswith(_BLOOD_PRESSURE) or not cursor.sees("word", "/"):
        return None
    number = cursor.peek(1)
    if number is None or number.kind not in ("quantity", "word"):
        return None
    digits = "".join(char for char in number.text if char.isdigit())
    if not digits or len(digits) > 3:
        return None
    cursor.at += 2
    limits: Range = bound.data.range
    side = {"low": int(digits)} if limits.low is not None else {"high": int(digits)}
    unit = number.data.range if number.kind == "quantity" else limits
    second = limits.model_copy(update={**side, "unit": unit.unit, "ucum": unit.ucum})
    return Unit("quantity", "", number.start, number.end, number.text, Quantity(second, False, False))


def _pressures(term: Term, bound: Unit, second: Unit, timing: Timing, context: Context) -> Rule:
    """Join both pressures: either is high enough, or both are low enough."""
    both = [
        _atom(term, _with_unit(bound, second.data.range), timing, context, "systolic blood pressure"),
        _atom(term, second, timing, context, "diastolic blood pressure"),
    ]
    return any_of(both) if bound.data.range.low is not None else all_of(both)
