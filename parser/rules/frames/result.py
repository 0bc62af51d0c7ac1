"""Results of tests: "negative pregnancy test", "HBsAg positive"; of infections: "HIV positive".

A named test or antigen that is positive is a measurement; a named infection that is, is the infection.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from parser.models.rules import Condition, Measurement, Rule
from parser.nlp.components.writings import rows
from parser.rules.context import LIKELY, Context, any_of, concept, not_
from parser.rules.frames.timing import Timing, read_timing
from parser.rules.units import Cursor, Unit

#: Last words of what gives a result.
_TESTS = frozenset(
    """
    test tests testing culture cultures serology antibody antibodies antigen antigens pcr rt-pcr assay assays screen
    screening swab hbsag rna dna smear biopsy anti-hcv anti-hbc anti-hiv rpr vdrl igra quantiferon
    """.split()
)
#: Infections, without the words "virus" and "infection" after them.
_INFECTIONS = frozenset(
    rows(
        "hiv | hbv | hcv | hepatitis | hepatitis a | hepatitis b | hepatitis c | hepatitis d | hepatitis e",
        "viral hepatitis | covid-19 | covid | sars-cov-2 | human immunodeficiency | tuberculosis | syphilis | hiv-1",
        "hiv-2 | hiv 1 | hiv 2 | hiv-1/2 | hpv | h. pylori | helicobacter pylori | ebv | cmv | malaria | influenza",
        "htlv-1 | htlv | hiv/aids | aids | cytomegalovirus | epstein-barr | b | c | coronavirus | human papilloma",
        "acquired immunodeficiency syndrome | human immunodeficiency virus | hbv/hcv",
    )
)
_OF_INFECTIONS = re.compile(r"(?:(?<!\s)\s++(?:virus|infections?|type [12]|disease))+$", re.IGNORECASE)
_LINKS = tuple("- is are was be been for result results of : must should a tested test".split())
_TESTED = frozenset("tested test be tests testing".split())
_MANNERS = ("status", "certainty", "intro", "established", "qualifier")
_INFECTED = frozenset("infected infection infections co-infection coinfection co-infected coinfected carrier".split())
_PERFORMED = frozenset("performed obtained taken done documented conducted collected result results".split())
#: Last words of what is there when it is named: its presence is a positive result.
_PRESENT = frozenset("antibody antibodies antigen antigens hbsag rna dna anti-hcv anti-hbc anti-hiv".split())


@dataclass(frozen=True, slots=True)
class _Tested:
    """What was tested, with the words that name it and how surely."""

    name: str
    units: list[Unit]
    is_test: bool
    said: Unit | None = None
    qualifiers: tuple[Unit, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it is more than one unit, which no other frame reads."""
        return len(self.units) > 1


def result(cursor: Cursor, context: Context) -> Rule | None:
    """Read tests, antigens or infections with a result before or after them."""
    cues = _cues(cursor)
    said = cursor.attempt(lambda: _said_before(cursor))
    things, separators = _things(cursor, context)
    if not things:
        return None
    said = said or things[-1].said or cursor.attempt(lambda: _said_after(cursor))
    is_denied = cursor.at > 0 and _denies_result(cursor, things)
    if said is None and not is_denied and not _is_fact(things, cues):
        return None
    cursor.attempt(lambda: _performed(cursor))
    timing = read_timing(cursor)
    if cursor.sees("phrase") or cursor.sees("open"):
        return None
    rules = [_rule(each, said, cues, timing, context) for each in _with_heads(things)]
    return context.join(rules, separators)


def _with_heads(things: list[_Tested]) -> list[_Tested]:
    """Give "C" of "hepatitis B or C", and "HIV" of "HIV or HCV serology", the word that it lacks."""
    *others, last = things
    words = last.name.split()
    if last.is_test and len(words) > 1 and words[0].lower() in _INFECTIONS:
        head = " ".join(words[1:])
        things = [
            each if each.is_test or each.said else replace(each, name=f"{each.name} {head}", is_test=True)
            for each in others
        ] + [last]
    return [
        replace(each, name=f"hepatitis {each.name}")
        if each.name.lower() in ("b", "c", "b infection", "c infection")
        else each
        for each in things
    ]


def _said_after(cursor: Cursor) -> Unit | None:
    cursor.take_all("word", *_LINKS)
    return cursor.take("result")


