"""What list markers look like: data only. `markers.py` reads it.

Forms and counter-examples are those of real registry texts: `• 1.` (a bullet and a number), `1.Youth` (no blank after
the number), `(iv)`, `①`, `EC-3`; and no markers in `≥ 1500`, `0-65`, `3.0`, `2 weeks`, `1.5 x ULN`, `A. fumigatus`.
"""

from __future__ import annotations

#: Bullets that need nothing after them: they mean nothing else at the start of a line. U+F0B7 and its like are what
#: word processors' symbol fonts leave behind.
BULLETS = "•●○▪▫■□◆◇·‣◦⁃∙・►▶➢➤✓✔\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d"

#: Bullets only before a letter or a blank: before a digit they may be a sign or a range.
DASHES = "*–—-"

#: Bullets only before a blank: letters and punctuation that broken encodings put in a bullet's place.
BLANK_BULLETS = "o¿?#;+§ØüÂ"

#: Bullets that belong to one another as levels of one list, outermost first, as word processors number them.
BULLET_LEVELS = ("•●·\uf0b7", "o○◦", "▪■□\uf0a7")

#: Circled and parenthesised digits: first character of each run of ordinals, and how long the run is.
SYMBOL_ORDINALS = (("①", 20), ("⑴", 20), ("⒈", 20), ("❶", 10), ("➀", 10), ("➊", 10))

#: What an ordinal is made of, by style. `letter` and `roman` overlap on purpose; neighbours decide between them.
ORDINALS = {
    "number": r"[0-9０-９]{1,2}",
    "dotted": r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}",
    "lettered": r"[0-9]{1,2}[a-z]",
    "lower": r"[a-z]",
    "upper": r"[A-Z]",
    "roman": r"[ivx]{2,5}",
    "ROMAN": r"[IVX]{2,5}",
}

#: Brackets and points around an ordinal: opening, closing, whether it needs a neighbour (an ordinal one lower or one
#: higher in the text) to be believed. `A.` and `I.` are initials as often as markers; `2-week` is no item.
CLOSINGS = (
    (r"[(（]\s?", r"\s?[)）]\.?", False),
    (r"\[", r"\]", False),
    (r"", r"\s?\.?[)）]\.?", False),
    (r"", r"\s?\.-(?![0-9])", False),
    (r"", r"\s?[.．](?![0-9０-９])", False),
    (r"", r"、", False),
    (r"", r"\]", False),
    (r"", r"\s?[:：/-](?![0-9０-９])", True),
)

#: Styles that need a neighbour whatever stands around them, except in full brackets.
UNSURE_STYLES = frozenset({"dotted", "lettered", "upper", "ROMAN"})

#: Labels of numbered criteria, as protocols number them: `I 01`, `E01`, `IC1`, `EC-3`, `Inclusion Criteria 1.`,
#: `#1`. They need a neighbour too.
CODES = r"(?:Inclusion|Exclusion)\s+criteri(?:a|on)\s+#?|[IE]C?[ -]?|#|No\.\s?"
