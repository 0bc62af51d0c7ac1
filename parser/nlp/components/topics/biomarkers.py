"""Finding markers with what is said of them: "HER2-positive", "EGFR exon 19 deletion", "wild-type KRAS".

A name of `parser.vocabulary.biomarkers` takes along the words around it that say its state. A name that is a word, a
disease or another abbreviation as well counts only with such words, or in a list that ends with them. Names inside
those of drugs, cells and other things ("anti-PD-1 antibody", "EGFR TKI", "CD34 cells") do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from spacy.tokens import Doc, Span

from parser.nlp.annotations import Marking, Words, words_of
from parser.vocabulary.biomarkers import Marker, biomarker, markers
from parser.vocabulary.names import WEAK, plain

#: Words that say a state, and the kind of finding that they speak of.
_KINDS: dict[str, str] = {
    **dict.fromkeys(
        "mutation mutations mutated mutant mutants variant variants itd tkd skipping insertion".split(), "mutation"
    ),
    **dict.fromkeys("insertions duplication sensitizing sensitising".split(), "mutation"),
    **dict.fromkeys("amplification amplifications amplified".split(), "amplification"),
    **dict.fromkeys("deletion deletions deleted loss codeletion codeleted".split(), "deletion"),
    **dict.fromkeys(
        "rearrangement rearrangements rearranged translocation translocations translocated".split(), "fusion"
    ),
    **dict.fromkeys("fusion fusions fused".split(), "fusion"),
    **dict.fromkeys(
        "expression expressing expressed expresses overexpression overexpressing overexpressed".split(), "expression"
    ),
    **dict.fromkeys("methylation methylated hypermethylated unmethylated".split(), "methylation"),
}
#: Words that say a value.
_VALUES: dict[str, str] = {
    **dict.fromkeys(("positive", "positivity", "methylated", "hypermethylated"), "positive"),
    **dict.fromkeys(("negative", "negativity", "unmethylated"), "negative"),
    **dict.fromkeys(("wild", "wildtype", "wt"), "wild_type"),
    **dict.fromkeys(("overexpression", "overexpressing", "overexpressed"), "high"),
    **dict.fromkeys(("high", "low", "unknown", "stable", "deficient", "proficient"), ""),
    "deficiency": "deficient",
}
#: Words that belong to the expression and say no state by themselves.
_BESIDE = frozenset(
    """
    gene genes protein proteins promoter oncogene status type exon activating actionable pathogenic deleterious germline
    somatic hotspot driver genomic genetic molecular tumor tumour aberration aberrations alteration alterations altered
    abnormality abnormalities internal tandem over co double dual single targetable common classic classical
    uncommon kinase domain homozygous heterozygous biallelic known receptor receptors cps tps score proportion combined
    """.split()
)
#: Of these, the ones that make a name that is something else as well a marker.
_TELLING = frozenset(
    """
    gene genes exon activating germline somatic aberration aberrations alteration alterations altered abnormality
    abnormalities cps tps promoter
    """.split()
)
_STATES = frozenset((*_KINDS, *_VALUES))
#: Names that say a value themselves, as they are compared.
_SAID: dict[str, str] = {
    **dict.fromkeys(("msih", "msihigh", "microsatelliteinstabilityhigh", "highmicrosatelliteinstability"), "high"),
    **dict.fromkeys(("tmbh", "tmbhigh"), "high"),
    **dict.fromkeys(("msil",), "low"),
    **dict.fromkeys(("mss", "microsatellitestable"), "stable"),
    **dict.fromkeys(("dmmr", "mmrd", "mismatchrepairdeficient", "mismatchrepairdeficiency"), "deficient"),
    **dict.fromkeys(("deficientmismatchrepair",), "deficient"),
    **dict.fromkeys(("pmmr", "proficientmismatchrepair"), "proficient"),
    **dict.fromkeys(("ph+", "phpositive"), "positive"),
}
_ORIGINS = {"gbrca": "germline", "tbrca": "somatic"}
#: What the marker itself is a finding of.
_OF_MARKER = {"MSI": "instability", "TMB": "burden"}
#: Words that say which score a number is of.
_SCORES = {"CPS": frozenset(("cps", "combined")), "TPS": frozenset(("tps", "proportion"))}
_TRIPLE = ("ER", "PR", "ERBB2")

#: Names of the table that say a variant or join two markers; these are read as a name and what is said of it.
_MORE_THAN_A_NAME = re.compile(r"\bexon\b|\b[a-z]\d{3,4}[a-z/]|\bv600|\bitd\b|\bor\b|^er/pr$|\bk27m$", re.IGNORECASE)
_SHORT = 6

#: Before a name: part of the name of a drug, or of another thing.
_AGAINST = re.compile(r"(?:\banti|\bnon)\s?[-‑–]?\s?$|[-/]\s?$", re.IGNORECASE)
#: After a name: a noun or participle that makes it part of the name of something else.
_GOES_ON = re.compile(r"\s?[-‑–]?\s?(?:[([][^()]{0,30}[)\]]\s?)?([^\W\d_]{2,})")
#: Words that may follow a name which stands for itself.
_AFTER = frozenset(
    """
    and or by in on at with within as is are was were be must should has have of for to from using via per who that
    which before after during prior but not if no than less greater more above below ihc fish ngs pcr pos neg
    tumor tumors tumour tumours cancer disease
    """.split()
)
_SIGN = re.compile(r"\s?(\+)(?!\s?\d)|([-−–])(?=[\s,;:/)\].+]|$)")
_INTENSITY = re.compile(r"\s?\(?(?:ihc\s?)?([0-3]\s?\+)\)?", re.IGNORECASE)
_WORD = re.compile(r"\s?[-‑–]?\s?([^\W\d_]+)")
_BANDS = re.compile(r"\([pq][\d.]+;[pq][\d.]+\)")
_CODE_BEFORE = re.compile(r"(?<![^\W_])([A-Z]\d{2,4}[A-Z]?)\s$")
_CODE = re.compile(r"[\s:.]?[-‑–]?\s?(?:p\.)?([A-Z]\d{2,4}(?:[A-Z]|del|fs|_\w+)?\*?|[a-zA-Z]{1,2}\d{2,4}del)(?![^\W_])")
_CONTINUED = re.compile(
    r"""
    [\s,/]*(?:(?:or|and|and/or)\s+(?:an?\s+)?)?(?<![^\W_])(?!\d)
    ((?:exons?\s\d+\s(?:\()?)?[A-Z]\d{2,4}[A-Z]\)?|exons?\s\d+\s(?:deletion|insertion|skipping)s?)
    (?:\s(?:point\s|substitution\s)?(?:mutations?|substitutions?|deletions?|variants?))?(?![^\W_])
    """,
    re.VERBOSE,
)
_EXON = re.compile(r"[\s(]?[-‑–]?(exons?\s\d+(?:\s?(?:,|/|or|and|and/or)\s?(?:exon\s)?\d+)*)", re.IGNORECASE)
_BRACKET = re.compile(r"\s?[(\[]([^()\[\]]{1,40})[)\]]")
_PERCENT = re.compile(r"[^<>≥≤%.;]{0,30}[<>≥≤]=?\s?\d+\s?%")
_BEFORE_WORD = re.compile(r"([^\W\d_]+)(?:\s?[-‑–]\s?|\s)(?:(?:of|in|for|at)\s(?:the\s)?)?$")
_WILD_TYPE = re.compile(r"wild[\s-]?type[\s-]$", re.IGNORECASE)
#: Words that say the state of what stands before them, and not of a name after them.
_NOT_BEFORE = frozenset(
    "known tumor tumour positive negative status receptor receptors high low gene protein score type exon".split()
)
#: Words that "of" or "in" joins to a name after them ("mutation in the KRAS gene").
_LINKED = frozenset((*_KINDS, "aberration", "aberrations", "alteration", "alterations"))
_LONGEST_WORD = 40
#: Words whose spellings without accents and signs are kept.
_KEPT_WORDS = 100_000
_TRIPLE_NEGATIVE = re.compile(r"(?<![^\W_])triple[\s-]?negative(?![^\W_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    """A name with what is said of it: its place in the text, and whether it counts by itself."""

    start: int
    end: int
    markings: tuple[Marking, ...]
    is_weak: bool


class MarkerNames:
    """Find markers in a `Doc`."""

    def __call__(self, doc: Doc) -> list[Span]:
        """Return the spans found, labelled `biomarker`, with the marker in `kb_id_` and `Marking`s in `_.trial`."""
        words = words_of(doc)
        text = words.text
        found = [*_names(words), *_triple_negative(text)]
        kept: list[Span] = []
        following: _Found | None = None
        for each in sorted(found, key=lambda one: -one.start):
            if each.is_weak and not (following is not None and _is_list(text[each.end : following.start])):
                continue
            following = each
            span = doc.char_span(each.start, each.end, label="biomarker", kb_id=each.markings[0].marker)
            if span is not None:
                span._.trial = each.markings
                kept.append(span)
        return kept[::-1]


@cache
def _table() -> tuple[dict[str, tuple[str, bool, Marker]], frozenset[str]]:
    """Return the names as they are compared, with their rows, and all beginnings of them."""
    names: dict[str, tuple[str, bool, Marker]] = {}
    for row in markers():
        for name in row.names:
            written = name.removeprefix(WEAK)
            if _MORE_THAN_A_NAME.search(written):
                continue
            as_written = written if written != written.lower() else ""
            names.setdefault(_key(written), (as_written, name.startswith(WEAK), row))
    return names, frozenset(name[:length] for name in names for length in range(1, len(name) + 1))


@lru_cache(maxsize=_KEPT_WORDS)
def _key(text: str) -> str:
    return "".join(plain(text).split())


def _triple_negative(text: str) -> Iterator[_Found]:
    for match in _TRIPLE_NEGATIVE.finditer(text):
        yield _Found(*match.span(), tuple(Marking(marker, values=("negative",)) for marker in _TRIPLE), is_weak=False)


def _names(words: Words) -> Iterator[_Found]:
    """Yield the names in a text, none of which overlap, with what is said of them."""
    _, beginnings = _table()
    keys = [_key(token) for token in words.tokens]
    at = least = 0
    while at < len(keys):
        name = _longest_at(words, keys, at) if keys[at] in beginnings else None
        if name is None:
            at += 1
            continue
        end, row, is_weak = name
        place = (least, words.starts[at], words.starts[end - 1] + len(words.tokens[end - 1]))
        found = _described(words.text, place, row, is_weak)
        if found is not None:
            yield found
            for further in _further_variants(words.text, found):
                yield further
                found = further
            least = found.end
            while at < len(keys) and words.starts[at] < found.end:
                at += 1
        else:
            at = end


def _longest_at(words: Words, keys: list[str], start: int) -> tuple[int, Marker, bool] | None:
    """Return where the longest name that begins at a token ends, its row, and whether it is weak."""
    names, beginnings = _table()
    key, best = "", None
    for end in range(start, len(keys)):
        key += keys[end]
        if key not in beginnings:
            break
        entry = names.get(key)
        if entry is None or (keys[end] == "" and words.tokens[end] not in "+)]"):
            continue
        text = words.between(start, end + 1)
        if entry[0] in text and not _is_chance(text):
            best = (end + 1, entry[2], entry[1])
    return best


def _further_variants(text: str, found: _Found) -> Iterator[_Found]:
    """Yield the variants of the same gene that are listed after the first ("exon 19 deletion or L858R")."""
    first = found.markings[0]
    end = found.end
    while first.kind in ("mutation", "deletion") and (match := _CONTINUED.match(text, end)) is not None:
        marking = replace(first, kind="mutation", variant=_plain_variant(match[1]))
        yield _Found(match.start(1), match.end(), (marking,), is_weak=False)
        end = match.end()


def _plain_variant(words: str) -> str:
    return re.sub(r"s$", "", words)


def _is_chance(text: str) -> bool:
    """Tell whether a short name may be two words that stand together by chance ("before her 2 weeks")."""
    return " " in text and len(text) <= _SHORT and text[-1].isdigit() and text == text.lower()


def _described(text: str, place: tuple[int, int, int], row: Marker, is_weak: bool) -> _Found | None:
    """Return a name with the words around it; None where it is part of another thing's name.

    Args:
        text: The criterion.
        place: From where on words may belong to the name, where it begins, where it ends.
        row: Its marker.
        is_weak: Whether it is something else as well.
    """
    least, start, end = place
    if _AGAINST.search(text[max(0, start - 8) : start]) and not _slash_list(text, start):
        return None
    core = text[start:end]
    begin, before = _words_before(text, start, least)
    end, after, signs, variants = _words_after(text, end, row)
    code = _CODE_BEFORE.search(text[max(least, begin - 8) : begin])
    if code is not None:
        variants.insert(0, code[1])
        more, words = _words_before(text, begin - len(code.group()), least)
        begin, before = more, [*before, *words]
    words = [*before, *after, *(word.lower() for word in re.findall(r"[^\W\d_]+", core))]
    says = bool(_STATES.intersection(before + after) or _TELLING.intersection(before + after) or signs or variants)
    going = _GOES_ON.match(text, end)
    if not says and going is not None and going[1].lower() not in _AFTER:
        return None
    key = _key(core)
    says = says or key in _SAID or row.kind in ("fusion", "cytogenetic") or key in _ORIGINS
    marking = _marking(row, key, words, [*before, *after], signs, variants)
    return _Found(begin, end, (marking,), is_weak=is_weak and not says and not _PERCENT.match(text, end))


def _slash_list(text: str, start: int) -> bool:
    """Tell whether the slash before a name divides it from another name ("KRAS/NRAS")."""
    before = text[max(0, start - 30) : start].rstrip()
    return (
        before.endswith("/")
        and biomarker(re.split(r"[\s,;(]", before[:-1].rstrip())[-1].split("/")[-1] or "-") is not None
    )


def _words_before(text: str, start: int, least: int) -> tuple[int, list[str]]:
    """Return where the words before a name begin that belong to it, and the words."""
    words: list[str] = []
    while (match := _BEFORE_WORD.search(text[max(least, start - _LONGEST_WORD) : start])) is not None:
        wild = _WILD_TYPE.search(text[max(least, start - _LONGEST_WORD) : start])
        word = "wildtype" if wild is not None else match[1].lower()
        linked = match.group()[len(match[1]) :].strip("-‑– ") != ""
        if word in _NOT_BEFORE or not (word in _STATES or word in _BESIDE) or (linked and word not in _LINKED):
            break
        start -= len((wild or match).group())
        words.append(word)
    return start, words


def _words_after(text: str, end: int, row: Marker) -> tuple[int, list[str], list[str], list[str]]:
    """Return where the description of a name ends, its words, its signs as values, and its variants."""
    words: list[str] = []
    signs: list[str] = []
    variants: list[str] = []
    while True:
        if (match := _EXON.match(text, end)) or (match := _CODE.match(text, end)):
            variants.append(match[1].strip())
        elif match := _INTENSITY.match(text, end):
            signs.append(match[1].replace(" ", ""))
        elif (match := _WORD.match(text, end)) and _belongs(match[1].lower(), row):
            words.append(match[1].lower())
        elif match := _SIGN.match(text, end):
            signs.append("positive" if match[1] else "negative")
        elif match := _BANDS.match(text, end):
            pass
        elif (match := _BRACKET.match(text, end)) and (inside := _same(match[1], row)) is not None:
            signs.extend(inside)
        else:
            return end, words, signs, variants
        end = match.end()


def _belongs(word: str, row: Marker) -> bool:
    if word in ("deficient", "deficiency", "proficient", "stable"):
        return row.marker in ("MMR", "MSI")
    return word in _STATES or word in _BESIDE


def _same(inside: str, row: Marker) -> list[str] | None:
    """Return the values that a bracket says which names the same marker again ("(HR+)"); None when it does not."""
    named = biomarker(inside)
    if (
        named is not row
        and not (named is not None and named.marker == row.marker)
        and inside.strip().lower() not in ("ihc", "mutation", "tps", "cps")
    ):
        return None
    bare = inside.strip()
    if _key(bare) in _SAID:
        return [_SAID[_key(bare)]]
    if bare.endswith("+"):
        return ["positive"]
    return ["negative"] if bare.endswith(("-", "−", "–")) else []


def _marking(
    row: Marker, key: str, words: list[str], around: list[str], signs: list[str], variants: list[str]
) -> Marking:
    """Return what the words around a name say of its marker; `words` are those of the name too."""
    if "score" in around:
        around = [word for word in around if word not in ("positive", "low", "high")]
    origin = next((word for word in around if word in ("germline", "somatic")), _ORIGINS.get(key))
    values = [*([_SAID[key]] if key in _SAID else []), *(_VALUES[word] or word for word in around if word in _VALUES)]
    return Marking(
        row.marker,
        _kind(row, around, variants),
        _variant(variants, around),
        origin,
        tuple(dict.fromkeys([*values, *signs])),
        tuple(name for name, said in _SCORES.items() if said.intersection(words)),
    )


def _kind(row: Marker, around: list[str], variants: list[str]) -> str:
    if row.kind in ("fusion", "cytogenetic"):
        return row.kind
    if variants or not {"itd", "tkd"}.isdisjoint(around):
        return "mutation"
    said = [_KINDS[word] for word in around if word in _KINDS]
    return _OF_MARKER.get(row.marker) or (said[0] if said else "any")


def _variant(variants: list[str], around: list[str]) -> str | None:
    """Return the variants in words, with what happened to an exon."""
    said = " ".join(dict.fromkeys(variants)) or next((word.upper() for word in around if word in ("itd", "tkd")), "")
    what = next((word for word in around if word.startswith(("skipping", "insertion", "deletion"))), None)
    return _plain_variant(f"{said} {what}" if what is not None and said.lower().startswith("exon") else said) or None


def _is_list(between: str) -> bool:
    """Tell whether words between two names only make a list of them."""
    return re.fullmatch(r"[\s,/]*(?:(?:and|or|and/or|\+)[\s,/]*)?(?:known\s)?", between) is not None and between != ""
