"""What is sure in a criterion that is not understood as a whole.

1. `islands`: stretches that a frame understands (a limit, a disease with its window) among words that none does;
2. `clauses`: the criterion cut at its separators, its brackets and its negations;
3. `joining`: each clause's islands with its other words, which narrow or loosen them, and the clauses with each other.

The words are kept where they stand, so that the rule is never surer than what was understood: words that narrow make
its truth unknown, never wrong.
"""

from parser.rules.partial.joining import add_alternative, is_conditional, read_partly

__all__ = ["add_alternative", "is_conditional", "read_partly"]
