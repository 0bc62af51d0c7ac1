"""Rules and records in words: `str(rule)` and `str(trial)`.

An atom reads as a noun phrase, its modifiers after it: `history of enteritis (chronic), within the past 5 years`.
Logic reads `A and B` or `either A or B` where both parts are bare nouns, and else as a list: `all of: A; B`,
`any of: A; B; C`, `at least 2 of: A; B; C`. A list inside a list stands in brackets, and so does what a `not` denies:
precedence cannot be misread. Words of the page that could be taken for this grammar are quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, assert_never

from parser.models.amounts import age_range, measured_range, plain_range, window
from parser.models.quoting import either, has_grammar, has_list_grammar, quoted, said
from parser.models.rules import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    Biomarker,
    Condition,
    Measurement,
    Not,
    Observation,
    Reproductive,
    Requirement,
    Rule,
    Sex,
    Treatment,
    Unstructured,
)

if TYPE_CHECKING:
    from parser.models.trial import Trial
    from parser.models.values import Range

#: How one status stands before its noun, and how it reads in brackets beside others.
STATUSES = {
    "current": ("current {}", "current"),
    "history": ("history of {}", "in the history"),
    "planned": ("planned {}", "planned"),
    "family_history": ("family history of {}", "in the family"),
    "risk": ("risk of {}", "at risk"),
    "prior": ("prior {}", "prior"),
    "indicated": ("indication for {}", "indicated"),
}
ASPECTS = {
    "value": "{}",
    "increase": "increase in {}",
    "decrease": "decrease in {}",
    "change": "change in {}",
    "mean": "mean {}",
}
ALLERGIES = {
    "allergy": "allergy to {}",
    "intolerance": "intolerance to {}",
    "contraindication": "contraindication to {}",
}
TREATMENTS = {
    "drug": "treatment with {}",
    "device": "treatment with {}",
    "vaccine": "vaccination with {}",
    "any": "treatment with {}",
    "procedure": "{}",
    "radiotherapy": "{}",
    "transfusion": "{}",
    "transplant": "{}",
    "behavioural": "{}",
}
#: Concepts that end so name a treatment already: "treatment with chemotherapy" would say it twice.
TREATMENT_ENDINGS = (
    "therapy",
    "treatment",
    "medication",
    "vaccination",
    "immunization",
    "immunisation",
    "surgery",
    "transplantation",
    "transplant",
    "transfusion",
    "dialysis",
    "ectomy",
)
BIOMARKER_KINDS = {
    "any": "{}",
    "cytogenetic": "cytogenetic abnormality {}",
}
REPRODUCTIVE = {
    "pregnant": "pregnancy",
    "breastfeeding": "breastfeeding",
    "planning_pregnancy": "plans for pregnancy",
    "childbearing_potential": "childbearing potential",
    "postmenopausal": "postmenopausal state",
    "sterile": "sterility",
    "contraception": "contraception",
    "conceiving_partner": "partner who can conceive",
}
REQUIREMENTS = {
    "consent": "informed consent",
    "assent": "assent",
    "adherence": "adherence to the study's demands",
    "follow_up": "availability for follow-up",
    "capacity": "capacity to take part",
    "language": "command of the language needed",
    "technology": "access to the technology needed",
    "logistics": "practical ability to take part",
    "investigator_judgement": "suitability in the investigator's judgement",
    "ethics": "respect for medical ethics",
    "participation": "participation in another study",
    "legal": "legal circumstance",
    "other": "requirement of its own",
}
SUBJECTS = {"other": "another person"}


def in_words(rule: Rule) -> str:
    """Return a rule in readable English.

    Args:
        rule: Any node. Its spans, confidence and codes are not told.
    """
    match rule:
        case AllOf():
            return _all_of(rule.rules)
        case AnyOf():
            return _any_of(rule)
        case Not():
            return f"not {_bracketed(rule.rule)}"
        case Sex():
            return f"{rule.value} sex" + "".join(_subject(rule.subject))
        case Unstructured():
            return f"{quoted(rule.text)} (not structured: {rule.reason.replace('_', ' ')})"
        case _:
            return _atom(rule)


# --- logic ---------------------------------------------------------------------------------------------------------


def _all_of(rules: Sequence[Rule]) -> str:
    if len(rules) == 1:
        return in_words(rules[0])
    if len(rules) == 2 and all(_is_bare(rule) for rule in rules):
        return " and ".join(in_words(rule) for rule in rules)
    return f"all of: {_list(rules)}"


def _any_of(rule: AnyOf) -> str:
    rules = rule.rules
    if rule.at_least > 1:
        return f"at least {rule.at_least} of: {_list(rules)}"
    if len(rules) == 1:
        return in_words(rules[0])
    if len(rules) == 2 and all(_is_bare(each) for each in rules):
        return f"either {' or '.join(in_words(each) for each in rules)}"
    return f"any of: {_list(rules)}"


def _is_bare(rule: Rule) -> bool:
    """Tell whether a rule is a noun on which nothing before or after it could be taken to weigh; or a `not`.

    "history of A and B" leaves open whether B is history too, "A and B (severe)" whether A is severe.
    """
    match rule:
        case Not():
            return True
        case AllOf() | AnyOf() | Unstructured():
            return False
        case Sex():
            return rule.subject is None
        case _:
            words = _atom(rule)
            return words.startswith(_own_words(rule)) and not has_grammar(words)


def _list(rules: Sequence[Rule]) -> str:
    """Return parts as they stand in a list, a semicolon between them; lists among them in brackets."""
    items = [in_words(rule) for rule in rules]
    return "; ".join(f"({item})" if has_list_grammar(item) else item for item in items)


def _bracketed(rule: Rule) -> str:
    return f"({in_words(rule)})"


def _alternatives(rules: Sequence[Rule]) -> str:
    """Return rules of which any suffices, in one pair of brackets."""
    return _bracketed(rules[0]) if len(rules) == 1 else f"({_list(rules)})"


# --- atoms ---------------------------------------------------------------------------------------------------------

_Dated = Age | Condition | Measurement | Biomarker | Treatment | Allergy | Reproductive | Observation | Requirement


def _atom(rule: _Dated) -> str:
    """Return an atom: status, noun, remarks in brackets, then its modifiers after commas."""
    noun = _with_status(rule, _noun(rule))
    remarks = "; ".join(_remarks(rule))
    return noun + (f" ({remarks})" if remarks else "") + "".join(_modifiers(rule))


def _noun(rule: _Dated) -> str:
    """Return what the atom is about; one case a kind of atom."""
    match rule:
        case Age():
            return f"age {age_range(rule.range)}" if rule.range else "legal age"
        case Condition():
            return said(rule.concept.text)
        case Measurement():
            return _valued(ASPECTS[rule.aspect].format(said(rule.concept.text)), rule, bare="measurement of {}")
        case Biomarker():
            return _valued(_biomarker(rule), rule, bare="{}")
        case Treatment():
            return _treatment(rule)
        case Allergy():
            return ALLERGIES[rule.kind].format(said(rule.concept.text))
        case Reproductive():
            return REPRODUCTIVE[rule.state]
        case Observation():
            return _valued(said(rule.concept.text), rule, bare="{}")
        case Requirement():
            return REQUIREMENTS[rule.topic]
        case _:
            assert_never(rule)


def _own_words(rule: _Dated) -> str:
    """Return what the atom begins with when no status, aspect or relation stands before it."""
    match rule:
        case Age():
            return "age "
        case Biomarker():
            return said(rule.marker)
        case Reproductive():
            return REPRODUCTIVE[rule.state]
        case Requirement():
            return REQUIREMENTS[rule.topic]
        case _:
            return said(rule.concept.text)


def _valued(noun: str, rule: Measurement | Biomarker | Observation, *, bare: str) -> str:
    """Return a noun with its range and values; `bare` says how it reads with neither."""
    told = [measured_range(rule.range)] if rule.range else []
    told += [either(rule.values)] if rule.values else []
    return f"{noun} {' and '.join(told)}" if told else bare.format(noun)


def _biomarker(rule: Biomarker) -> str:
    noun = BIOMARKER_KINDS.get(rule.kind, f"{{}} {rule.kind}").format(said(rule.marker))
    return f"{noun} with {said(rule.partner)}" if rule.partner else noun


def _treatment(rule: Treatment) -> str:
    concept = said(rule.concept.text)
    return concept if concept.lower().endswith(TREATMENT_ENDINGS) else TREATMENTS[rule.category].format(concept)


def _with_status(rule: _Dated, noun: str) -> str:
    """Put a single status before the noun; several stand among the remarks."""
    statuses = _statuses(rule)
    return STATUSES[statuses[0]][0].format(noun) if len(statuses) == 1 else noun


def _statuses(rule: _Dated) -> list[str]:
    return [] if isinstance(rule, Age) else list(dict.fromkeys(rule.status))


def _remarks(rule: _Dated) -> list[str]:
    """Return what stands in brackets after the noun."""
    if isinstance(rule, Age):
        return []
    statuses = _statuses(rule)
    remarks = [" or ".join(STATUSES[status][1] for status in statuses)] if len(statuses) > 1 else []
    if isinstance(rule, Requirement):
        return remarks + ([said(rule.concept.text)] if rule.concept else [])
    if isinstance(rule, Biomarker):
        remarks += [said(text) for text in (rule.variant, rule.origin) if text]
    remarks += [", ".join(said(word) for word in rule.qualifiers)] if rule.qualifiers else []
    if not isinstance(rule, Observation):
        remarks += [either(rule.certainty)] if rule.certainty else []
        remarks += [f"by {either(rule.method)}"] if rule.method else []
    return remarks


def _modifiers(rule: _Dated) -> Iterable[str]:
    """Yield what stands after the noun, a comma before each."""
    if isinstance(rule, Treatment) and rule.dose:
        yield f", dose {plain_range(rule.dose)}"
    if not isinstance(rule, Age | Requirement) and rule.count:
        yield f", {_count(rule.count)}"
    if rule.duration:
        yield f", lasting {plain_range(rule.duration)}"
    for each in rule.when:
        yield f", {window(each)}"
    if rule.where:
        yield f", where ({_all_of(rule.where)})"
    if rule.defined_as:
        yield f", defined as {_bracketed(rule.defined_as)}"
    if rule.unless:
        yield f", except {_alternatives(rule.unless)}"
    if rule.examples:
        yield f", for example {_alternatives(rule.examples)}"
    yield from _subject(rule.subject)


def _count(count: Range) -> str:
    """Return how often; with an upper bound only, never is often enough."""
    noun = "" if count.unit or count.ucum else " occurrences"
    never = count.low is None and count.value is None
    return f"{plain_range(count)}{noun}{' or none' if never else ''}"


def _subject(subject: str | None) -> Iterable[str]:
    if subject:
        yield f", of {SUBJECTS.get(subject, f'the {subject}')}"


# --- records -------------------------------------------------------------------------------------------------------


def summarize(trial: Trial) -> str:
    """Return a record in a few lines: what it is, who runs it, who may take part, how much became rules.

    Values that the source does not state are left out.
    """
    lines = [
        (trial.title or trial.scientific_title or "Untitled trial", ""),
        ("Identifiers", ", ".join(f"{each.value} ({each.scheme})" for each in trial.identifiers)),
        ("Status", _status(trial)),
        ("Sponsor", (trial.sponsor.name or trial.sponsor.raw or "") if trial.sponsor else ""),
        ("Sex", trial.eligibility.sex or ""),
        ("Age", age_range(trial.eligibility.age) if trial.eligibility.age else ""),
        ("Age in the criteria", age_range(trial.eligibility.stated_age) if trial.eligibility.stated_age else ""),
        ("Criteria", criteria_in_words(trial)),
        ("Dates", ", ".join(f"{each.label} {each.date.value}" for each in trial.timeline if each.date)),
        ("Source", " ".join(part for part in (trial.source.registry, trial.source.format, trial.source.url) if part)),
    ]
    title, *fields = lines
    return "\n".join([title[0], *(f"{label}: {value}" for label, value in fields if value)])


def criteria_in_words(trial: Trial) -> str:
    """Return the number of criteria by kind, and the share of their text that became rules."""
    kinds = [criterion.kind for criterion in trial.eligibility.walk()]
    if not kinds:
        return "none"
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    if all(criterion.rule is None for criterion in trial.eligibility.walk()):
        return f"{counts}; not read as rules"
    return f"{counts}; {trial.eligibility.coverage.structured:.0%} of the text structured"


def _status(trial: Trial) -> str:
    if trial.status is None:
        return ""
    why = trial.status.why_stopped
    return trial.status.value.replace("_", " ") + (f" ({why})" if why else "")


__all__ = ["criteria_in_words", "in_words", "summarize"]
