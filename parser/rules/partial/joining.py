"""From islands and words to one rule that is never surer than what was understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from parser.models.rules import AllOf, AnyOf, Condition, Measurement, Not, Rule, Treatment, Unstructured, atoms
from parser.rules.context import GUESS, Context, all_of, any_of, not_
from parser.rules.frames.items import EXCEPTING
from parser.rules.frames.timing import free_of
from parser.rules.partial.clauses import (
    Clause,
    Element,
    Group,
    Island,
    flat,
    grouped,
    has_islands,
    says_more,
    sentences,
    words,
)
from parser.rules.partial.islands import find_islands, is_sex
from parser.rules.partial.subgroups import condition_at, under_condition
from parser.rules.units import Unit
from parser.rules.unstructured import unstructured

#: Words that open words which loosen the limit before them ("unless due to Gilbert's syndrome").
_LOOSENING_WORDS = frozenset("if unless when otherwise may allowed permitted acceptable".split())
#: Words of a sentence that lets people in whom another one keeps out.
_PERMITTING_WORDS = frozenset(
    """
    may allowed permitted acceptable eligible included enrolled preferred encouraged recommended mandatory optional
    preferable desirable advisable
    """.split()
)
#: Of these, the ones that are said of what may be given.
_ALLOWING = frozenset("allowed permitted acceptable".split())
#: Of these, the ones that open a condition under which another limit holds.
_CONDITIONS = frozenset("if when".split())
#: Words before people in a bracket that says what holds for them ("(in children, > 26 %)").
_FOR_PEOPLE = frozenset("in for".split())
#: Kinds of unit, and words, that begin what narrows the clause before them.
_NARROWING_KINDS = frozenset(("narrowing", "method", "exception", "examples", "extent", "definition"))
_NARROWING_WORDS = frozenset(
    "in on at of for from by as after before during within despite including regardless where whose when if "
    "unless until although while requires require required needs need is are was were has have had does do can cannot "
    "currently not except".split()
)


def read_partly(row: list[Unit], context: Context) -> Rule | None:
    """Return what is sure in a criterion, joined with its other words; None when nothing is."""
    elements = find_islands(row, context)
    if not any(isinstance(element, Island) and not is_sex(element.rule) for element in elements):
        return None
    return _read(grouped(elements), context)


def _read(elements: list[Element], context: Context) -> Rule:
    """Return the rule of a stretch: its sentences joined."""
    whole: list[Rule] = []
    separators: list[str] = []
    for sentence in sentences(elements):
        permits = _permits_treatment(sentence) or ((whole or context.kind == "exclusion") and _permits(sentence))
        rule = _kept(_elements(sentence), context) if permits else _sentence(sentence, context)
        if rule is None or (is_conditional(_elements(sentence)) and add_alternative(whole, rule)):
            continue
        if whole and _excepting_clauses(sentence[:1], 0) and _begins_with_exception(sentence):
            whole[-1] = _with_words(whole[-1], rule, context, loosens=False)
            continue
        if whole and isinstance(rule, Unstructured) and (permits or sentence[0].separator == "stop"):
            loosens = permits or (_loosens(_elements(sentence)) and not _denies(sentence))
            whole[-1] = _with_words(whole[-1], rule, context, loosens=loosens)
            continue
        whole.append(rule)
        separators.append(sentence[0].separator)
    either = context.kind == "exclusion" or context.denied
    return any_of(whole) if either else _together(whole)


def _together(rules: list[Rule]) -> Rule:
    """Join what an inclusion asks for; of several diseases side by side nobody must have all."""
    states = [rule for rule in rules if isinstance(rule, Condition)]
    if len(states) < 2:
        return all_of(rules)
    others = [rule for rule in rules if not isinstance(rule, Condition)]
    alternatives = any_of(states)
    alternatives = alternatives.model_copy(update={"confidence": min(alternatives.confidence, GUESS)})
    return all_of([alternatives, *others])


def _permits(sentence: Sequence[Clause]) -> bool:
    """Tell whether a sentence says who may take part all the same."""
    outside = [element for element in _elements(sentence) if not isinstance(element, Group)]
    permits = any(unit.text.lower() in _PERMITTING_WORDS for unit in words(outside))
    return permits and not _denies(sentence)


def _permits_treatment(sentence: Sequence[Clause]) -> bool:
    """Tell whether a sentence says nothing but that treatments may be given."""
    islands = [element for element in _elements(sentence) if isinstance(element, Island)]
    given = bool(islands) and all(isinstance(island.rule, Treatment) for island in islands)
    return (
        given and any(unit.text.lower() in _ALLOWING for unit in words(_elements(sentence))) and not _denies(sentence)
    )


def _denies(sentence: Sequence[Clause]) -> bool:
    return any(unit.kind == "negation" or "not" in unit.text.lower().split() for unit in words(_elements(sentence)))


def _elements(clauses: Sequence[Clause]) -> list[Element]:
    return [element for clause in clauses for element in clause.elements]


def _sentence(clauses: list[Clause], context: Context) -> Rule | None:
    """Join the clauses of a sentence; None when it says nothing."""
    rules: list[Rule] = []
    separators: list[str] = []
    at = 0
    while at < len(clauses):
        taken = _excepting_clauses(clauses, at) or _denied_clauses(clauses, at) or _wordy_clauses(clauses, at) or 1
        stretch = clauses[at : at + taken]
        at += taken
        changed = under_condition(rules[-1], _elements(stretch), context) if rules else None
        if changed is not None:
            rules[-1] = changed
            continue
        rule = (_excepted if _excepting_clauses(stretch, 0) else _stretch)(stretch, context)
        if rule is None or (is_conditional(_elements(stretch)) and add_alternative(rules, rule)):
            continue
        if rules and isinstance(rule, Unstructured) and _narrows(stretch[0]):
            loosens = _loosens(_elements(stretch))
            rules = [_with_words(_joined(rules, separators[1:], context), rule, context, loosens=loosens)]
            separators = separators[:1]
            continue
        rules.append(rule)
        separators.append(stretch[0].separator)
    return _joined(rules, separators[1:], context) if rules else None


def _excepting_clauses(clauses: list[Clause], at: int) -> int:
    """Return how many clauses are left where one takes something out: what follows goes on saying what.

    "Cancer except skin cancer, cured > 5 years ago, and cervical carcinoma in situ": none of it is an alternative.
    """
    takes_out = any(isinstance(element, Unit) and _is_exception(element) for element in clauses[at].elements)
    return len(clauses) - at if takes_out else 0


def _is_exception(unit: Unit) -> bool:
    return unit.kind == "exception" and unit.text.lower() in EXCEPTING


def _begins_with_exception(sentence: Sequence[Clause]) -> bool:
    first = next(iter(_elements(sentence)), None)
    return isinstance(first, Unit) and _is_exception(first)


def _excepted(stretch: list[Clause], context: Context) -> Rule | None:
    """Join what stands before an exception that is not understood with its words, which narrow it."""
    elements = _elements(stretch)
    at = next(index for index, element in enumerate(elements) if isinstance(element, Unit) and _is_exception(element))
    words_left = _kept(elements[at:], context)
    before = _stretch([Clause(stretch[0].separator, list(elements[:at]))], context) if elements[:at] else None
    if before is None or words_left is None:
        return before or words_left
    return all_of([before, words_left])


def _wordy_clauses(clauses: list[Clause], at: int) -> int:
    """Return how many clauses from here on are words alone."""
    count = 0
    while at + count < len(clauses) and not clauses[at + count].has_islands:
        count += 1
    return count


def _denied_clauses(clauses: list[Clause], at: int) -> int:
    """Return how many clauses the negation in one reaches; none where it has none before what it denies."""
    first = clauses[at]
    if _denial(first.elements) is None:
        return 0
    count = 1
    while at + count < len(clauses) and _goes_on_denying(clauses[at + count]):
        count += 1
    return count


def _goes_on_denying(clause: Clause) -> bool:
    """Tell whether a negation before a separator reaches beyond it: to other facts, not to limits or new subjects."""
    if _denial(clause.elements) is not None:
        return False
    first = clause.elements[0]
    if isinstance(first, Island):
        return not first.is_limit
    return clause.separator == "or" or (clause.separator == "comma" and not clause.has_islands)


def _denial(elements: Sequence[Element]) -> int | None:
    """Return where the only negation of a clause stands."""
    found = [
        index for index, element in enumerate(elements) if isinstance(element, Unit) and element.kind == "negation"
    ]
    return found[0] if len(found) == 1 else None


def _is_denied_twice(elements: Sequence[Element]) -> bool:
    """Tell whether a clause holds several negations: what each of them reaches is not clear."""
    return sum(isinstance(element, Unit) and element.kind == "negation" for element in elements) > 1


def _stretch(stretch: list[Clause], context: Context) -> Rule | None:
    """Read clauses that belong together: under one negation, or words alone."""
    at = _denial(stretch[0].elements)
    if at is None and stretch[0].has_islands and not _is_denied_twice(stretch[0].elements):
        return _clause(stretch[0].elements, context)
    if at is None or not has_islands(stretch[0].elements[at + 1 :]):
        # what is denied is not understood: what stands beside it may be denied too
        alone = len(stretch) == 1 and has_islands(stretch[0].elements[: at or 0])
        return (_clause if alone else _kept)(_elements(stretch), context)
    before, denial = stretch[0].elements[:at], stretch[0].elements[at]
    assert isinstance(denial, Unit)
    inner = context.under_negation()
    rest = [stretch[0].elements[at + 1 :], *(clause.elements for clause in stretch[1:])]
    denied = [rule for elements in rest if elements and (rule := _clause(elements, inner)) is not None]
    negated = not_(free_of(any_of(denied)), context.spans(denial))
    outer = list(_parts(before, context))
    return all_of([*outer, negated]) if outer else negated


def _clause(elements: Sequence[Element], context: Context) -> Rule | None:
    """Join a clause's islands with its other words: they narrow them, or loosen them (a waiver, another limit)."""
    conditional = _conditional(elements, context)
    if conditional is not None:
        return conditional
    alternative = _alternative_in_bracket(elements, context)
    if alternative is not None:
        return alternative
    parts = list(_parts(elements, context))
    if not parts:
        return None
    if context.kind == "exclusion" or context.denied or not _loosens(elements):
        return all_of(parts)
    limits = [part for part in parts if not isinstance(part, Unstructured)]
    others = [part for part in parts if isinstance(part, Unstructured)]
    if not limits or not others:
        return all_of(parts)
    return any_of([all_of(limits), all_of(others)])


