"""The listed phrases of a clinical criterion: qualifiers, brackets, and what the items of a list share.

"Severe primary diseases affecting survival (e.g., life-limiting hepatic, renal, or endocrine disorders)" is one item
with a qualifier before it, one after it, and a bracket whose three examples share the head "disorders".
"""

from __future__ import annotations

from dataclasses import replace

from parser.models.rules import AllOf, Rule
from parser.rules.context import LIKELY, Context, any_of
from parser.rules.frames.biomarker import disease, marking
from parser.rules.frames.defining import bounds, definition
from parser.rules.frames.dosing import dose_after, dose_before, dose_in_bracket, with_time_after
from parser.rules.frames.graded import grading
from parser.rules.frames.sharing import HEADLESS, Item, Qualifiers, share
from parser.rules.frames.timing import times_in_bracket
from parser.rules.things import NAMED, TREATMENTS, thing
from parser.rules.units import Cursor, Unit

#: Words before what is taken out; after others ("unless", "but") another fact may follow.
EXCEPTING = frozenset(
    (
        "except",
        "except for",
        "other than",
        "with the exception of",
        "with exception of",
        "excluding",
        "apart from",
        "besides",
        "aside from",
        "exceptions include",
        "exceptions are",
    )
)
#: Words before a name that set it apart from what the study gives or treats, and narrow it no further.
_OTHERS = ("other", "another", "additional", "such", "these", "those")
#: Last words of what shows an infection ("HIV (HIV 1/2 antibodies)").
_ASSAYED = ("antibody", "antibodies", "antigen", " rna", " dna")
#: Words for any of what stands after "of".
_KINDS = frozenset("form forms type types kind kinds variation variant sort case cases".split())
_LIST_SEPARATORS = ("comma", "or", "and")


def read_items(cursor: Cursor, context: Context) -> tuple[list[Item], list[str]]:
    """Read a list of phrases with the separators between them.

    Returns:
        No items when there is no phrase, or when one of the brackets is not understood.
    """
    items: list[Item] = []
    separators: list[str] = []
    while (found := cursor.attempt(lambda: _next(cursor, context, first=not items))) is not None:
        separator, item = found
        separators.extend([separator] if separator else [])
        items.append(item)
        if not _complements(cursor, context, item):
            return [], []
        item.ends_at = cursor.at
    share(items, separators)
    return items, separators


def _next(cursor: Cursor, context: Context, *, first: bool) -> tuple[str, Item] | None:
    """Read a separator and the next phrase with the qualifiers before it."""
    separator = None if first else cursor.take("separator", *_LIST_SEPARATORS)
    if separator is None and not first:
        return None
    dose = cursor.attempt(lambda: dose_before(cursor))
    cursor.take("article")
    other = cursor.take("word", *_OTHERS)
    cursor.attempt(lambda: _kind_of(cursor))
    qualifiers = _qualifier_sets(cursor)
    grade = grading(cursor, context)
    if grade is not None:
        qualifiers = [[*before, *after] for before in qualifiers for after in _qualifier_sets(cursor)]
    marked = marking(cursor, context)
    if marked is not None:
        qualifiers = [[*before, *after] for before in qualifiers for after in _qualifier_sets(cursor)]
    name = disease(cursor) if marked is not None else cursor.take("phrase")
    if name is None:
        return None
    phrase = cursor.attempt(lambda: _with_short_form(cursor, name)) or name
    item = Item(text=phrase.text, kind=phrase.value, units=[phrase], qualifiers=qualifiers)
    if grade is not None:
        item.where.append(grade)
        if item.kind == "Unknown":
            item.kind, item.confidence = "Condition", LIKELY  # what has a stage or grade is a state of health
    item.where.extend(marked.rules if isinstance(marked, AllOf) else [marked] if marked is not None else [])
    if other is not None and item.kind == "Condition" and other.value == "other":
        item.qualifiers = [[other, *each] for each in item.qualifiers]  # not the disease that the study is about
    if dose is not None and not item.take_dose(with_time_after(cursor, dose, context)):
        return None
    return (separator.value if separator else "", item)


def _kind_of(cursor: Cursor) -> Unit | None:
    """Pass "form of" in "any form of glaucoma"."""
    unit = cursor.peek()
    if unit is None or unit.kind not in ("phrase", "word") or unit.text.lower() not in _KINDS:
        return None
    cursor.at += 1
    return cursor.take("word", "of")


