"""The `trial_phrases` component."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from parser.nlp.annotations import (
    ASSERTION,
    DURATIONS,
    GRADES,
    PHRASES,
    QUANTITIES,
    TOPICS,
    WINDOWS,
    longest,
    set_group,
)
from parser.nlp.components.phrases.patterns import (
    ADJECTIVE_ENDINGS,
    ANATOMY,
    CONDITION_ENDINGS,
    CONDITION_HEADS,
    DRUG_ENDINGS,
    DRUG_HEADS,
    ENTITY_KINDS,
    FIXED_NAMES,
    FIXED_PATTERNS,
    FUNCTION_WORDS,
    GRADINGS,
    IMPAIRING,
    LONGEST,
    NO_ADVERBS,
    NO_CONDITION,
    NO_NAMES,
    NO_VERBS,
    PROCEDURE_ENDINGS,
    PROCEDURE_HEADS,
)
from parser.nlp.tokenizer import ClinicalTokenizer
from parser.normalize.concepts import singular

#: Words that join two names; an entity that holds one is not one name.
_JOINING = frozenset(("and", "or", ",", ";", "/", "nor"))


class Phrases:
    """Mark noun phrases in the words that no other component took, and say what each names.

    Writes `doc.spans["trial_phrases"]`: spans labelled `Condition`, `Procedure`, `Drug`, `Device`, `Observation`,
    `Anatomy`, `Adjective`, `Other` (a thing that is surely none of these) or `Unknown`. What an entity of `doc.ents`
    says counts; where the recogniser found nothing, or none is in the pipeline, the last word decides: its head noun
    or its ending (`kb_id_` is then empty; `entity` and `fixed` are the other ways). Fixed names keep words that are
    qualifiers elsewhere ("chronic kidney disease").

    Example:
        >>> doc = load()("History of chronic enteritis")
        >>> [(phrase.text, phrase.label_) for phrase in doc.spans["trial_phrases"]]
        [('enteritis', 'Condition')]
    """

    def __init__(self, vocab: Vocab) -> None:
        tokenize = ClinicalTokenizer(vocab)
        self._fixed = PhraseMatcher(vocab, attr="LOWER")
        self._fixed.add("fixed", [tokenize(name) for name in FIXED_NAMES])
        self._fixed_patterns = Matcher(vocab)
        self._fixed_patterns.add("fixed", list(FIXED_PATTERNS), greedy="FIRST")

    def __call__(self, doc: Doc) -> Doc:
        """Write the group of noun phrases."""
        matches = [*self._fixed(doc), *self._fixed_patterns(doc)]
        fixed = longest([Span(doc, start, end) for _, start, end in matches])
        taken = self._taken(doc, fixed)
        entities = _with_classifiers(list(_entities(doc, taken)))
        taken.update(index for span in entities for index in range(span.start, span.end))
        spans = [Span(doc, start, end, label=guess_kind(doc[start:end])) for start, end in _runs(doc, taken)]
        set_group(doc, PHRASES, [*spans, *entities, *(self._named(span) for span in fixed)])
        return doc

    @staticmethod
    def _named(span: Span) -> Span:
        return Span(span.doc, span.start, span.end, label="Condition", kb_id="fixed")

    @staticmethod
    def _taken(doc: Doc, fixed: list[Span]) -> set[int]:
        groups = (
            doc.spans[name] for name in (QUANTITIES, WINDOWS, DURATIONS, ASSERTION, TOPICS, GRADES) if name in doc.spans
        )
        return {index for group in (*groups, fixed) for span in group for index in range(span.start, span.end)}


def _entities(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Yield the named things that the recogniser found, without the words that other components took.

    Words beside a name that it left out are part of it ("surgical procedures").
    """
    named = [entity for entity in doc.ents if entity.label_ in ENTITY_KINDS]
    found = {index for entity in named for index in range(entity.start, entity.end)}

    def goes_on(index: int) -> bool:
        return 0 <= index < len(doc) and index not in taken | found and _belongs(doc[index]) and doc[index].text != "-"

    for entity in named:
        start, end = _trimmed(entity, taken)
        words = range(start, end)
        if not words or not taken.isdisjoint(words) or any(doc[index].lower_ in _JOINING for index in words):
            continue
        while goes_on(start - 1) and not _is_verb(doc[start - 1].lower_):
            start -= 1
        label = entity.label_
        if goes_on(end) and not _is_verb(doc[end].lower_):
            label = ""  # what follows is the head noun ("visit plan")
            while goes_on(end) and not _is_verb(doc[end].lower_):
                end += 1
        yield Span(doc, start, end, label=_kind(doc[start:end], label), kb_id="entity")