def _denies_result(cursor: Cursor, things: list[_Tested]) -> bool:
    """Tell whether "seronegative for" stands before the things."""
    before = next((unit for unit in reversed(cursor.units) if unit.end <= things[0].units[0].start), None)
    return before is not None and before.kind == "negation" and before.text.lower().endswith("negative for")


def _is_fact(things: list[_Tested], cues: list[Unit]) -> bool:
    """Tell whether what is named needs no result: infections that are listed, antibodies that are present."""
    if all(not each.is_test for each in things):
        return _is_list(things, cues)
    return all(each.is_test and _is_presence(each) for each in things)


def _is_presence(tested: _Tested) -> bool:
    """Tell whether what is named is there when it is named: "HBsAg", "hepatitis C antibodies"."""
    words = tested.name.lower()
    of_infection = tested.units[-1].kind == "measurement" or any(
        words.startswith((each, "anti-")) for each in _INFECTIONS
    )
    return of_infection and words.split()[-1] in _PRESENT


def _is_list(things: list[_Tested], cues: list[Unit]) -> bool:
    """Tell whether infections are listed, which are facts by themselves."""
    return len(things) > 1 or (bool(cues) and (things[0].is_whole or any(cue.kind not in _MANNERS for cue in cues)))


def _cues(cursor: Cursor) -> list[Unit]:
    """Read "known", "active or chronic", "infection with" in front; "tested" goes."""
    found: list[Unit] = []
    while True:
        cursor.take("article")
        unit = cursor.peek()
        if unit is None:
            return found
        if unit.kind in _MANNERS and unit.value not in ("treatment", "planned", "indicated", "risk"):
            found.append(unit)
            cursor.at += 1
        elif cursor.attempt(lambda: _infected_with(cursor)):
            found.append(unit)
        elif (
            (found and unit.kind == "word" and unit.value in ("to", "be"))
            or _joins_cues(cursor, found)
            or (unit.kind in ("word", "phrase") and unit.text.lower() in _TESTED)
        ):
            cursor.at += 1
        else:
            return found


def _joins_cues(cursor: Cursor, found: list[Unit]) -> bool:
    between = bool(found) and cursor.sees("separator", "or", "and")
    return between and any(cursor.sees(kind, ahead=1) for kind in _MANNERS)


def _performed(cursor: Cursor) -> bool | None:
    """Pass "performed" before a window."""
    if not _sees_performed(cursor):
        return None
    cursor.at += 1
    return cursor.sees("window") or None


def _sees_performed(cursor: Cursor) -> bool:
    unit = cursor.peek()
    return unit is not None and unit.text.lower() in _PERFORMED


def _infected_with(cursor: Cursor) -> bool | None:
    """Pass "infected with", "co-infection with"."""
    unit = cursor.peek()
    if unit is None or unit.text.lower() not in _INFECTED:
        return None
    cursor.at += 1
    link = cursor.peek()
    if link is None or link.text.lower() not in ("with", "by", "of", "to"):
        return None
    cursor.at += 1
    return True


def _said_before(cursor: Cursor) -> Unit | None:
    """Read "positive for", "a negative"."""
    said = cursor.take("result")
    if said is None:
        return None
    for name in ("test", "tests", "testing", "serology", "results", "result", "status", "screening"):
        unit = cursor.peek()
        if unit is not None and unit.text.lower() == name and cursor.sees("word", "for", ahead=1):
            cursor.at += 1
    cursor.take("word", "for", "to")
    return said


def _things(cursor: Cursor, context: Context) -> tuple[list[_Tested], list[str]]:
    things: list[_Tested] = []
    separators: list[str] = []
    while (found := cursor.attempt(lambda: _next(cursor, context, first=not things))) is not None:
        separators.extend([found[0]] if found[0] else [])
        things.append(found[1])
    return things, separators


def _next(cursor: Cursor, context: Context, *, first: bool) -> tuple[str, _Tested] | None:
    separator = "" if first else _separator(cursor)
    thing = _thing(cursor, context) if separator is not None else None
    return (separator, thing) if separator is not None and thing is not None else None


def _separator(cursor: Cursor) -> str | None:
    taken = cursor.take("separator", "or", "and", "comma")
    if taken is not None:
        return taken.value
    return "or" if cursor.take("word", "/") is not None else None


