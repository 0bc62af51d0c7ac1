"""What can go wrong: the exception tree, and every diagnostic code.

Two channels. Exceptions are for input that is no single trial, and for our own bugs::

    TrialParserError
    ├── InputError                  the input is bad; nothing can be returned
    │   ├── UnreadableInputError    empty, binary, or not decodable into text or markup
    │   ├── NotATrialError          readable, but no trial record in it
    │   ├── MultipleRecordsError    several trials where one was expected
    │   └── LimitExceededError      larger or deeper than `Limits` allows
    ├── UsageError                  a call's argument is wrong (unknown registry, format, encoding)
    └── InternalError               we have a bug; the message says where to look

Findings about a document that could be read are data: `Diagnostic` models, built by `diagnostic()` from the
table `CODES`. Codes are never reused. Each row says what was expected, what was found and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from parser.models import Diagnostic
    from parser.models.values import Span


class TrialParserError(Exception):
    """Base of everything this package raises on purpose.

    Attributes:
        code: Stable identifier of the kind of error, printed by the command line.
    """

    code = "error"


class InputError(TrialParserError):
    """The input is bad; there is nothing to return."""

    code = "input_error"


class UnreadableInputError(InputError):
    """The bytes are empty, binary, or neither text nor markup."""

    code = "unreadable_input"


class NotATrialError(InputError):
    """The input was read, but holds no trial record that any reader recognises."""

    code = "not_a_trial"


class MultipleRecordsError(InputError):
    """The input holds several trials; `parse_records` reads them one by one."""

    code = "multiple_records"


class LimitExceededError(InputError):
    """The input is larger, deeper or longer than the `Limits` given."""

    code = "limit_exceeded"


class UsageError(TrialParserError, ValueError):
    """A call's argument is wrong: an unknown registry, format or encoding."""

    code = "usage"


class InternalError(TrialParserError):
    """A bug of ours: please report it with the document that shows it."""

    code = "internal_error"


Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class DiagnosticCode:
    """One row of `CODES`: severity and message template (expected; found; what to do)."""

    severity: Severity
    message: str


CODES: dict[str, DiagnosticCode] = {
    "launched_meaning_unclear": DiagnosticCode(
        "info",
        "Expected a date whose meaning the page states; found '{found}', which may be the first posting, the first "
        "submission or the start. Kept as its own event; check the registry before using it as a start date.",
    ),
    "value_owner_unclear": DiagnosticCode(
        "info",
        "Expected a value under every label; found '{found}' after several labels without one. Taken as the value "
        "of '{label}', the nearest label above it; check the page if it matters.",
    ),
    "contact_boilerplate_suspect": DiagnosticCode(
        "info",
        "Expected a contact at the sponsor or at a site; found '{found}', which names neither. It may belong to the "
        "website, not to the trial; check it before writing to it.",
    ),
    "identifier_missing": DiagnosticCode(
        "warning",
        "Expected a registry identifier; found none on the page. Pass the page's `url`, or join on title and sponsor.",
    ),
    "identifier_placeholder": DiagnosticCode(
        "warning",
        "Expected a registry identifier; found the placeholder '{found}'. Left out; look the trial up in its registry.",
    ),
    "date_ambiguous": DiagnosticCode(
        "warning",
        "Expected a date with one reading; found '{found}'. Left out; give the registry, whose convention decides.",
    ),
    "unknown_value": DiagnosticCode(
        "warning",
        "Expected one of the known values of {field}; found '{found}'. Kept raw; report it so that it can be added.",
    ),
    "age_unit_assumed": DiagnosticCode(
        "warning",
        "Expected an age with its unit; found '{found}'. Years assumed, as this registry means; check if it matters.",
    ),
    "age_not_stated": DiagnosticCode(
        "info",
        "Expected an age limit in numbers; found '{found}'. No number given; the country's law decides.",
    ),
    "age_differs_from_text": DiagnosticCode(
        "warning",
        "Expected the age field and the criteria to agree; found {found}. Both are kept; read the criterion.",
    ),
    "sex_differs_from_text": DiagnosticCode(
        "warning",
        "Expected the sex field and the criteria to agree; found {found}. Both are kept; read the criterion.",
    ),
    "comparator_lost": DiagnosticCode(
        "warning",
        "Expected a comparator; found '{found}', where the source has lost it. The bound's direction is unknown.",
    ),
    "mojibake_repaired": DiagnosticCode(
        "info",
        "Expected text in one encoding; found '{found}', twice encoded. Repaired; the map leads back to the source.",
    ),
    "nesting_ambiguous": DiagnosticCode(
        "info",
        "Expected the end of the list under '{found}' to show; found nothing that marks it. The items that follow are "
        "read as its children; check the page.",
    ),
    "polarity_suspect": DiagnosticCode(
        "warning",
        "Expected a criterion worded for its section; found '{found}'. Kept as written; it never decides.",
    ),
    "kind_inferred": DiagnosticCode(
        "info",
        "Expected a heading that says inclusion or exclusion; found '{found}'. Its items are taken as {kind}.",
    ),
    "section_missing": DiagnosticCode(
        "warning",
        "Expected a section '{found}' on the page; found none. Its fields are absent; check that the page was saved "
        "whole.",
    ),
    "not_english": DiagnosticCode(
        "info",
        "Expected English criteria; found '{found}'. Kept as text without rules; pass an English version if there is "
        "one.",
    ),
    "limit_exceeded": DiagnosticCode(
        "warning",
        "Expected at most {limit} {what}; found {found}. What came before the limit is returned; raise `Limits` for "
        "more.",
    ),
    "member_skipped": DiagnosticCode(
        "warning",
        "Expected plain files in the archive; found {found}: {member}. Left out; unpack it yourself if it is wanted.",
    ),
    "truncated": DiagnosticCode(
        "warning",
        "Expected a whole text; found '{found}' cut off at its end. Parsed as far as it goes; fetch the full record.",
    ),
}


def diagnostic(code: str, *, pointer: str | None = None, span: Span | None = None, **found: Any) -> Diagnostic:
    """Build the `Diagnostic` of a code from its row in `CODES`.

    Args:
        code: A key of `CODES`.
        pointer: JSON pointer of the field it is about.
        span: Place in the page's text, or in the eligibility text where `pointer` lies in it.
        **found: What the row's template names.

    Raises:
        InternalError: When the code or one of its template's names is unknown.
    """
    from parser.models import Diagnostic

    try:
        row = CODES[code]
        message = row.message.format(**found)
    except KeyError as error:
        raise InternalError(f"diagnostic {code!r}: {error} is missing") from error
    return Diagnostic(code=code, severity=row.severity, message=message, pointer=pointer, span=span)
