"""Rules from annotated criteria.

`structure` is the way in, `structure_many` that of many texts at once, with a `Memory` for criteria that repeat;
`units` turns a `Doc` into the row that the `grammar` reads through `frames`, one file a kind of thing; `heads` joins
list items; what is not understood is kept by `unstructured`.
"""

from parser.rules.memory import Memory
from parser.rules.structuring import structure, structure_many

__all__ = ["Memory", "structure", "structure_many"]