def _alternative_in_bracket(elements: Sequence[Element], context: Context) -> Rule | None:
    """Read "creatinine < 2 mg/dL (or clearance > 60 mL/min)": a bracket that stands for what is before it."""
    at = next((index for index, element in enumerate(elements) if _opens_with_or(element)), None)
    if at is None or not has_islands(elements[:at]):
        return None
    before, group = _clause(elements[:at], context), elements[at]
    assert isinstance(group, Group)
    if before is None:
        return None
    either = any_of([before, _read(group.elements[1:], context)])
    after = list(_parts(elements[at + 1 :], context))
    return all_of([either, *after]) if after else either


def _opens_with_or(element: Element) -> bool:
    if not isinstance(element, Group) or not _is_read(element):
        return False
    first = element.elements[0]
    return isinstance(first, Unit) and first.kind == "separator" and first.value == "or"


def _conditional(elements: Sequence[Element], context: Context) -> Rule | None:
    """Read a clause that ends with whom it is for, or not for; None where this is not understood."""
    at = condition_at(elements)
    if at is None or not has_islands(elements[:at]):
        return None
    before = list(_parts(elements[:at], context))
    if any(isinstance(part, Unstructured) for part in before):
        return None
    return under_condition(all_of(before), elements[at:], context)


def _parts(elements: Sequence[Element], context: Context) -> Iterator[Rule]:
    """Yield a clause's islands, the rules of its brackets, and its other words run by run."""
    run: list[Unit] = []
    for element in [*elements, None]:
        if isinstance(element, Unit) or (isinstance(element, Group) and not _is_read(element)):
            run.extend(flat([element]))
            continue
        if run and says_more(run):
            yield unstructured(context, run[0].start, run[-1].end)
        run = []
        if isinstance(element, Island):
            yield element.rule
        elif isinstance(element, Group):
            yield _read(element.elements, context)


