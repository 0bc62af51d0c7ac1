"""The listed phrases of a clinical criterion: shared heads, qualifiers, brackets.

"Severe primary diseases affecting survival (e.g., life-limiting hepatic, renal, or endocrine disorders)" is one item
with a qualifier before it, one after it, and a bracket whose three examples share the head "disorders".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parser.models.rules import Rule
from parser.nlp.components.phrases.patterns import ADJECTIVE_ENDINGS, ANATOMY
from parser.normalize.concepts import singular
from parser.rules.context import LIKELY, SURE, Context, any_of
from parser.rules.things import NAMED, TREATMENTS, thing
from parser.rules.units import Cursor, Unit

_LIST_SEPARATORS = ("comma", "or", "and")
#: Kinds of phrase that need the head noun of a later one in the list.
_HEADLESS = ("Adjective", "Anatomy")


@dataclass(slots=True)
class Item:
    """One listed phrase.

    Attributes:
        text: The concept's words, a shared head included.
        kind: What it names: a label of `trial_phrases`.
        units: Its words' units, for the spans.
        qualifiers: In the words used, lower case.
        methods: From a bracket ("based on …").
        examples: From a bracket or after "such as".
        defined_as: From a bracket that lists the members of the term.
        confidence: How sure its kind is.
        borrows_head: Whether its head noun stands at a later item.
    """

    text: str
    kind: str
    units: list[Unit]
    qualifiers: list[str] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    examples: list[Rule] = field(default_factory=list)
    defined_as: Rule | None = None
    confidence: float = SURE
    borrows_head: bool = False


def read_items(cursor: Cursor, context: Context) -> tuple[list[Item], list[str]]:
    """Read a list of phrases; empty when there is none, or when one of its brackets cannot be read."""
    items: list[Item] = []
    separators: list[str] = []
    while True:
        found = cursor.attempt(lambda: _next(cursor, context, first=not items))
        if found is None:
            break
        separator, alternatives = found
        if separator:
            separators.append(separator)
        separators.extend("or" for _ in alternatives[1:])
        items.extend(alternatives)
    if not _read_brackets_of_all(items):
        return [], []
    _share_heads(items)
    _share_qualifiers(items, separators)
    return items, separators


def _next(cursor: Cursor, context: Context, *, first: bool) -> tuple[str, list[Item]] | None:
    """Read the separator and the next phrase, once for each of its alternative qualifiers."""
    separator = "" if first else _separator(cursor)
    if separator is None:
        return None
    cursor.take("article")
    sets = _qualifier_sets(cursor)
    phrase = cursor.take("phrase")
    if phrase is None:
        return None
    phrase_units, text = _with_complement(cursor, context, phrase)
    after = _extents(cursor, context)
    item = Item(text=text, kind=phrase.value, units=phrase_units)
    if after is None or not _brackets(cursor, context, item):
        item.kind = "Unreadable"
    return separator, [_qualified(item, qualifiers, after or ([], [])) for qualifiers in sets]


def _separator(cursor: Cursor) -> str | None:
    unit = cursor.take("separator", *_LIST_SEPARATORS)
    return unit.value if unit else None


def _qualifier_sets(cursor: Cursor) -> list[list[Unit]]:
    """Return alternative sets of qualifiers: "moderate or severe" is two, "severe chronic" one, none one empty set."""
    sets: list[list[Unit]] = [cursor.take_all("qualifier")]
    while sets[-1] and cursor.sees("separator", "or") and cursor.sees("qualifier", ahead=1):
        cursor.take("separator")
        sets.append(cursor.take_all("qualifier"))
    return sets


def _with_complement(cursor: Cursor, context: Context, phrase: Unit) -> tuple[list[Unit], str]:
    """Join "carcinoma of the cervix": a condition or procedure of a part of the body."""
    mark = cursor.at
    if phrase.value in ("Condition", "Procedure") and cursor.take("word", "of"):
        cursor.take("article")
        part = cursor.take("phrase", "Anatomy")
        if part is not None:
            whole = Unit("phrase", phrase.value, phrase.start, part.end, context.words(phrase.start, part.end))
            return [whole], whole.text
    cursor.at = mark
    return [phrase], phrase.text


def _extents(cursor: Cursor, context: Context) -> tuple[list[str], list[Unit]] | None:
    """Read qualifying phrases after the noun ("affecting survival"); None when one has no end that is known."""
    words: list[str] = []
    taken: list[Unit] = []
    while (participle := cursor.take("extent")) is not None:
        cursor.take("article")
        thing = cursor.take("phrase")
        if thing is None:
            return None
        words.append(context.words(participle.start, thing.end).lower())
        taken.append(Unit("phrase", "", participle.start, thing.end, words[-1]))
    return words, taken


def _qualified(item: Item, qualifiers: list[Unit], after: tuple[list[str], list[Unit]]) -> Item:
    return Item(
        text=item.text,
        kind=item.kind,
        units=[*qualifiers, *item.units, *after[1]],
        qualifiers=[*(unit.text.lower() for unit in qualifiers), *after[0]],
        methods=item.methods,
        examples=item.examples,
        defined_as=item.defined_as,
        confidence=item.confidence,
    )


def _read_brackets_of_all(items: list[Item]) -> bool:
    return all(item.kind != "Unreadable" for item in items)


# --- brackets -------------------------------------------------------------------------------------------------------


def _brackets(cursor: Cursor, context: Context, item: Item) -> bool:
    """Read the brackets after a phrase into the item; False when one is not understood."""
    while cursor.sees("open"):
        inside = cursor.take_bracket()
        if inside is None or not _bracket(inside, context, item):
            return False
    if cursor.sees("examples") or (cursor.sees("separator", "comma") and cursor.sees("examples", ahead=1)):
        cursor.take("separator")
        return _examples(Cursor(_rest(cursor)), context, item)
    return True


def _rest(cursor: Cursor) -> list[Unit]:
    """Take everything up to the next stop or semicolon."""
    first = cursor.at
    while not cursor.done and not cursor.sees("stop") and not cursor.sees("separator", "semicolon"):
        cursor.at += 1
    return cursor.units[first : cursor.at]


def _bracket(inside: Cursor, context: Context, item: Item) -> bool:
    """Read one bracket: examples, a method, an abbreviation, or the members of the term."""
    if inside.done:
        return True
    if inside.sees("examples"):
        return _examples(inside, context, item)
    if inside.take("method") is not None:
        method = rest_as_unit(inside, context)
        if method is None:
            return False
        item.methods.append(method.text)
        item.units = [*item.units, method]
        return True
    if _is_abbreviation(inside):
        return True
    inside.take("definition")
    item.defined_as = _members(inside, context, item)
    return item.defined_as is not None


def rest_as_unit(cursor: Cursor, context: Context, *ends: str) -> Unit | None:
    """Take the words up to a unit of the kinds in `ends` as one unit; None when there are none."""
    first = cursor.at
    while not cursor.done and not any(cursor.sees(kind) for kind in ends):
        cursor.at += 1
    taken = cursor.units[first : cursor.at]
    if not taken:
        return None
    start, end = taken[0].start, taken[-1].end
    return Unit("words", "", start, end, context.words(start, end))


def _is_abbreviation(inside: Cursor) -> bool:
    text = "".join(unit.text for unit in inside.units)
    return len(text) <= 10 and sum(char.isupper() for char in text) >= 2 and len(inside.units) == 1


def _examples(inside: Cursor, context: Context, item: Item) -> bool:
    """Read the list after "e.g."; each member is a rule of its own."""
    inside.take("examples")
    inside.take("separator")
    rules = context.read_list(inside, context)
    if rules is None or not inside.done:
        return False
    item.examples = rules
    return True


def _members(inside: Cursor, context: Context, item: Item) -> Rule | None:
    """Read a closed list of a term's members ("transplantation (liver, lung)"): the term with each of them."""
    members, separators = read_items(inside, context)
    listed = len(members) > 1 and "and" not in separators
    if not listed or not inside.done or item.kind not in NAMED:
        return None
    atoms = [_member(member, item, context) for member in members]
    return any_of([atom for atom in atoms if atom is not None]) if None not in atoms else None


