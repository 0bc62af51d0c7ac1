"""A participant against the rules: does a rule hold, is the participant eligible, and why.

`Participant` is what is on record. `evaluate` tells whether one rule holds, `explain` why, `verdict` whether all
criteria of a trial are met. Needs no spaCy.
"""

from parser.matching.evaluator import evaluate
from parser.matching.participant import Participant
from parser.matching.verdicts import Explanation, Reason, Verdict, explain, verdict

__all__ = ["Explanation", "Participant", "Reason", "Verdict", "evaluate", "explain", "verdict"]
