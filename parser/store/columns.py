"""What the tables of trials, criteria and atoms hold: the one place that says so, as data.

`trial_id` and `registry` together name a record: the same trial as two registries tell it are two records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "real", "boolean", "list", "json"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: Of the column.
        kind: `list` is one of texts; `json` is a text that holds JSON.
        meaning: What it holds.
    """

    name: str
    kind: Kind
    meaning: str


_RECORD = (
    Column("trial_id", "text", "primary identifier; the origin where the record has none"),
    Column("registry", "text", "the reader that read it: `ctgov`, `ictrp`, …"),
)

TRIALS = (
    *_RECORD,
    Column("origin", "text", "where it came from: source, and number among the source's records"),
    Column("identifiers", "list", "all its numbers"),
    Column("title", "text", "public title"),
    Column("scientific_title", "text", "scientific title"),
    Column("acronym", "text", "acronym"),
    Column("status", "text", "recruitment status"),
    Column("study_type", "text", "`interventional`, `observational`, …"),
    Column("phases", "list", "`1`, `2`, …"),
    Column("allocation", "text", "allocation, as the registry says it"),
    Column("masking", "text", "masking, as the registry says it"),
    Column("purpose", "text", "primary purpose, as the registry says it"),
    Column("enrolment_target", "integer", "participants planned"),
    Column("enrolment_actual", "integer", "participants enrolled"),
    Column("sponsor", "text", "primary sponsor"),
    Column("sponsor_class", "text", "`industry`, `academic`, …"),
    Column("conditions", "list", "conditions studied"),
    Column("interventions", "list", "names of what is given or done"),
    Column("keywords", "list", "keywords"),
    Column("countries", "list", "ISO 3166-1 alpha-2 codes of countries and sites"),
    Column("registered", "text", "date of registration, as exact as stated"),
    Column("start", "text", "date of the start"),
    Column("completion", "text", "date of the completion"),
    Column("updated", "text", "date of the registry's last change"),
    Column("sex", "text", "who may take part by the registry's field"),
    Column("age_low", "real", "least age in years by the registry's field"),
    Column("age_high", "real", "greatest age in years by the registry's field"),
    Column("healthy_volunteers", "boolean", "healthy volunteers may take part"),
    Column("criteria", "integer", "criteria, nested ones included"),
    Column("structured", "real", "share of the criteria's characters that are rules"),
    Column("unstructured", "real", "share that is kept as words"),
    Column("url", "text", "the record's own address, or the page's"),
    Column("source_sha256", "text", "of the bytes it was read from"),
    Column("content_sha256", "text", "of the record without the parser's version"),
    Column("schema_version", "text", "of the record"),
    Column("parser_version", "text", "of the package that read it"),
    Column("record", "json", "the whole record"),
)

CRITERIA = (
    *_RECORD,
    Column("path", "text", "the criterion's id: `exclusion.5.4`"),
    Column("parent", "text", "id of the list head above it"),
    Column("position", "integer", "order in the text, from 0"),
    Column("kind", "text", "`inclusion`, `exclusion`, `unspecified`, `other`"),
    Column("role", "text", "`rule`, `permission`, `note`, `boilerplate`"),
    Column("scope", "text", "cohort, part or visit that it is limited to"),
    Column("flags", "list", "what is doubtful about it"),
    Column("text", "text", "its words"),
    Column("understood", "text", "how much of it is a rule: `whole`, `part`, `none`"),
    Column("confidence", "real", "of the rule, 0 to 1"),
    Column("rule", "json", "the rule"),
    Column("rule_words", "text", "the rule in English"),
)

ATOMS = (
    *_RECORD,
    Column("path", "text", "id of the criterion at the top that it belongs to"),
    Column("kind", "text", "of the criterion"),
    Column("position", "integer", "order in the rule, from 0"),
    Column("inside", "text", "modifier of another atom that it stands in: `where`, `unless`, `examples`, `defined_as`"),
    Column("type", "text", "`condition`, `measurement`, `treatment`, …"),
    Column("negated", "boolean", "under an odd number of `not`"),
    Column("alternative", "boolean", "one of the parts of an `any_of`, of which some suffice"),
    Column("concept", "text", "what it is about, as written; of a biomarker its marker"),
    Column("name", "text", "the same, normalised"),
    Column("detail", "text", "category, kind, state, topic, value or reason, by type"),
    Column("system", "text", "terminology of the first code"),
    Column("code", "text", "first code"),
    Column("low", "real", "lower bound as written"),
    Column("low_inclusive", "boolean", "the bound itself is in"),
    Column("high", "real", "upper bound as written"),
    Column("high_inclusive", "boolean", "the bound itself is in"),
    Column("unit", "text", "unit as written"),
    Column("ucum", "text", "unit in UCUM"),
    Column("canonical_low", "real", "lower bound in the quantity's canonical unit"),
    Column("canonical_high", "real", "upper bound in the quantity's canonical unit"),
    Column("canonical_ucum", "text", "the canonical unit"),
    Column("relative_to", "text", "what the number is a multiple of: `ULN`, …"),
    Column("stated_values", "list", "values that are no numbers"),
    Column("status", "list", "`current`, `history`, …"),
    Column("certainty", "list", "`confirmed`, `suspected`, `known`"),
    Column("qualifiers", "list", "severity, acuity, course, extent, site, route"),
    Column("count_low", "real", "least number of occurrences"),
    Column("count_high", "real", "greatest number of occurrences"),
    Column("window_relation", "text", "of the first time window: `before`, `after`, …"),
    Column("window_min", "text", "ISO 8601 duration"),
    Column("window_max", "text", "ISO 8601 duration"),
    Column("window_anchor", "text", "what the window is counted from"),
    Column("subject", "text", "whose fact, when not the participant's"),
    Column("confidence", "real", "0 to 1"),
    Column("words", "text", "the atom in English"),
)

#: The tables by their names.
TABLES: dict[str, tuple[Column, ...]] = {"trials": TRIALS, "criteria": CRITERIA, "atoms": ATOMS}
