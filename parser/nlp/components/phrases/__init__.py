"""`trial_phrases`: noun phrases, with a guess at the kind of thing that each names."""

from parser.nlp.components.phrases.component import kind_of_words

__all__ = ["kind_of_words"]
