"""What the investigator judges: "any condition that, in the investigator's opinion, would interfere with the study".

Named causes aside, such words say one thing: somebody decides that taking part suits the person, or does not.
"""

from __future__ import annotations

import re

from parser.models.rules import Condition, Requirement, Rule
from parser.rules.context import LIKELY, Context, any_of, concept, not_
from parser.rules.units import Cursor, Unit

_JUDGES = frozenset(
    """
    investigator investigators subinvestigator sub-investigator physician physicians clinician clinicians doctor
    doctors pi monitor
    """.split()
)
_OPINIONS = frozenset(
    """
    opinion opinions judgement judgment judgements discretion assessment evaluation decision view determined judged
    deemed assessed considered evaluated decided believes believe feels considers judges deems thinks determines decides
    """.split()
)
#: Words that stand with these in "in the opinion of the treating investigator or designee".
_AROUND = frozenset(
    """
    in at to per by on upon based according as under the of a an principal treating study site local responsible
    enrolling examining medical and or and/or qualified clinical attending his her designee sponsor 's ’s s is who or
    """.split()
)
#: Words, or beginnings of them, that say that taking part does not suit somebody.
_UNFIT = re.compile(
    r"""
    (?<![^\W_])(?:interfer|preclud|compromis|jeopard|unsuitab|inappropriat|unfit|confound|risk|unsafe|endanger|incompatib
    |undesirab|inadvisab|unfavo|exclud|impair|hinder|prevent|affect|limit|imped|influenc|prohibit|contraindicat|ineligib
    |complicat|obscur|alter|pose|hazard|harm|unacceptab|detriment|adverse|prejudic|unreliab|unable|unlikely|bias|not
    |threat|danger|concern|difficult)
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: Words for causes of which anything may be one; together they name no disease.
_ANY_CAUSE = frozenset(
    """
    the a an any other another presence of existing or and and/or evidence concurrent current has have having with
    active serious severe significant clinically clinical relevant acute chronic uncontrolled unstable known underlying
    medical psychiatric psychological social physical mental surgical laboratory coexisting co-existing concomitant
    pre-existing non-medical additional major familial sociological geographical personal behavioral behavioural
    emotional
    substantial important systemic abnormal intercurrent subject subjects patient patients participant participants for
    all some specific potential non - history conditions condition reasons reason factors factor circumstances
    circumstance situations situation issues issue problems problem diseases disease illnesses illness disorders
    disorder abnormality abnormalities finding findings comorbidity comorbidities co-morbidity co-morbidities
    complication complications state states concern concerns there is are presents suffering from co morbidity
    morbidities diagnosis / , 's uncontrollable debilitating unspecified
    """.split()
)
_CAUSES = frozenset(
    """
    conditions condition reasons reason factors factor circumstances circumstance situations situation issues issue
    problems problem diseases disease illnesses illness disorders disorder abnormality abnormalities finding findings
    comorbidity comorbidities co-morbidity co-morbidities complication complications state states concern concerns
    morbidity morbidities
    """.split()
)
#: Of these, the ones that are states of health by themselves, and the words that make a condition one.
_HEALTH = frozenset("diseases disease illnesses illness disorders disorder comorbidity comorbidities".split())
_OF_HEALTH = frozenset("medical psychiatric psychological physical mental systemic".split())
#: Words that end the naming of the cause.
_TURNS = frozenset(
    """
    that which who would could may might will can making interfering makes judged deemed considered determined assessed
    if
    """.split()
)
_TO_OPINION = frozenset("in as per at according based by to on".split())
#: All that a clause may hold which only says that somebody is fit for the study, or not.
_FITNESS = frozenset(
    """
    is are be being not the a an subject subjects patient patients participant participants person persons individual
    individuals who otherwise has have for any reason reasons in generally felt thought found other must that to study
    trial participation participate inclusion enrollment enrolment this candidate candidates included enrolled protocol
    entry research would complete comply with requirements of their part taking should medical general good poor very by
    clinical
    """.split()
)
_UNSUITABLE = frozenset("unsuitable inappropriate unfit ineligible unlikely undesirable unreliable".split())
_SUITABLE = frozenset("suitable appropriate eligible fit".split())
_WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*|['’]s")
#: Longest clause, in units, that is looked at.
_LONGEST = 80


def opinion(cursor: Cursor) -> list[Unit] | None:
    """Pass ", in the opinion of the investigator"; return its units, None when it does not stand here."""
    begun = cursor.at
    cursor.take("separator", "comma")
    opens = cursor.take("open")
    words: list[str] = []
    while (unit := cursor.peek()) is not None:
        here = _words(unit.text)
        if not here or not all(word in _AROUND | _JUDGES | _OPINIONS for word in here):
            break
        words.extend(here)
        cursor.at += 1
    if opens is not None and cursor.take("close") is None:
        return None
    judged = not _JUDGES.isdisjoint(words) and (not _OPINIONS.isdisjoint(words) or words[0] == "per")
    return cursor.units[begun : cursor.at] if judged else None


def judgement(cursor: Cursor, context: Context) -> Rule | None:
    """Read a clause that says nothing but that somebody judges the person unsuitable, or suitable, for the study.

    What is said of the last of a list may be meant for all of it, so only a whole sentence is read.
    """
    if cursor.sees("separator") or cursor.table(_after_a_list)[cursor.at] or not cursor.table(_is_judged)[cursor.at]:
        return None
    units = _to_the_stop(cursor)
    words = [word for unit in units for word in _words(unit.text)]
    if (
        _JUDGES.isdisjoint(words)
        or _OPINIONS.isdisjoint(words)
        or any(unit.kind in ("exception", "examples", "definition") for unit in units)
    ):
        return None
    rule = _of_a_cause(units, words, context) or _of_the_person(units, words, context)
    if rule is not None:
        cursor.at += len(units)
    return rule


def _after_a_list(row: list[Unit]) -> list[bool]:
    """Tell of every place, the end included, whether a list or a bracket began before it in its sentence."""
    found = [False]
    for unit in row:
        found.append(not _ends_sentence(unit) and (found[-1] or unit.kind in ("separator", "open")))
    return found


def _is_judged(row: list[Unit]) -> list[bool]:
    """Tell of every place, the end included, whether its sentence goes on with one who judges and what they do."""
    found = [False]
    judges = opinions = False
    for unit in reversed(row):
        goes_on = not _ends_sentence(unit)
        words = _words(unit.text) if goes_on and not (judges and opinions) else []
        judges = goes_on and (judges or not _JUDGES.isdisjoint(words))
        opinions = goes_on and (opinions or not _OPINIONS.isdisjoint(words))
        found.append(judges and opinions)
    return found[::-1]


def judged(cursor: Cursor, context: Context) -> Rule | None:
    """Read "which in the investigator's opinion would interfere with the study" after what it is said of.

    Returns:
        `not(requirement investigator_judgement)`, for the `where` of what stands before; None for other words.
    """
    begun = cursor.at
    cursor.take("separator", "comma")
    if cursor.take("narrowing") is None:
        return None
    units = _to_the_stop(cursor)
    words = [word for unit in units for word in _words(unit.text)]
    if (
        _JUDGES.isdisjoint(words)
        or _OPINIONS.isdisjoint(words)
        or any(unit.kind in ("exception", "examples", "definition") for unit in units)
    ):
        cursor.at = begun
        return None
    if _UNFIT.search(" ".join(words)) is None:
        cursor.at = begun
        return None
    cursor.at += len(units)
    suits = _suits(units, context)
    return not_(suits, suits.spans)


def _words(text: str) -> list[str]:
    return [match.group().lower() for match in _WORD.finditer(text)]


def _ends_sentence(unit: Unit) -> bool:
    return unit.kind == "stop" or (unit.kind == "separator" and unit.value == "semicolon")


def _to_the_stop(cursor: Cursor) -> list[Unit]:
    units: list[Unit] = []
    for unit in cursor.units[cursor.at : cursor.at + _LONGEST + 1]:
        if _ends_sentence(unit):
            break
        units.append(unit)
    return units if len(units) <= _LONGEST else []


def _suits(units: list[Unit], context: Context) -> Requirement:
    return Requirement(topic="investigator_judgement", spans=context.spans(*units), confidence=LIKELY)


def _of_a_cause(units: list[Unit], words: list[str], context: Context) -> Rule | None:
    """Read "any condition that would interfere with …"; a state of health stays a condition."""
    begun = _past_opinion(words)
    end = next((at for at in range(begun, len(words)) if _turns(words, at)), len(words))
    cause = [word for word in words[begun:end] if word not in ("the", "investigator")]
    if not cause or cause[-1] not in _CAUSES or not _ANY_CAUSE.issuperset(cause):
        return None
    turn = _unit_at(units, end)
    if turn < len(units) and any(unit.kind == "open" for unit in units[max(turn - 1, 0) : turn + 1]):
        return None  # the cause goes on after the bracket
    suits = _suits(units, context)
    unsuited = not_(suits, suits.spans)
    named = _named(units, begun, end, context)
    if named is None:
        return unsuited
    if end < len(words) and _UNFIT.search(" ".join(words[end:])) is None:
        return None
    return any_of(
        [
            Condition(
                concept=concept(named[0]), qualifiers=each, where=[unsuited], spans=suits.spans, confidence=LIKELY
            )
            for each in named[1]
        ]
    )


def _turns(words: list[str], at: int) -> bool:
    """Tell whether a word ends the naming of the cause; "in" does before an opinion."""
    if words[at] in _TURNS:
        return True
    return words[at] in _TO_OPINION and not (_JUDGES | _OPINIONS).isdisjoint(words[at + 1 : at + 5])


def _named(units: list[Unit], begun: int, end: int, context: Context) -> tuple[str, list[list[str]]] | None:
    """Return the state of health that a cause names, and its sets of qualifiers; None where it may be anything."""
    inside = units[_unit_at(units, begun) : _unit_at(units, end)]
    words = [word for unit in inside for word in _words(unit.text)]
    heads = [word for word in words if word in _CAUSES]
    bare = [head for head in heads if head not in _HEALTH]
    if bare and (not all(head.startswith("condition") for head in bare) or _OF_HEALTH.isdisjoint(words)):
        return None
    qualifiers: list[str] = []
    either = False
    while inside and (inside[0].kind != "phrase" or set(_words(inside[0].text)) <= {"other", "presence", "history"}):
        qualifiers += [inside[0].text.lower()] if inside[0].kind == "qualifier" else []
        either = either or (inside[0].kind == "separator" and inside[0].value == "or")
        inside = inside[1:]
    if not inside or sum(unit.kind == "separator" for unit in inside) > 1:
        return None
    sets = [[each] for each in qualifiers] if either and qualifiers else [qualifiers]
    return context.words(inside[0].start, inside[-1].end), sets


def _unit_at(units: list[Unit], count: int) -> int:
    """Return the index of the unit in which the word of this number stands."""
    for index, unit in enumerate(units):
        if count <= 0:
            return index
        count -= len(_words(unit.text))
    return len(units)


def _past_opinion(words: list[str]) -> int:
    """Return where the words after "in the opinion of the investigator" at the beginning stand."""
    if words[0] not in ("in", "per", "at", "according"):
        return 0
    return next((at for at, word in enumerate(words) if word not in _AROUND | _JUDGES | _OPINIONS), 0)


def _of_the_person(units: list[Unit], words: list[str], context: Context) -> Rule | None:
    """Read "considered unsuitable for the study by the investigator"."""
    said = _UNSUITABLE.intersection(words), _SUITABLE.intersection(words)
    rest = set(words) - _AROUND - _JUDGES - _OPINIONS - _FITNESS - _UNSUITABLE - _SUITABLE
    if rest or bool(said[0]) == bool(said[1]):
        return None
    suits = _suits(units, context)
    return not_(suits, suits.spans) if bool(said[0]) != ("not" in words) else suits
