"""One kind of value a file: the words of a source to a canonical value, or a reason why there is none.

Every normaliser is a table and a function over it, keeps the words it was given beside the value, and gives up rather
than guess.
"""