def _is_read(group: Group) -> bool:
    """Tell whether a bracket is taken apart; limits in one that loosens are no limits for all."""
    return has_islands(group.elements) and not _loosens(group.elements)


def _kept(elements: Sequence[Element], context: Context) -> Rule | None:
    """Keep words as one unstructured part; None where they say nothing."""
    units = list(flat(elements))
    return unstructured(context, units[0].start, units[-1].end) if says_more(units) else None


def _with_words(rule: Rule, kept: Rule, context: Context, *, loosens: bool) -> Rule:
    """Join a rule with words that narrow it; in an inclusion, words that loosen it are an alternative."""
    if loosens and context.kind != "exclusion" and not context.denied:
        return any_of([rule, kept])
    return all_of([rule, kept])


def _narrows(clause: Clause) -> bool:
    """Tell whether a clause of words alone goes on about the one before it."""
    first = clause.elements[0]
    if clause.separator not in ("comma", "and") or not isinstance(first, Unit):
        return False
    word = first.text.lower().split()[0]
    return first.kind in _NARROWING_KINDS or word in _NARROWING_WORDS or word.endswith("ing")


def _loosens(elements: Sequence[Element]) -> bool:
    units = list(words(elements))
    for_people = any(
        unit.value in _FOR_PEOPLE and following.kind in ("population", "sex") for unit, following in pairwise(units)
    )
    return for_people or any(unit.kind == "exception" or unit.text.lower() in _LOOSENING_WORDS for unit in units)


