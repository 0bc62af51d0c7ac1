"""What taking part asks for: consent, adherence, a language, no other trial, ….

A requirement is the favourable case. "Poor adherence", "unable to comply" deny it; the denial reaches over what is
listed after it ("unable to understand or comply with the protocol").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from parser.models.rules import Requirement, Rule
from parser.nlp.components.topics.requirements import DEVICES, GIVERS, LANGUAGES, PLAIN_STUDIES
from parser.rules.context import SURE, Context, any_of, concept, not_
from parser.rules.frames.judgement import opinion
from parser.rules.frames.openings import opens
from parser.rules.frames.timing import Timing, read_timing
from parser.rules.units import Cursor, Unit

#: Last words of what a study asks to be followed; anything else is named in the rule ("poor adherence to insulin").
_STUDY_THINGS = frozenset("protocol study trial procedures schedule plan visits requirements regimen treatment".split())
#: Words after a consent, or another requirement, that say what it is for and when; they add nothing to it.
_PURPOSE = frozenset(
    """
    the a an this study trial protocol research project to for in of and or before prior any all participate
    participating participation taking take part enter enrolment enrollment entry inclusion start initiation beginning
    performing performance commencement conducting undergoing other related specific mandated screening procedures
    procedure assessments assessment activities tests evaluations registration local institutional national regulations
    regulation legislation law laws guidelines requirements irb iec ec ich gcp ich-gcp good clinical practice ethics
    committee approved by as per accordance according with must be is required conduct during through throughout entire
    duration study-related study-specific protocol-specific trial-related trial-specific voluntarily where applicable
    applicable form document voluntary purposes purpose from being at time - / regulatory state federal federal, on
    """.split()
)
#: Whose requirement it is, by the words for those who consent, where the participant is not named.
_SUBJECTS = {
    **dict.fromkeys(("parent", "parents", "parental"), "parent"),
    **dict.fromkeys(("caregiver", "caregivers"), "caregiver"),
    "mother": "mother",
}
_PARTICIPANT = frozenset(
    """
    patient patients subject subjects participant participants volunteer volunteers child children individual
    individuals adult adults
    """.split()
)
_ONLY_WILLING = ("participat", "take part", "taking part")
#: Words after "consent" that make it something else.
_NO_CONSENT = ("process", "procedure", "procedures", "discussion", "interview", "visit", "date", "period")
#: Words of a remark on who consents.
_REMARKS = frozenset(
    "if when is are minor minors applicable appropriate pediatric paediatric consent assent under-age available".split()
)
_LETTERS = re.compile(r"[^\W\d_]+")
_PLANS = frozenset(("plan", "plans", "planning", "intend", "intends", "intending", "intention", "anticipates"))


@dataclass(frozen=True, slots=True)
class _Said:
    """One requirement in words.

    Attributes:
        topic: What is done; its value is the topic.
        ability: "able to", "unwilling to"; None where the deed stands alone.
        before: People and statuses before it.
        target: What is adhered to, where it is not the study.
        tail: Words after it that add nothing.
        timing: When.
        subject: Whose it is, when not the participant's.
    """

    topic: Unit
    ability: Unit | None
    before: list[Unit]
    target: Unit | None
    tail: list[Unit]
    timing: Timing
    subject: str | None

    @property
    def is_denied(self) -> bool:
        """Whether its own words deny it."""
        return self.topic.value.startswith("-") != (self.ability is not None and self.ability.value == "-")

    @property
    def is_bare(self) -> bool:
        """Whether it goes on with the ability of the one before it."""
        return self.ability is None and not self.topic.value.startswith("-") and not self.before


@opens("requirement")
def requirement(cursor: Cursor, context: Context) -> Rule | None:
    """Read one requirement with its status and windows, and those that share its denial."""
    first = _said(cursor)
    if first is None or _is_past_denial(first):
        return None
    if not first.is_denied:
        return _rule(first, context, denied=False)
    rules, separators = [_rule(first, context, denied=True)], list[str]()
    while (more := cursor.attempt(lambda: _shares_denial(cursor))) is not None:
        separators.append(more[0].value)
        rules.append(_rule(more[1], context, denied=True))
    return context.join(rules, separators) if context.kind != "inclusion" else any_of(rules)


def _shares_denial(cursor: Cursor) -> tuple[Unit, _Said] | None:
    separator = cursor.take("separator", "comma", "or", "and")
    said = _said(cursor) if separator is not None else None
    return (separator, said) if separator is not None and said is not None and said.is_bare else None


def _said(cursor: Cursor) -> _Said | None:
    judged = cursor.attempt(lambda: opinion(cursor)) or []
    cursor.take("separator", "comma") if judged else None
    people = [*judged, *(cursor.attempt(lambda: _people(cursor)) or [])]
    cursor.take("article")
    statuses = _statuses(cursor)
    ability = cursor.take("ability")
    topic = cursor.take("requirement")
    if topic is None or (ability is None and _needs_willingness(topic)):
        return None
    name = topic.value.removeprefix("-")
    if name == "consent" and cursor.sees("phrase") and cursor.units[cursor.at].text.lower().split()[0] in _NO_CONSENT:
        return None
    target = cursor.attempt(lambda: _target(cursor)) if name == "adherence" else None
    if name == "participation":
        target = cursor.attempt(lambda: _tested(cursor))
    timing = read_timing(cursor)
    tail = cursor.attempt(lambda: _tail(cursor, name)) or []
    timing.extend(read_timing(cursor))
    subject = _subject([*people, *([ability] if ability else []), topic])
    return _Said(topic, ability, [*people, *statuses], target, tail, timing, subject)


def _needs_willingness(topic: Unit) -> bool:
    """Tell whether a deed says something only of those who are willing to do it ("participate in the study")."""
    return topic.value == "consent" and topic.text.lower().startswith(_ONLY_WILLING)


def _statuses(cursor: Cursor) -> list[Unit]:
    """Read "current", "prior or current"."""
    found = cursor.take_all("status")
    while found and cursor.sees("separator", "or", "and", "comma") and cursor.sees("status", ahead=1):
        cursor.at += 1
        found.extend(cursor.take_all("status"))
    return found


def _is_past_denial(said: _Said) -> bool:
    """Tell whether a denial is one of the past: "history of poor compliance" denies no compliance at any time."""
    return said.is_denied and any(unit.kind == "status" and unit.value != "current" for unit in said.before)


def _people(cursor: Cursor) -> list[Unit] | None:
    """Pass those who consent or take part: "the patient or a legally authorized representative"."""
    taken: list[Unit] = []
    while (unit := cursor.peek()) is not None and unit.kind not in ("requirement", "ability", "status"):
        words = unit.text.lower().replace("'s", "").replace("’s", "").split()
        if not (unit.kind in ("population", "open", "close") or (words and GIVERS.issuperset(words))):
            return None
        taken.append(unit)
        cursor.at += 1
    depth = sum((unit.kind == "open") - (unit.kind == "close") for unit in taken)
    return taken if depth == 0 and taken and taken[0].kind not in ("separator", "open") else None


def _tail(cursor: Cursor, name: str) -> list[Unit] | None:
    """Pass what a requirement is for, and whose opinion it is; None where other words follow."""
    judged = cursor.attempt(lambda: opinion(cursor))
    taken = [*(judged or []), *(cursor.attempt(lambda: _remark(cursor)) or [])]
    if name in ("language", "technology"):
        return [*taken, *(cursor.attempt(lambda: _use(cursor)) or [])]
    if name not in ("consent", "assent", "adherence", "follow_up", "capacity"):
        return taken
    while (unit := cursor.peek()) is not None and _is_purpose(cursor, unit):
        taken.append(unit)
        cursor.at += 1
    while taken and taken[-1].kind == "separator":
        cursor.at -= 1
        taken.pop()
    return [*taken, *(cursor.attempt(lambda: _remark(cursor)) or []), *(cursor.attempt(lambda: opinion(cursor)) or [])]


def _remark(cursor: Cursor) -> list[Unit] | None:
    """Pass "(ICF)", "(if the patient is a minor)"."""
    begun = cursor.at
    inside = cursor.take_bracket()
    if inside is None or inside.done:
        return None
    words = {word for unit in inside.units for word in unit.text.lower().replace("'s", "").split()}
    is_short = len(inside.units) == 1 and sum(char.isupper() for char in inside.units[0].text) >= 2
    return cursor.units[begun : cursor.at] if is_short or words <= _REMARKS | GIVERS | _PURPOSE else None


def _use(cursor: Cursor) -> list[Unit] | None:
    """Pass what a language or device is needed for: "sufficiently to complete questionnaires"."""
    begun = cursor.at
    ability = cursor.take("ability")
    if ability is None:
        cursor.take("word", "to")
    deed = cursor.take("requirement") or cursor.take("activity")
    leads = ability is None or ability.text.lower().split()[0] in (
        "sufficient",
        "sufficiently",
        "adequate",
        "adequately",
        "to",
    )
    return cursor.units[begun : cursor.at] if deed is not None and leads else None


def _is_purpose(cursor: Cursor, unit: Unit) -> bool:
    """Tell whether a unit goes on with a purpose; "and" does where all that it joins is one."""
    if unit.kind != "separator":
        return _says_purpose(unit)
    if unit.value == "semicolon":
        return False
    for following in cursor.units[cursor.at + 1 :]:
        if following.kind == "stop":
            break
        if following.kind != "separator" and not _says_purpose(following):
            return False
    return True


def _says_purpose(unit: Unit) -> bool:
    if unit.kind == "requirement":
        return _needs_willingness(unit)
    if unit.kind in ("ability", "quantity", "open", "close", "stop", "negation", "exception"):
        return False
    return _PURPOSE.issuperset(unit.text.lower().replace("(", " ").replace(")", " ").split())


def _target(cursor: Cursor) -> Unit | None:
    """Read what is to be adhered to."""
    if cursor.take("word", "to") is None and not _take_with(cursor):
        return None
    cursor.take("article")
    return cursor.take("phrase")


def _tested(cursor: Cursor) -> Unit | None:
    """Read "with risperidone", "involving dasotraline" after a study."""
    if cursor.take("word", "of", "for", "involving", "using", "evaluating", "on") is None and not _take_with(cursor):
        return None
    cursor.take("article")
    tested = cursor.take("phrase")
    if tested is not None:
        cursor.attempt(lambda: _remark(cursor))
    return tested


def _take_with(cursor: Cursor) -> bool:
    if not cursor.sees("narrowing") or cursor.units[cursor.at].text.lower() != "with":
        return False
    cursor.at += 1
    return True


def _subject(units: list[Unit]) -> str | None:
    """Return whose requirement it is, where others than the participant are named."""
    words = [word for unit in units for word in unit.text.lower().replace("/", " ").split()]
    if not _PARTICIPANT.isdisjoint(words):
        return None
    return next((_SUBJECTS[word] for word in words if word in _SUBJECTS), None)


def _rule(said: _Said, context: Context, *, denied: bool) -> Rule:
    units = [*said.before, said.topic, *said.tail, *said.timing.units]
    spans = context.spans(*units, *(unit for unit in (said.ability, said.target) if unit is not None))
    statuses = [unit.value for unit in said.before if unit.kind == "status"]
    topic = said.topic.value.removeprefix("-")
    planned = topic == "participation" and said.ability is not None and _says_plan(said.ability)
    fields: dict[str, Any] = {
        "topic": topic,
        "status": [*statuses, *(["planned"] if planned else [])],
        "subject": said.subject,
        **said.timing.fields(),
        "spans": spans,
        "confidence": SURE,
    }
    names = _concepts(said, topic)
    rules: list[Rule] = [
        Requirement.model_validate({**fields, "concept": None if name is None else concept(name)}) for name in names
    ]
    rule = any_of(rules)
    return not_(rule, spans) if denied else rule


def _says_plan(ability: Unit) -> bool:
    return not _PLANS.isdisjoint(ability.text.lower().split())


def _concepts(said: _Said, topic: str) -> list[str | None]:
    """Return what the requirement is about; several where any suffices ("English or Spanish")."""
    words = said.topic.text.replace("-", " ").replace("/", " ").replace(",", " ").split()
    if topic == "language":
        named = [word for word in words if word.lower() in LANGUAGES]
        local = "local language" if "local" in said.topic.text.lower() else None
        return list(dict.fromkeys(named)) or [local]
    if topic == "technology":
        return [_stretch(said.topic.text, DEVICES)]
    if topic == "participation":
        kind = _kind_of_study(said.topic.text)
        return [kind if said.target is None else f"{kind or 'study'} of {said.target.text}"]
    if topic == "legal":
        return [said.topic.text]
    if said.target is not None and said.target.text.split()[-1].lower() not in _STUDY_THINGS:
        return [said.target.text]
    return [None]


def _stretch(text: str, words: frozenset[str]) -> str:
    """Return the text from the first to the last of the words; all of it where none stands alone."""
    places = [match.span() for match in _LETTERS.finditer(text) if match.group().lower() in words]
    return text[places[0][0] : places[-1][1]] if places else text


def _kind_of_study(text: str) -> str | None:
    """Return "interventional trial" of "participation in another interventional trial"; None of "another study"."""
    parts = text.split()
    start = next((at for at, part in enumerate(parts) if part.lower() in ("in", "on", "into")), -1) + 1
    kept = parts[start:]
    while kept and kept[0].lower() in PLAIN_STUDIES and kept[0].lower() not in ("clinical", "research"):
        kept.pop(0)
    return None if PLAIN_STUDIES.issuperset(word.lower() for word in kept) else " ".join(kept)