def _with_classifiers(entities: list[Span]) -> list[Span]:
    """Join an adjective or part of the body to the name right after it ("toxic megacolon")."""
    joined: list[Span] = []
    for entity in sorted(entities, key=lambda span: span.start):
        before = joined[-1] if joined else None
        if before is not None and before.end == entity.start and before.label_ in ("Adjective", "Anatomy"):
            joined[-1] = Span(entity.doc, before.start, entity.end, label=entity.label_, kb_id="entity")
        else:
            joined.append(entity)
    return joined


def _trimmed(entity: Span, taken: set[int]) -> tuple[int, int]:
    """Return where an entity begins and ends without function words, signs and taken words at its edges."""
    doc, start, end = entity.doc, entity.start, entity.end
    while start < end and (start in taken or doc[start].lower_ in FUNCTION_WORDS or not _says_a_word(doc[start])):
        start += 1
    bracket = next((index for index in range(start, end) if doc[index].text in "()[]"), end)
    end = bracket if start < bracket else end
    while end > start and (end - 1 in taken or doc[end - 1].lower_ in FUNCTION_WORDS or _is_verb(doc[end - 1].lower_)):
        end -= 1
    return start, end


def _kind(phrase: Span, label: str) -> str:
    """Say what an entity names: a head noun that is sure counts more than the recogniser's label."""
    inner = next((token.i for token in phrase if token.lower_ in ("of", "in", "with", "to", "for")), phrase.end)
    guess = guess_kind(phrase.doc[phrase.start : inner])
    if guess in ("Condition", "Procedure", "Drug", "Anatomy", "Adjective"):
        return guess
    last = phrase.doc[inner - 1].lower_
    no_condition = last in NO_CONDITION or last.endswith(("ed", "ly")) or last in NO_NAMES
    if not label or (label == "Condition" and guess in ("Other", "Unknown") and no_condition):
        return guess if last not in NO_NAMES else "Other"
    return label


def _says_a_word(token: Token) -> bool:
    return any(char.isalnum() for char in token.text)


def _runs(doc: Doc, taken: set[int]) -> list[tuple[int, int]]:
    """Return the stretches of words that may be one noun phrase."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for token in doc:
        belongs = token.i not in taken and _belongs(token)
        if start is not None and (not belongs or _is_verb(token.lower_)):
            runs.append((start, token.i))
            start = None
        if belongs and start is None:
            start = token.i
    if start is not None:
        runs.append((start, len(doc)))
    return runs


def _belongs(token: Token) -> bool:
    """Tell whether a token can stand in a noun phrase: a word, a hyphen inside one, a possessive, a type's number."""
    if token.lower_ in FUNCTION_WORDS or token.is_space or _is_adverb(token.lower_):
        return False
    if token.text[0].isalpha() or token.lower_ in ("'s", "’s"):
        return True
    before = token.nbor(-1) if token.i else None
    if token.text == "-":
        return before is not None and not before.whitespace_ and not token.whitespace_ and token.i + 1 < len(token.doc)
    return before is not None and token.text.isdigit() and before.lower_ in ("type", "-", "factor", "grade")


def _is_adverb(word: str) -> bool:
    return len(word) > 4 and word.endswith("ly") and word not in NO_ADVERBS and not word.endswith("megaly")


def _is_verb(word: str) -> bool:
    """Tell whether a word inside a phrase is a participle that ends it ("diseases inducing wasting")."""
    return len(word) > 5 and word.endswith("ing") and word not in NO_VERBS


def guess_kind(phrase: Span) -> str:
    """Guess what kind of thing a noun phrase names, by its last word."""
    words = [token.lower_ for token in phrase if token.text[0].isalpha()]
    if not words or len(words) > LONGEST or not GRADINGS.isdisjoint(words):
        return "Other"
    if len(words) > 1 and len(words[-1]) == 1:
        words.pop()  # "hepatitis B" is judged by "hepatitis"
    head, last = singular(words[-1]), words[-1]
    if last == "function" and words[0] in IMPAIRING:
        return "Condition"
    if head in CONDITION_HEADS or (len(last) > 5 and head.endswith(CONDITION_ENDINGS)):
        return "Condition"
    if head in PROCEDURE_HEADS or head.endswith(PROCEDURE_ENDINGS):
        return "Procedure"
    if last in DRUG_HEADS or (len(last) > 5 and last.endswith(DRUG_ENDINGS)):
        return "Drug"
    if head in ANATOMY:
        return "Anatomy"
    if last in NO_CONDITION or head in NO_CONDITION or len(last) < 2 or last.endswith("ed"):
        return "Other"
    if len(last) > 4 and last.endswith(ADJECTIVE_ENDINGS):
        return "Adjective"
    return "Unknown"