def _with_short_form(cursor: Cursor, phrase: Unit) -> Unit | None:
    """Join "central nervous system (CNS) metastases": a name with a short form inside."""
    inside = cursor.take_bracket()
    if inside is None or not is_abbreviation(inside):
        return None
    rest = cursor.take("phrase")
    if rest is None:
        return None
    return Unit("phrase", rest.value, phrase.start, rest.end, f"{phrase.text} {rest.text}")


def _qualifier_sets(cursor: Cursor) -> list[Qualifiers]:
    """Read alternative sets: "significant acute or chronic" is significant and acute, or significant and chronic.

    "Active" is one of them where another stands beside it ("untreated or active hepatitis").
    """
    sets: list[Qualifiers] = [_qualifiers(cursor, is_listed=cursor.sees("separator", "or", "comma", ahead=1))]
    shared = sets[0][:-1]
    while sets[-1] and cursor.sees("separator", "or", "comma") and _is_way(cursor, ahead=1):
        cursor.take("separator")
        cursor.take("article")
        sets.append([*shared, *_qualifiers(cursor, is_listed=True)])
    return sets


def _is_way(cursor: Cursor, ahead: int = 0) -> bool:
    """Tell whether a word that says how or when something is stands there, and a name or another such word after it."""
    if cursor.sees("qualifier", ahead=ahead):
        return True
    return cursor.sees("status", "current", ahead=ahead) and any(
        cursor.sees(kind, ahead=ahead + 1) for kind in ("phrase", "qualifier", "separator")
    )


def _qualifiers(cursor: Cursor, *, is_listed: bool) -> Qualifiers:
    """Read the qualifiers of one set; the status only where it is one of several alternatives."""
    taken: Qualifiers = []
    while cursor.sees("qualifier") or ((taken or is_listed) and _is_way(cursor)):
        taken.append(cursor.units[cursor.at])
        cursor.at += 1
    return taken


# --- what stands after a phrase -------------------------------------------------------------------------------------


def _complements(cursor: Cursor, context: Context, item: Item) -> bool:
    """Read what completes a phrase into the item; False when something there is not understood."""
    _body_part(cursor, context, item)
    _grade_after(cursor, context, item)
    _marking_after(cursor, context, item)
    if not _extents(cursor, context, item):
        return False
    dose = cursor.attempt(lambda: dose_after(cursor, context)) if item.dose is None else None
    if dose is not None and not item.take_dose(dose):
        return False
    while cursor.sees("open"):
        before = cursor.at
        if cursor.attempt(lambda: times_in_bracket(cursor)) is not None:
            cursor.at = before  # what reads the whole list reads its times
            return True
        inside = cursor.take_bracket()
        if inside is None or not _bracket(inside, context, item):
            return False
    cursor.attempt(lambda: _definition_after(cursor, context, item))
    if cursor.sees("examples") or (cursor.sees("separator", "comma") and cursor.sees("examples", ahead=1)):
        cursor.take("separator")
        return _examples(Cursor(_up_to_a_window(cursor)), context, item)
    cursor.attempt(lambda: _included(cursor, context, item))
    return True


def _definition_after(cursor: Cursor, context: Context, item: Item) -> Rule | None:
    """Read "hypertension, defined as SBP > 180 mmHg" into the item."""
    cursor.take("separator", "comma")
    cue = cursor.take("definition") or cursor.take("method")
    if cue is None or item.defined_as is not None or item.kind not in NAMED:
        return None
    item.defined_as = definition(cue, up_to_the_end(cursor), context)
    return item.defined_as


def _included(cursor: Cursor, context: Context, item: Item) -> bool | None:
    """Read "psychiatric disorders, including schizophrenia" into the item."""
    cursor.take("separator", "comma")
    if item.kind not in NAMED or cursor.take("word", "including", "includes", "include") is None:
        return None
    return _examples(Cursor(_up_to_a_window(cursor)), context, item) or None


def _up_to_a_window(cursor: Cursor) -> list[Unit]:
    """Take everything up to the next stop or semicolon; a window at the end is the term's own."""
    rest = up_to_the_end(cursor)
    if len(rest) > 1 and rest[-1].kind == "window":
        cursor.at -= 1
        return rest[:-1]
    return rest