# --- a limit under a condition ----------------------------------------------------------------------------------------


def is_conditional(elements: Sequence[Element]) -> bool:
    """Tell whether a stretch says under which condition its limits hold."""
    return any(unit.value in _CONDITIONS for unit in words(elements))


def add_alternative(rules: list[Rule], rule: Rule) -> bool:
    """Join a limit under a condition to the limit on the same thing before it; tell whether there was one.

    "ALT ≤ 3 x ULN; ALT ≤ 5 x ULN if there are liver metastases": either holds.
    """
    named = _measured(rule)
    for index, before in enumerate(rules):
        parts = before.rules if isinstance(before, AllOf) else [before]
        same = [part for part in parts if _measured(part) and _measured(part) <= named]
        if same and frozenset().union(*map(_measured, same)) == named:
            others = [part for part in parts if part not in same]
            rules[index] = all_of([*others, any_of([all_of(same), _under_its_condition(rule)])])
            return True
    return False


def _under_its_condition(rule: Rule) -> Rule:
    """Return a limit with its condition, or with the words of it: alone these would loosen it, here both must hold."""
    if isinstance(rule, AnyOf) and len(rule.rules) == 2 and isinstance(rule.rules[0], Not):
        return all_of([rule.rules[0].rule, rule.rules[1]])
    loosened = isinstance(rule, AnyOf) and any(isinstance(part, Unstructured) for part in rule.rules)
    return all_of(rule.rules) if isinstance(rule, AnyOf) and loosened else rule


def _measured(rule: Rule) -> frozenset[str | None]:
    return frozenset(atom.concept.name for atom in atoms(rule) if isinstance(atom, Measurement))


# --- lists ------------------------------------------------------------------------------------------------------------


def _joined(rules: list[Rule], separators: list[str], context: Context) -> Rule:
    """Join clauses as their separators say; a comma after an "or" or "and" begins another list."""
    lists: list[tuple[list[Rule], list[str]]] = [(rules[:1], [])]
    for rule, separator in zip(rules[1:], separators, strict=True):
        if separator == "comma" and {"or", "and"} & set(lists[-1][1]):
            lists.append(([rule], []))
        else:
            lists[-1][0].append(rule)
            lists[-1][1].append(separator)
    whole = [_listed(members, between, context) for members, between in lists]
    return any_of(whole) if context.kind == "exclusion" or context.denied else all_of(whole)


def _listed(rules: list[Rule], separators: list[str], context: Context) -> Rule:
    if set(separators) == {"comma"} and context.kind != "exclusion" and not context.denied:
        return _together(rules)
    joined = context.join(rules, separators)
    if joined is not None:
        return joined
    if context.kind == "exclusion" or context.denied:
        return any_of(rules)
    # "A and B or C": "and" binds closer
    alternatives: list[list[Rule]] = [[rules[0]]]
    for rule, separator in zip(rules[1:], separators, strict=True):
        if separator == "or":
            alternatives.append([rule])
        else:
            alternatives[-1].append(rule)
    return any_of([all_of(parts) for parts in alternatives])
