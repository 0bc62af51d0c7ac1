"""Rules from annotated criteria.

`structure` is the way in; `units` turns a `Doc` into the row that the `grammar` reads through `frames`, one file a
kind of thing; `heads` joins list items; what is not understood is kept by `unstructured`.
"""

from parser.rules.structuring import structure

__all__ = ["structure"]
