"""The `trial_phrases` component."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from parser.nlp.annotations import (
    ASSERTION,
    CONTEXT,
    DURATIONS,
    GRADES,
    PHRASES,
    QUANTITIES,
    TOPICS,
    WINDOWS,
    Words,
    longest_places,
    set_group,
    words_of,
)
from parser.nlp.components.phrases.patterns import (
    ADJECTIVE_ENDINGS,
    ADJECTIVES,
    ANATOMY,
    BEFORE_A_LETTER,
    BODY_SYSTEMS,
    CONDITION_ENDINGS,
    CONDITION_HEADS,
    DRUG_ENDINGS,
    DRUG_HEADS,
    EMPTY_HEADS,
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
    NO_PHRASES,
    NO_VERBS,
    PARTICIPLES,
    PROCEDURE_ENDINGS,
    PROCEDURE_HEADS,
    STATES,
    VAGUE,
)
from parser.nlp.components.word_patterns import PatternFinder
from parser.nlp.tokenizer import ClinicalTokenizer
from parser.normalize.concepts import singular

#: Words that join two names; an entity that holds one is not one name.
_JOINING = frozenset(("and", "or", ",", ";", "/", "nor"))
#: Groups whose words are no part of a noun phrase.
_TAKING = (QUANTITIES, WINDOWS, DURATIONS, ASSERTION, TOPICS, GRADES)
#: Of the marks of whole clauses, the ones whose words name nothing ("regardless of", "provided that").
_OF_CLAUSES = frozenset(("irrelevant", "condition"))
#: Words before a number that is part of their phrase ("factor 8", "type 2").
_BEFORE_NUMBERS = frozenset(("type", "-", "factor", "grade"))
_POSSESSIVES = frozenset(("'s", "’s"))


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
        self._fixed_patterns = PatternFinder(("fixed", steps) for steps in FIXED_PATTERNS)

    def __call__(self, doc: Doc) -> Doc:
        """Write the group of noun phrases."""
        places = [(start, end) for _, start, end in (*self._fixed(doc), *self._fixed_patterns(words_of(doc)))]
        fixed = [places[index] for index in longest_places(places)]
        taken = _taken(doc, fixed)
        entities = _with_classifiers(list(_entities(doc, taken))) if doc.ents else []
        taken.update(index for span in entities for index in range(span.start, span.end))
        words = words_of(doc)
        spans = [
            Span(doc, start, end, label=kind_of_words(words.lower[start:end])) for start, end in _runs(words, taken)
        ]
        named = (Span(doc, start, end, label="Condition", kb_id="fixed") for start, end in fixed)
        set_group(doc, PHRASES, [*spans, *entities, *named])
        return doc


def _taken(doc: Doc, fixed: list[tuple[int, int]]) -> set[int]:
    """Return the tokens in fixed names and in what other components marked."""
    groups = (doc.spans[name] for name in _TAKING if name in doc.spans)
    places = [(span.start, span.end) for group in groups for span in group]
    meant = doc.spans.get(CONTEXT, ())
    places += [(span.start, span.end) for span in meant if span.label_ in _OF_CLAUSES]
    return {index for start, end in (*places, *fixed) for index in range(start, end)}


def _entities(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Yield the named things that the recogniser found, without the words that other components took.

    Words beside a name that it left out are part of it ("surgical procedures").
    """
    named = [entity for entity in doc.ents if entity.label_ in ENTITY_KINDS]
    found = {index for entity in named for index in range(entity.start, entity.end)}
    words_here = words_of(doc)

    def goes_on(index: int) -> bool:
        is_free = 0 <= index < len(doc) and index not in taken and index not in found
        if index > 0 and words_here.lower[index : index + 1] and words_here.lower[index] in PARTICIPLES:
            return False
        return is_free and _belongs(words_here, index) and words_here.tokens[index] != "-"

    for entity in named:
        start, end = _trimmed(entity, taken)
        words = range(start, end)
        if not words or not taken.isdisjoint(words) or any(doc[index].lower_ in _JOINING for index in words):
            continue
        while (goes_on(start - 1) and not _is_verb(doc[start - 1].lower_)) or _is_hyphenated(doc, start, taken | found):
            start -= 1 if doc[start - 1].text != "-" else 2
        label = entity.label_
        if goes_on(end) and not _is_verb(doc[end].lower_):
            label = ""  # what follows is the head noun ("visit plan")
            while goes_on(end) and not _is_verb(doc[end].lower_):
                end += 1
        yield Span(doc, start, end, label=_kind(doc[start:end], label), kb_id="entity")