def _body_part(cursor: Cursor, context: Context, item: Item) -> None:
    """Join "carcinoma of the cervix": a condition or procedure of a part of the body."""
    mark = cursor.at
    if item.kind in ("Condition", "Procedure") and cursor.take("word", "of"):
        cursor.take("article")
        part = cursor.take("phrase", "Anatomy")
        if part is not None:
            start = item.units[0].start
            item.text = context.words(start, part.end)
            item.units = [Unit("phrase", item.kind, start, part.end, item.text)]
            return
    cursor.at = mark


def _grade_after(cursor: Cursor, context: Context, item: Item) -> None:
    """Read "colorectal cancer stage IV", "neuropathy of grade 2 or higher", "heart failure (NYHA class III)"."""
    mark = cursor.at
    inside = cursor.take_bracket() if cursor.sees("open") else None
    inner = inside or cursor
    if inside is None:
        cursor.take("separator", "comma")
        cursor.take("word", "of", "at", "in") or cursor.take("narrowing")
        cursor.take("article")
    grade = grading(inner, context) if item.kind == "Condition" else None
    if grade is None or (inside is not None and not inside.done):
        cursor.at = mark
    else:
        item.where.append(grade)
        item.graded_after = inside is None


def _marking_after(cursor: Cursor, context: Context, item: Item) -> None:
    """Read "AML with FLT3 mutation", "lung cancer harboring an ALK rearrangement", "breast cancer, HER2-negative"."""
    mark = cursor.at
    cursor.take("separator", "comma")
    cursor.take("narrowing") or cursor.take("word", "with")
    is_disease = item.kind == "Condition" or (item.text.isupper() and item.kind in ("Unknown", "Observation"))
    marked = marking(cursor, context) if is_disease else None
    if marked is None:
        cursor.at = mark
    else:
        item.kind = "Condition"
        item.where.extend(marked.rules if isinstance(marked, AllOf) else [marked])


def _extents(cursor: Cursor, context: Context, item: Item) -> bool:
    """Read qualifying phrases ("affecting survival"); False when one has no end that is known."""
    while (participle := cursor.take("extent")) is not None:
        cursor.take("article")
        affected = cursor.take("phrase")
        if affected is None:
            return False
        words = context.words(participle.start, affected.end)
        item.extents.append(Unit("extent", "", participle.start, affected.end, words))
    return True


def up_to_the_end(cursor: Cursor) -> list[Unit]:
    """Take everything up to the next stop or semicolon."""
    first = cursor.at
    while not cursor.done and not cursor.sees("stop") and not cursor.sees("separator", "semicolon"):
        cursor.at += 1
    return cursor.units[first : cursor.at]


def _bracket(inside: Cursor, context: Context, item: Item) -> bool:
    """Read one bracket: examples, a method, an abbreviation, or the members of the term."""
    if inside.done or is_abbreviation(inside):
        return True
    if inside.sees("examples"):
        return _examples(inside, context, item)
    dose = inside.attempt(lambda: dose_in_bracket(inside, context)) if item.dose is None else None
    if dose is not None:
        return item.take_dose(dose)
    if _is_brand(inside, item):
        return True
    if inside.units[-1].text.lower().endswith(_ASSAYED):
        item.methods.append(context.words(inside.units[0].start, inside.units[-1].end))
        item.units = [*item.units, *inside.units]
        return True
    if (sets := inside.attempt(lambda: _qualifiers_only(inside))) is not None:
        item.qualifiers = [[*before, *after] for before in item.qualifiers for after in sets]
        return True
    if inside.sees("exception") and inside.units[inside.at].text.lower() in EXCEPTING:
        inside.take("exception")
        rules = context.read_list(inside, replace(context, expects="Condition"))
        item.unless = rules or []
        return bool(rules) and inside.done
    if inside.take("method") is not None:
        method = rest_as_unit(inside, context)
        if method is None:
            return False
        item.methods.append(method.text)
        item.units = [*item.units, method]
        return True
    inside.take("definition")
    item.defined_as = inside.attempt(lambda: _members(inside, context, item)) or bounds(inside, context)
    return item.defined_as is not None