def _thing(cursor: Cursor, context: Context) -> _Tested | None:
    """Read the name of a test or an infection, with a test that says what for ("RT-PCR for SARS-CoV-2")."""
    cursor.take("article")
    qualifiers = tuple(cursor.take_all("qualifier"))
    infected = cursor.take("infected")
    if infected is not None:
        name = re.split(r"[-‑– ]", infected.text)[0]
        return _Tested(name, [infected], is_test=False, said=infected, qualifiers=qualifiers)
    units, name = _name(cursor, context)
    if not units:
        return None
    is_test = _is_test(units, name)
    target = cursor.attempt(lambda: _tested_for(cursor, context)) if is_test else None
    if target is not None:
        units = [*units, *target]
        name = context.words(units[0].start, target[-1].end)
    if not is_test and _OF_INFECTIONS.sub("", name.lower()) not in _INFECTIONS:
        return None
    return _Tested(name, units, is_test, qualifiers=qualifiers)


def _name(cursor: Cursor, context: Context) -> tuple[list[Unit], str]:
    """Read a name with a short form in it ("human immunodeficiency virus (HIV) infection")."""
    units: list[Unit] = []
    shorts = 0
    while not _sees_performed(cursor) and (unit := cursor.take("measurement") or cursor.take("phrase")) is not None:
        units.append(unit)
        if unit.text.lower() == "hepatitis" and cursor.sees("article") and cursor.units[cursor.at].text == "A":
            cursor.at += 1
            units.append(cursor.units[cursor.at - 1])
        shorts += cursor.attempt(lambda: _short_form(cursor)) is not None
    if not units:
        return [], ""
    is_one = shorts == 0 or len(units) == 1
    return units, context.words(units[0].start, units[-1].end) if is_one else " ".join(unit.text for unit in units)


def _short_form(cursor: Cursor) -> Cursor | None:
    inside = cursor.take_bracket()
    if inside is None or not 0 < len(inside.units) <= 3 or any(unit.kind == "quantity" for unit in inside.units):
        return None
    return inside if any(char.isupper() for char in inside.units[0].text) else None


def _tested_for(cursor: Cursor, context: Context) -> list[Unit] | None:
    if cursor.take("word", "for", "of", "to", "against") is None:
        return None
    cursor.take("article")
    units, _ = _name(cursor, context)
    return units or None


def _is_test(units: list[Unit], name: str) -> bool:
    return units[-1].kind == "measurement" or name.lower().split()[-1] in _TESTS or name.lower().split()[0] in _TESTS


def _rule(tested: _Tested, said: Unit | None, cues: list[Unit], timing: Timing, context: Context) -> Rule:
    """Return the atom of one thing; any of one for each of alternative qualifiers ("acute or chronic")."""
    has_qualifier = any(cue.kind == "qualifier" for cue in cues)
    # "active" is one of the alternatives beside a qualifier ("untreated or active")
    own = [cue for cue in cues if cue.kind == "qualifier" or (has_qualifier and cue.value == "current")]
    qualifiers = [*own, *tested.qualifiers]
    between = context.words(qualifiers[0].end, qualifiers[-1].start) if len(qualifiers) > 1 else ""
    sets = [[each] for each in qualifiers] if " or " in between else [qualifiers]
    others = [cue for cue in cues if cue not in qualifiers]
    return any_of([_atom(tested, tested.said or said, [*others, *each], timing, context) for each in sets])


def _atom(tested: _Tested, said: Unit | None, cues: list[Unit], timing: Timing, context: Context) -> Rule:
    fields: dict[str, Any] = {
        "concept": concept(tested.name),
        "status": list(dict.fromkeys(_status(cue) for cue in cues if cue.kind == "status")),
        "certainty": list(dict.fromkeys(cue.value for cue in cues if cue.kind == "certainty")),
        "qualifiers": [cue.text.lower() for cue in cues if cue.kind == "qualifier"],
        **timing.fields(),
        "spans": context.spans(*([said] if said is not None else []), *tested.units, *cues, *timing.units),
        "confidence": LIKELY,
    }
    if tested.is_test:
        return Measurement.model_validate({**fields, "values": [said.value if said is not None else "positive"]})
    rule = Condition.model_validate(fields)
    return rule if said is None or said.value == "positive" else not_(rule, context.spans(said))


def _status(cue: Unit) -> str:
    return "history" if cue.value == "prior" else str(cue.value)