def _member(member: Item, item: Item, context: Context) -> Rule | None:
    """Return the atom of one member: with the term as its head, unless it is a whole name of its own."""
    is_treatment = item.kind in TREATMENTS
    if member.kind == "Condition" and not is_treatment:
        text, places = member.text, member.units
    elif member.kind in _HEADLESS or (is_treatment and member.kind == "Unknown"):
        text, places = f"{member.text} {item.text.lower()}", [*member.units, *item.units]
    else:
        return None
    spans = context.spans(*places)
    return thing(item.kind, text, {"qualifiers": member.qualifiers, "spans": spans, "confidence": LIKELY})


# --- what a list shares ---------------------------------------------------------------------------------------------


def _share_heads(items: list[Item]) -> None:
    """Give "hepatic" and "renal" the head of "endocrine disorders", and the qualifiers of the first to all."""
    head: Item | None = None
    group: list[Item] = []
    for item in reversed(items):
        if item.kind in _HEADLESS and head is not None:
            _take_head(item, head)
            group.append(item)
        else:
            _share_within(group)
            head = item if _has_head_to_share(item) else None
            group = [item] if head is not None else []
    _share_within(group)


def _has_head_to_share(item: Item) -> bool:
    """Tell whether a phrase is a classifier and a head noun ("endocrine disorders", "kidney disease")."""
    words = item.text.split()
    if item.kind not in ("Condition", "Procedure") or len(words) < 2 or len(item.units) == 0:
        return False
    first = singular(words[-2].lower())
    return first in ANATOMY or _is_adjective(words[-2].lower())


def _is_adjective(word: str) -> bool:
    return len(word) > 4 and word.endswith(ADJECTIVE_ENDINGS)


def _take_head(item: Item, other: Item) -> None:
    noun = other.text.split()[-1]
    phrase = next(unit for unit in other.units if unit.kind == "phrase" and unit.text.endswith(noun))
    place = Unit("phrase", "", phrase.end - len(noun), phrase.end, noun)
    item.text = f"{item.text} {noun}"
    item.kind = other.kind
    item.borrows_head = True
    item.units = [*item.units, place]
    item.confidence = min(item.confidence, LIKELY)


def _share_within(group: list[Item]) -> None:
    """Repeat the first one's qualifiers on the others that share its head; `group` runs from last to first."""
    if len(group) < 2:
        return
    first = group[-1]
    for item in group[:-1]:
        if first.qualifiers and not item.qualifiers:
            item.qualifiers = list(first.qualifiers)


def _share_qualifiers(items: list[Item], separators: list[str]) -> None:
    """Repeat a qualifier on the bare nouns after it ("severe asthma or bronchitis"), until one with a modifier."""
    shared: list[str] = []
    for index, item in enumerate(items):
        if index and separators[index - 1] == "or" and not item.qualifiers and shared and " " not in item.text:
            item.qualifiers = list(shared)
            item.confidence = min(item.confidence, LIKELY)
        shared = [] if item.examples or item.defined_as else item.qualifiers
