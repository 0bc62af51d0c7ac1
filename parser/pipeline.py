"""The whole way of one document: read it, recognise its registry, outline its criteria, make rules of them.

    bytes ──reading──▶ Document ──registries──▶ Trial ──outline──▶ criteria ──nlp, rules──▶ rules

spaCy is imported only where rules are asked for.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from parser.errors import InputError, LimitExceededError, UnreadableInputError
from parser.models import Diagnostic, Eligibility, Limits, ParseResult, Trial
from parser.models.eligibility import CriterionKind
from parser.outline import outline
from parser.reading import read
from parser.registries import read_trial
from parser.text import TracedText, unescape_markdown

if TYPE_CHECKING:
    from spacy.language import Language

_LIMITS = Limits()


def parse(
    data: bytes | str,
    *,
    url: str | None = None,
    registry: str | None = None,
    format: str | None = None,
    encoding: str | None = None,
    rules: bool = True,
    limits: Limits = _LIMITS,
    nlp: Language | None = None,
) -> Trial:
    """Parse one trial's page or record.

    Args:
        data: The document's bytes, or its content as a `str` (never a path: see `parse_file`).
        url: Where it was fetched from; kept in `source`, and read for an identifier.
        registry: Name of the reader to use; recognised from the document where it is not given.
        format: `text`, `html`, `xml` or `json`; told from the content where it is not given.
        encoding: Of the bytes; decided from them where it is not given.
        rules: Make rules of the criteria; without, sections, fields and the outline only, and spaCy is not loaded.
        limits: What the document may cost.
        nlp: A pipeline to use in place of `load_nlp()`.

    Returns:
        The record. What was doubtful in the document is in its `diagnostics`.

    Raises:
        UnreadableInputError: The document is empty, binary or malformed.
        NotATrialError: It was read, but is no trial.
        MultipleRecordsError: It holds several trials; use `parse_records`.
        LimitExceededError: It is larger or deeper than `limits`.
        UsageError: An argument names nothing known.
    """
    document = read(data, format=format, encoding=encoding, limits=limits)
    trial = read_trial(document, registry=registry, url=url)
    found = _read_criteria(trial.eligibility, rules=rules, limits=limits, nlp=nlp)
    trial.diagnostics = [*document.diagnostics, *trial.diagnostics, *found]
    return trial


def parse_file(
    path: str | Path,
    *,
    url: str | None = None,
    registry: str | None = None,
    format: str | None = None,
    encoding: str | None = None,
    rules: bool = True,
    limits: Limits = _LIMITS,
    nlp: Language | None = None,
) -> Trial:
    """Parse the one trial in a file; as `parse` otherwise.

    Raises:
        UnreadableInputError: Also when the file cannot be opened.
    """
    data = _read_source(Path(path), limits)
    return parse(
        data, url=url, registry=registry, format=format, encoding=encoding, rules=rules, limits=limits, nlp=nlp
    )


def parse_records(
    source: bytes | str | Path | BinaryIO,
    *,
    url: str | None = None,
    registry: str | None = None,
    format: str | None = None,
    encoding: str | None = None,
    rules: bool = True,
    limits: Limits = _LIMITS,
    nlp: Language | None = None,
) -> Iterator[ParseResult]:
    """Parse every record of a source; bad input comes back as a `failed` result and is not raised.

    Args:
        source: Content as bytes or `str`, a `Path`, or an open binary file.
        url: As of `parse`, like the other arguments.
        registry: As of `parse`.
        format: As of `parse`.
        encoding: As of `parse`.
        rules: As of `parse`.
        limits: As of `parse`.
        nlp: As of `parse`.

    Yields:
        One result a record, in the order of the source.

    Raises:
        UsageError: An argument names nothing known.
    """
    begun = time.process_time()
    try:
        trial = parse(
            _read_source(source, limits),
            url=url,
            registry=registry,
            format=format,
            encoding=encoding,
            rules=rules,
            limits=limits,
            nlp=nlp,
        )
    except InputError as error:
        bad = Diagnostic(code=error.code, severity="error", message=str(error))
        yield ParseResult(status="failed", diagnostics=[bad], timings={"cpu": time.process_time() - begun})
        return
    status = "partial" if any(found.severity == "error" for found in trial.diagnostics) else "success"
    yield ParseResult.model_validate(
        {
            "status": status,
            "trial": trial,
            "diagnostics": trial.diagnostics,
            "source": trial.source,
            "timings": {"cpu": time.process_time() - begun},
        }
    )


def parse_eligibility(
    text: str,
    *,
    kind: CriterionKind | None = None,
    rules: bool = True,
    limits: Limits = _LIMITS,
    nlp: Language | None = None,
) -> Eligibility:
    """Parse eligibility criteria that come without a page.

    Args:
        text: The criteria as a registry has them: headings, bullets or plain lines, Markdown escapes or none.
        kind: What the whole text holds, where the caller knows (`inclusion`, `exclusion`).
        rules: As of `parse`.
        limits: As of `parse`.
        nlp: As of `parse`.

    Returns:
        Criteria, segments and coverage; `map` leads from its `text` back to the text given. Empty for a blank text.

    Raises:
        LimitExceededError: The text is longer than `limits.bytes`.
    """
    if len(text) > limits.bytes:
        raise LimitExceededError(_too_large(limits))
    traced = unescape_markdown(TracedText.of(text))
    eligibility = Eligibility(text=traced.text, map=traced.contract_map())
    _read_criteria(eligibility, kind=kind, rules=rules, limits=limits, nlp=nlp)
    return eligibility


def load_nlp() -> Language:
    """Return the spaCy pipeline that rules are made with, built once a process; pass it as `nlp` to reuse it."""
    from parser.nlp import load

    return load()


def _read_criteria(
    eligibility: Eligibility,
    *,
    rules: bool,
    limits: Limits,
    nlp: Language | None,
    kind: CriterionKind | None = None,
) -> list[Diagnostic]:
    """Outline the eligibility text and, where asked, make its rules; return what was doubtful."""
    if not eligibility.text:
        return []
    outlined = outline(eligibility.text, kind=kind, parts=eligibility.parts)
    eligibility.criteria, eligibility.segments = outlined.criteria, outlined.segments
    found = list(outlined.diagnostics)
    if rules:
        from parser.rules import structure

        found.extend(structure(eligibility, nlp or load_nlp(), limits))
    eligibility.cover()
    return found


def _read_source(source: bytes | str | Path | BinaryIO, limits: Limits) -> bytes | str:
    """Return a source's content, no more of it than the limit allows."""
    if isinstance(source, bytes | str):
        return source
    try:
        if isinstance(source, Path):
            with source.open("rb") as file:
                data = file.read(limits.bytes + 1)
        else:
            data = source.read(limits.bytes + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableInputError(f"Expected a file that can be read; found {reason} at {source}.") from error
    if len(data) > limits.bytes:
        raise LimitExceededError(_too_large(limits))
    return data


def _too_large(limits: Limits) -> str:
    return f"Expected at most {limits.bytes} bytes; found more. Raise `Limits.bytes` to read it."