def rest_as_unit(cursor: Cursor, context: Context, *ends: str) -> Unit | None:
    """Take the words up to a unit of the kinds in `ends` as one unit, without an article; None when there are none."""
    cursor.take("article")
    first = cursor.at
    while not cursor.done and not any(cursor.sees(kind) for kind in ends):
        cursor.at += 1
    taken = cursor.units[first : cursor.at]
    if not taken:
        return None
    start, end = taken[0].start, taken[-1].end
    return Unit("words", "", start, end, context.words(start, end))


def is_abbreviation(inside: Cursor) -> bool:
    """Tell whether a bracket holds nothing but the short form of the term before it ("(COPD)", "(BMI)")."""
    text = "".join(unit.text for unit in inside.units)
    return len(inside.units) == 1 and len(text) <= 10 and sum(char.isupper() for char in text) >= 2


def _examples(inside: Cursor, context: Context, item: Item) -> bool:
    """Read the list after "e.g."; each member is a rule of its own, of the term's kind where nothing else tells."""
    inside.take("examples")
    inside.take("separator")
    kind = item.kind if item.kind in NAMED else "Condition"
    begun = inside.at
    rules = context.read_list(inside, replace(context, expects=kind))
    if rules is None or not inside.done:
        rules = _some_examples(inside.units[begun:], replace(context, expects=kind))
        inside.at = len(inside.units)
    item.examples = rules
    return bool(rules)


def _some_examples(row: list[Unit], context: Context) -> list[Rule]:
    """Read the members of a list one by one; none where most are not understood.

    Examples only widen what surely matches, so one that is not understood may stay away.
    """
    members: list[list[Unit]] = [[]]
    depth = 0
    for unit in row:
        depth += (unit.kind == "open") - (unit.kind == "close")
        if unit.kind == "separator" and depth == 0:
            members.append([])
        else:
            members[-1].append(unit)
    whole = [member for member in members if member]
    read = [_example(member, context) for member in whole]
    found = [rule for rules in read for rule in rules]
    return found if 2 * sum(map(bool, read)) > len(whole) else []


def _example(member: list[Unit], context: Context) -> list[Rule]:
    cursor = Cursor(member)
    rules = context.read_list(cursor, context)
    return rules if rules is not None and cursor.done else []


def _qualifiers_only(inside: Cursor) -> list[Qualifiers] | None:
    """Read "(acute or chronic)", a whole bracket."""
    sets = _qualifier_sets(inside)
    return sets if inside.done and all(sets) else None


def _is_brand(inside: Cursor, item: Item) -> bool:
    """Tell whether a bracket holds one other name of a drug ("erlotinib (Tarceva)")."""
    words = [unit.text.rstrip("®™") for unit in inside.units if unit.text not in ("®", "™")]
    is_name = len(words) == 1 and words[0][:1].isupper() and words[0].isalpha()
    return is_name and item.kind == "Drug" and not item.text.endswith("s")


def _members(inside: Cursor, context: Context, item: Item) -> Rule | None:
    """Read a closed list of a term's members ("transplantation (liver, lung)"): the term with each of them."""
    listed = context.in_list()
    members, separators = read_items(inside, listed) if listed is not None else ([], [])
    is_one = len(members) == 1 and members[0].kind == item.kind == "Condition" and inside.units[0].kind != "article"
    if (len(members) < 2 and not is_one) or "and" in separators or not inside.done or item.kind not in NAMED:
        return None
    atoms = [_member(member, item, context) for member in members]
    return any_of([atom for atom in atoms if atom is not None]) if None not in atoms else None


def _member(member: Item, item: Item, context: Context) -> Rule | None:
    """Return the atom of one member: with the term as its head, unless it is a whole name of its own."""
    is_treatment = item.kind in TREATMENTS
    if member.kind == "Condition" and not is_treatment:
        text, places = member.text, member.units
    elif member.kind in HEADLESS or (is_treatment and member.kind == "Unknown"):
        text, places = f"{member.text} {item.text.lower()}", [*member.units, *item.units]
    else:
        return None
    fields = {
        "qualifiers": [unit.text.lower() for unit in member.qualifiers[0]],
        "spans": context.spans(*places),
        "confidence": LIKELY,
    }
    return thing(item.kind, text, fields) if len(member.qualifiers) == 1 else None