def _is_hyphenated(doc: Doc, start: int, taken: set[int]) -> bool:
    """Tell whether a word and a hyphen stand right before ("first-" in "first-line chemotherapy")."""
    if start < 2 or doc[start - 1].text != "-" or {start - 1, start - 2} & taken:
        return False
    joined = not doc[start - 1].whitespace_ and not doc[start - 2].whitespace_
    return joined and _says_a_word(doc[start - 2])


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
    words = words_of(doc)
    while end > start and (end - 1 in taken or _ends_name(doc[end - 1].lower_)):
        if _is_letter_of_a_name(words, end - 1):
            break
        end -= 1
    return start, end


def _kind(phrase: Span, label: str) -> str:
    """Say what an entity names: a head noun that is sure counts more than the recogniser's label."""
    inner = next((token.i for token in phrase if token.lower_ in ("of", "in", "with", "to", "for")), phrase.end)
    guess = guess_kind(phrase.doc[phrase.start : inner])
    if guess in ("Condition", "Procedure", "Drug", "Anatomy", "Adjective"):
        return guess
    last = phrase.doc[inner - 1].lower_
    if last in NO_NAMES or (inner - phrase.start == 1 and last in EMPTY_HEADS):
        return "Other"
    no_condition = last in NO_CONDITION or last.endswith(("ed", "ly"))
    if not label or (label == "Condition" and guess in ("Other", "Unknown") and no_condition):
        return guess
    return label


def _ends_name(word: str) -> bool:
    return word in FUNCTION_WORDS or word in PARTICIPLES or _is_verb(word)


def _says_a_word(token: Token) -> bool:
    return any(char.isalnum() for char in token.text)


def _runs(words: Words, taken: set[int]) -> list[tuple[int, int]]:
    """Return the stretches of words that may be one noun phrase."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, word in enumerate(words.lower):
        belongs = index not in taken and _belongs(words, index)
        ends = start is not None and word in PARTICIPLES
        if start is not None and (not belongs or ends or _is_verb(word)):
            runs.append((start, index))
            start = None
        if belongs and start is None and not ends:
            start = index
    if start is not None:
        runs.append((start, len(words.lower)))
    return [(start, end) for start, end in runs if end - start > 1 or words.lower[start] not in NO_PHRASES]


def _belongs(words: Words, index: int) -> bool:
    """Tell whether a token can stand in a noun phrase: a word, a hyphen inside one, a possessive, a type's number."""
    word = words.lower[index]
    if _is_letter_of_a_name(words, index):
        return True
    if word in FUNCTION_WORDS or word.isspace() or _is_adverb(word):
        return False
    if words.tokens[index][0].isalpha() or word in _POSSESSIVES:
        return True
    if word == ".":
        return _shortens_genus(words, index)
    if word == "-":
        return index > 0 and words.is_glued(index - 1) and words.is_glued(index)
    return index > 0 and word.isdigit() and words.lower[index - 1] in _BEFORE_NUMBERS


def _is_letter_of_a_name(words: Words, index: int) -> bool:
    """Tell whether a capital A is no article ("hepatitis A")."""
    return words.tokens[index] == "A" and index > 0 and words.lower[index - 1] in BEFORE_A_LETTER


def _shortens_genus(words: Words, index: int) -> bool:
    """Tell whether a full stop stands in the name of a species ("E. coli")."""
    before, after = words.tokens[index - 1 : index], words.tokens[index + 1 : index + 2]
    is_letter = bool(before) and len(before[0]) == 1 and before[0].isupper() and words.is_glued(index - 1)
    return is_letter and bool(after) and len(after[0]) > 2 and after[0].islower()


def _is_adverb(word: str) -> bool:
    return len(word) > 4 and word.endswith("ly") and word not in NO_ADVERBS and not word.endswith("megaly")


def _is_verb(word: str) -> bool:
    """Tell whether a word inside a phrase is a participle that ends it ("diseases inducing wasting")."""
    return len(word) > 5 and word.endswith("ing") and word not in NO_VERBS


def guess_kind(phrase: Span) -> str:
    """Guess what kind of thing a noun phrase names, by its last word."""
    return kind_of_words([token.lower_ for token in phrase])


def kind_of_words(phrase: list[str]) -> str:
    """Guess the same from words in lower case."""
    words = [word for word in phrase if word[0].isalpha()]
    if not words or len(words) > LONGEST or not GRADINGS.isdisjoint(words):
        return "Other"
    if len(words) == 1 and words[0] in EMPTY_HEADS:
        return "Other"
    if words[-1] in ADJECTIVES:
        return "Adjective"
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
    if words[-1] == "system" and words[-2:-1] and words[-2] in BODY_SYSTEMS:
        return "Anatomy"
    if head in STATES and len(words) > 1 and words[-2] not in VAGUE and words[-2].endswith(ADJECTIVE_ENDINGS):
        return "Condition"
    if last in NO_CONDITION or head in NO_CONDITION or len(last) < 2 or last.endswith("ed"):
        return "Other"
    if len(last) > 4 and last.endswith(ADJECTIVE_ENDINGS):
        return "Adjective"
    return "Unknown"
