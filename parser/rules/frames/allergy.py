"""Allergies, intolerances and contraindications, with what they are against."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from parser.models.rules import Allergy, Condition, Rule
from parser.rules.context import LIKELY, Context, any_of, concept
from parser.rules.frames.openings import opens
from parser.rules.frames.timing import Timing, read_timing
from parser.rules.units import Cursor, Unit

#: Words for a part of a product, which its name must follow.
_PARTS = frozenset(
    """
    component components ingredient ingredients excipient excipients constituent constituents metabolite metabolites
    formulation formulations substance substances compound compounds
    """.split()
)
_AGAINST = ("to", "against", "for", "of", "towards", "toward", "from", "after", "on", "caused", "by", "related")
#: Words between the substances and what they are parts of, or like.
_OF = ("of", "in", "from", "for", "used", "contained", "or")
#: Adjectives that name no substance by themselves.
_HEADLESS = frozenset(
    """
    human humanized humanised murine chimeric rodent mouse oral intravenous topical systemic inhaled injectable local
    subcutaneous general active inactive recombinant ionic bovine synthetic iv intramuscular parenteral
    """.split()
)
#: Reactions that are diseases where nothing is named that they are against.
_DISEASES = frozenset(
    """
    anaphylaxis allergies allergy hypersensitivity hypersensitivities
    """.split()
) | {"anaphylactic reaction", "anaphylactic reactions", "anaphylactic shock", "allergic reaction", "allergic reactions"}
#: Words that only lead to the substance: "the use of", "treatment with", "undergoing".
_LEADING = frozenset(
    "use administration receiving undergoing treatment performing taking using getting having receipt".split()
)


@dataclass(frozen=True, slots=True)
class _Reaction:
    """A kind of reaction with its qualifiers."""

    term: Unit
    qualifiers: list[Unit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Substance:
    """What a reaction is against; `examples` are kinds of it."""

    unit: Unit
    name: str
    examples: tuple[Rule, ...] = ()
    members: tuple[str, ...] = ()


@opens("allergy")
def allergy(cursor: Cursor, context: Context) -> Rule | None:
    """Read "hypersensitivity or severe adverse reactions to A or B": one atom a reaction and substance."""
    statuses, certainties = _manner(cursor)
    named = cursor.attempt(lambda: _named_before(cursor))
    if named is not None:
        reaction, substances, separators = named[0], [named[1]], list[str]()
        return _rules([reaction], substances, [], statuses, certainties, read_timing(cursor), context)
    reactions = _reactions(cursor)
    if not reactions:
        return None
    substances, separators = cursor.attempt(lambda: _against(cursor, context)) or ([], [])
    if not substances:
        return _alone(cursor, reactions, statuses, certainties, context)
    if "and" in separators and context.kind == "inclusion" and not context.denied:
        return None
    is_contraindicated = all(reaction.term.value == "contraindication" for reaction in reactions)
    reasons = (cursor.attempt(lambda: _reasons(cursor, context)) if is_contraindicated else None) or []
    timing = read_timing(cursor)
    if not _is_over(cursor):
        return None
    return _rules(reactions, _with_heads(substances), reasons, statuses, certainties, timing, context)


def _named_before(cursor: Cursor) -> tuple[_Reaction, _Substance] | None:
    """Read "severe penicillin allergy"."""
    qualifiers = cursor.take_all("qualifier")
    substance = cursor.take("phrase")
    term = cursor.take("allergy", "allergy", "intolerance") if substance is not None else None
    if substance is None or term is None or not _is_over(cursor):
        return None
    return _Reaction(term, qualifiers), _Substance(substance, substance.text)


def _alone(
    cursor: Cursor, reactions: list[_Reaction], statuses: list[Unit], certainties: list[Unit], context: Context
) -> Rule | None:
    """Read "history of anaphylaxis": with nothing that it is against, it is a condition."""
    timing = read_timing(cursor)
    if not _is_over(cursor) or any(reaction.term.text.lower() not in _DISEASES for reaction in reactions):
        return None
    rules: list[Rule] = [
        Condition.model_validate(
            {
                "concept": concept(reaction.term.text),
                "status": list(dict.fromkeys(_status(unit) for unit in statuses)),
                "certainty": list(dict.fromkeys(unit.value for unit in certainties)),
                "qualifiers": [unit.text.lower() for unit in reaction.qualifiers],
                **timing.fields(),
                "spans": context.spans(*statuses, *certainties, *reaction.qualifiers, reaction.term, *timing.units),
                "confidence": LIKELY,
            }
        )
        for reaction in reactions
    ]
    return any_of(rules)


def _rules(
    reactions: list[_Reaction],
    substances: list[_Substance],
    reasons: list[Rule],
    statuses: list[Unit],
    certainties: list[Unit],
    timing: Timing,
    context: Context,
) -> Rule:
    manner = {
        "status": list(dict.fromkeys(_status(unit) for unit in statuses)),
        "certainty": list(dict.fromkeys(certainty.value for certainty in certainties)),
        "confidence": LIKELY,
        **timing.fields(),
    }
    shared = [*statuses, *certainties, *timing.units]
    said: dict[tuple[object, ...], Rule] = {}
    for reaction in reactions:
        for substance in substances:
            atom = _atom(reaction, substance, shared, manner, context)
            key = (reaction.term.value, tuple(unit.text for unit in reaction.qualifiers), substance.name)
            said.setdefault(key, atom.model_copy(update={"examples": reasons}) if reasons else atom)
    return any_of(list(said.values()))


def _with_heads(substances: list[_Substance]) -> list[_Substance]:
    """Give an adjective in a list the noun of the next substance ("human or murine antibodies")."""
    found: list[_Substance] = []
    for substance in reversed(substances):
        words = substance.name.split()
        if found and len(words) == 1 and words[0].lower() in _HEADLESS:
            head = found[-1].name.split()
            substance = replace(substance, name=" ".join([words[0], *(head[1:] if len(head) > 1 else head)]))
        found.append(substance)
    return found[::-1]


def _status(unit: Unit) -> str:
    return "history" if unit.value == "prior" else str(unit.value)


def _manner(cursor: Cursor) -> tuple[list[Unit], list[Unit]]:
    """Read "known or suspected", "a history of", "presence of" in front."""
    statuses: list[Unit] = []
    certainties: list[Unit] = []
    while True:
        cursor.take("article")
        if (unit := cursor.take("status", "history", "current", "prior")) is not None:
            statuses.append(unit)
        elif (unit := cursor.take("certainty", "known", "suspected", "confirmed")) is not None:
            certainties.append(unit)
        elif cursor.take("intro", "condition") is not None:
            continue
        elif (statuses or certainties) and cursor.sees("separator", "or", "and", "comma") and _sees_manner(cursor):
            cursor.at += 1
        else:
            return statuses, certainties


def _sees_manner(cursor: Cursor) -> bool:
    return cursor.sees("certainty", ahead=1) or cursor.sees("status", ahead=1)


def _reactions(cursor: Cursor) -> list[_Reaction]:
    reactions: list[_Reaction] = []
    while (reaction := cursor.attempt(lambda: _reaction(cursor, first=not reactions))) is not None:
        reactions.append(reaction)
    return reactions


def _reaction(cursor: Cursor, *, first: bool) -> _Reaction | None:
    if not first and cursor.take("separator", "or", "comma", "and") is None and cursor.take("word", "/") is None:
        return None
    cursor.take("article")
    cursor.take("word", "other")
    cursor.take("certainty", "known")
    qualifiers = cursor.take_all("qualifier")
    term = cursor.take("allergy")
    return _Reaction(term, qualifiers) if term else None


def _against(cursor: Cursor, context: Context) -> tuple[list[_Substance], list[str]] | None:
    """Read "to A or B", "attributed to compounds of similar composition to A"."""
    linked = cursor.take_all("word", *_AGAINST)
    similar = cursor.take("similar")
    if not linked and similar is None:
        return None
    substances, separators = _substances(cursor, context)
    if similar is not None:
        substances = [replace(each, name=f"compounds of similar composition to {each.name}") for each in substances]
    return (substances, separators) if substances else None


def _substances(cursor: Cursor, context: Context) -> tuple[list[_Substance], list[str]]:
    substances: list[_Substance] = []
    separators: list[str] = []
    while True:
        substance = cursor.attempt(lambda: _substance(cursor, context))
        if substance is None:
            if not separators:
                return [], []
            cursor.at -= 1
            return substances, separators[:-1]
        substances.append(substance)
        separator = cursor.take("separator", "comma", "or", "and") or cursor.take("word", "/")
        if separator is None:
            return substances, separators
        separators.append(separator.value if separator.kind == "separator" else "or")


def _reasons(cursor: Cursor, context: Context) -> list[Rule] | None:
    """Read "(e.g., claustrophobia, pacemaker)" after a contraindication: what it may be."""
    inside = cursor.take_bracket() if cursor.sees("open") else cursor
    if inside is None:
        return None
    if inside is cursor:
        cursor.take("separator", "comma")
    if inside.take("examples") is None and inside is cursor:
        return None
    inside.take("separator", "comma")
    rules = context.read_list(inside, replace(context, expects="Condition"))
    return rules if rules and (inside is cursor or inside.done) else None


def _substance(cursor: Cursor, context: Context) -> _Substance | None:
    """Read a substance, or a part of one: "any component of the study drug", "any of its excipients"."""
    _lead(cursor)
    if cursor.sees("allergy") or cursor.sees("certainty"):
        return None
    first = cursor.at
    cursor.take("qualifier")
    part = cursor.take("phrase") or cursor.take("biomarker") or _code_name(cursor)
    if part is None:
        return None
    while (more := cursor.take("phrase")) is not None:
        part = _joined(cursor.units[first], more, context)
    if _names_part(part.text):
        part = _part_of(cursor, part, context)
    members = cursor.attempt(lambda: _members(cursor, context)) or []
    examples = cursor.attempt(lambda: _examples(cursor, context, part))
    cursor.attempt(lambda: _remark(cursor)) if examples is None else None
    return _Substance(part, part.text, tuple(examples or ()), tuple(members))


def _code_name(cursor: Cursor) -> Unit | None:
    """Read a substance that is known by a number ("LY3214996")."""
    unit = cursor.peek()
    is_code = unit is not None and unit.kind == "word" and unit.text[:1].isupper() and unit.text[-1:].isdigit()
    return cursor.take("word") if is_code else None


def _lead(cursor: Cursor) -> None:
    """Pass the words before a substance that do not name it."""
    while True:
        unit = cursor.peek()
        if unit is None:
            return
        words = unit.text.lower().split()
        leads = unit.kind == "intro" and unit.value == "treatment"
        if not (
            leads
            or unit.kind == "article"
            or (
                unit.kind in ("word", "narrowing")
                and words[0]
                in ("of", "its", "their", "with", "either", "other", "one", "more", "these", "this", "to", "both")
            )
            or (unit.kind in ("phrase", "word") and _LEADING.issuperset(words))
        ):
            return
        cursor.at += 1


def _names_part(text: str) -> bool:
    return text.lower().split()[-1] in _PARTS


def _part_of(cursor: Cursor, part: Unit, context: Context) -> Unit:
    """Read "component of the study drug" to its end."""
    mark = cursor.at
    if cursor.take("word", *_OF) is None:
        return part
    cursor.take_all("word", *_OF)
    cursor.take("article")
    cursor.take("word", "its", "their", "these", "this")
    whole = cursor.take("phrase") or _code_name(cursor)
    if whole is None:
        cursor.at = mark
        return part
    if cursor.sees("word", "/") and cursor.sees("phrase", ahead=1):
        cursor.at += 2
        whole = cursor.units[cursor.at - 1]
    return _joined(part, whole, context)


def _joined(first: Unit, last: Unit, context: Context) -> Unit:
    return Unit("phrase", "Drug", first.start, last.end, context.words(first.start, last.end))


def _examples(cursor: Cursor, context: Context, part: Unit) -> list[Rule] | None:
    """Read "(e.g., penicillin)", "such as aspirin": substances that are kinds of the one before."""
    inside = cursor.take_bracket() if cursor.sees("open") else cursor
    if inside is None:
        return None
    if inside is cursor:
        cursor.take("separator", "comma")
    if inside.take("examples") is None:
        return None
    inside.take("separator", "comma")
    if part.value == "Procedure":
        return None
    substances, _ = _substances(inside, context)
    if not substances or (inside is not cursor and not inside.done):
        return None
    if any(each.unit.value == "Condition" for each in substances):
        return [
            Condition(concept=concept(each.name), spans=context.spans(each.unit), confidence=LIKELY)
            for each in substances
        ]
    return [
        Allergy(concept=concept(each.name), spans=context.spans(each.unit), confidence=LIKELY) for each in substances
    ]


def _members(cursor: Cursor, context: Context) -> list[str] | None:
    """Read a bracket that lists the members of a substance: "components (A, B or C)"."""
    inside = cursor.take_bracket()
    if inside is None or inside.sees("examples"):
        return None
    substances, separators = _substances(inside, context)
    return [each.name for each in substances] if inside.done and separators else None


def _remark(cursor: Cursor) -> bool | None:
    """Pass a bracket with a short form or another name."""
    inside = cursor.take_bracket()
    return (
        True
        if inside is not None and 0 < len(inside.units) <= 2 and inside.units[0].kind in ("phrase", "word")
        else None
    )


def _is_over(cursor: Cursor) -> bool:
    """Tell whether the substances are all: nothing, a new clause or a bracket's end follows."""
    return cursor.done or cursor.sees("stop") or cursor.sees("separator") or cursor.sees("close")


def _atom(
    reaction: _Reaction, substance: _Substance, shared: list[Unit], manner: dict[str, object], context: Context
) -> Rule:
    return Allergy.model_validate(
        {
            "concept": concept(substance.name),
            "kind": reaction.term.value,
            "qualifiers": [qualifier.text.lower() for qualifier in reaction.qualifiers],
            "defined_as": _defined(reaction, substance, context),
            "examples": [
                example.model_copy(update={"kind": reaction.term.value}) if isinstance(example, Allergy) else example
                for example in substance.examples
            ],
            "spans": context.spans(*shared, *reaction.qualifiers, reaction.term, substance.unit),
            **manner,
        }
    )


def _defined(reaction: _Reaction, substance: _Substance, context: Context) -> Rule | None:
    """Return the members of a substance, where the words list them."""
    if not substance.members:
        return None
    spans = context.spans(substance.unit)
    return any_of(
        [
            Allergy.model_validate(
                {"concept": concept(name), "kind": reaction.term.value, "spans": spans, "confidence": LIKELY}
            )
            for name in substance.members
        ]
    )
