"""Does each time, denial and value go to the right thing? `python -m tests.evaluation attachment DIR`, on Chia.

Given gold entities and gold modifiers: pairs right, out of pairs predicted and gold pairs, for each kind of modifier;
beside it the entity that is nearest in tokens. See `relations` for what is counted. `end_to_end` says the same of the
entities and modifiers that the package's own recogniser finds: what it misses is missing there.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import parser
from tests.evaluation.brat import read_folder
from tests.evaluation.relations import KINDS, lines, pipeline, scored, scored_end_to_end


def evaluate(folder: Path) -> dict[str, Any]:
    """Return the scores of every kind over all documents of a folder."""
    nlp = pipeline()
    begun = time.process_time()
    gathered = [line for document in read_folder(folder) for line in lines(document)]
    docs = [nlp.make_doc(line.text) for line in gathered]
    scores = {kind: scored(gathered, docs, kind) for kind in KINDS}
    recognised = list(parser.load_nlp().pipe(line.text for line in gathered))
    return {
        "evaluation": "attachment",
        **scores,
        "end_to_end": {kind: scored_end_to_end(gathered, recognised, kind) for kind in KINDS},
        "cpu_seconds": round(time.process_time() - begun, 1),
    }
