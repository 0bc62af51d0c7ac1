"""Training of the entity recogniser: `python -m parser.nlp.training DATA_DIR -o MODEL_DIR`.

Needs the `train` extra and is never imported at run time. Reading map, in the order of the stages:

| module | stage |
|---|---|
| `corpus` | annotated criteria: brat files to lines with flat entities; which trials are held out |
| `raw_text` | criteria without annotation, from registry records; which trials are left out |
| `vectors` | subword vectors (floret) of the raw criteria |
| `masked` | the teachers' network learns the field's language: masked words of the raw criteria |
| `teachers` | networks fine-tuned on the annotated criteria, several seeds; `pieces` are their word pieces |
| `student` | the small network that ships; `lessons` are what it learns, annotated and as the teachers see it |
| `stages` | the turns of all that, each with its product in the work folder, and where the model comes from |
| `scores` | precision, recall and F1 of entities, for the held-out tenth and for `tests/evaluation` |
"""
