"""The whole way of one document: read it, recognise its registry, outline its criteria, make rules of them.

    bytes ──reading──▶ Document ──registries──▶ Trial ──outline──▶ criteria ──nlp, rules──▶ rules

spaCy is imported only where rules are asked for.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from parser.errors import InputError, InternalError, LimitExceededError, TrialParserError, UsageError
from parser.models import Diagnostic, Eligibility, Limits, ParseResult, Trial
from parser.models.eligibility import CriterionKind
from parser.outline import outline
from parser.reading.document import Document
from parser.reading.records import RawRecord, iter_documents, read_one
from parser.reading.tree import without_surrogates
from parser.registries import read_trial
from parser.text import TracedText, mended

if TYPE_CHECKING:
    from spacy.language import Language

    from parser.rules import Memory
    from parser.vocabulary import Vocabulary

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
    vocabulary: Vocabulary | None = None,
) -> Trial:
    """Parse one trial's page or record.

    Args:
        data: The document's bytes, or its content as a `str` (never a path: see `parse_file`).
        url: Where it was fetched from; kept in `source`, and read for an identifier.
        registry: Name of the reader to use; recognised from the document where it is not given.
        format: `text`, `html`, `xml`, `json` or `csv`; told from the content where it is not given.
        encoding: Of the bytes; decided from them where it is not given.
        rules: Make rules of the criteria; without, sections, fields and the outline only, and spaCy is not loaded.
        limits: What the document may cost.
        nlp: A pipeline to use in place of `load_nlp()`.
        vocabulary: Gives the concepts of the rules codes, beside the LOINC codes of what is measured, which they have
            without it (`parser.vocabulary`).

    Returns:
        The record. What was doubtful in the document is in its `diagnostics`.

    Raises:
        UnreadableInputError: The document is empty, binary or malformed.
        NotATrialError: It was read, but is no trial.
        MultipleRecordsError: It holds several trials; use `parse_records`.
        LimitExceededError: It is larger or deeper than `limits`.
        UsageError: An argument names nothing known.
    """
    document = read_one(data, format=format, encoding=encoding, limits=limits)
    return _parse_document(
        document, url=url, registry=registry, rules=rules, limits=limits, nlp=nlp, vocabulary=vocabulary
    )


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
    vocabulary: Vocabulary | None = None,
) -> Trial:
    """Parse the one trial in a file; as `parse` otherwise.

    Raises:
        UnreadableInputError: Also when the file cannot be opened.
    """
    document = read_one(Path(path), format=format, encoding=encoding, limits=limits)
    return _parse_document(
        document, url=url, registry=registry, rules=rules, limits=limits, nlp=nlp, vocabulary=vocabulary
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
    vocabulary: Vocabulary | None = None,
) -> Iterator[ParseResult]:
    """Parse every record of a source, one or thousands; bad input comes back as a `failed` result and is not raised.

    The source is read as it is needed: an XML file of records, a JSON list, JSON lines, a table, or one document.

    Args:
        source: Content as bytes or `str`, a `Path`, or an open binary file.
        url: As of `parse`, like the other arguments.
        registry: As of `parse`.
        format: As of `parse`.
        encoding: As of `parse`.
        rules: As of `parse`.
        limits: As of `parse`; `records` ends the stream with a `skipped` result where there are more.
        nlp: As of `parse`.
        vocabulary: As of `parse`.

    Yields:
        One result a record, in the order of the source.

    Raises:
        UsageError: An argument names nothing known.
    """
    documents = iter_documents(source, format=format, encoding=encoding, limits=limits)
    begun = time.process_time()
    for document in documents:
        if isinstance(document, Diagnostic):
            yield ParseResult(status="skipped", diagnostics=[document])
        elif isinstance(document, InputError):
            yield _failed(document, begun)
        else:
            try:
                trial = _parse_document(
                    document, url=url, registry=registry, rules=rules, limits=limits, nlp=nlp, vocabulary=vocabulary
                )
            except UsageError:
                raise
            except InputError as error:
                yield _failed(error, begun)
            except Exception as error:  # noqa: BLE001 - one record's bug must not end a stream of thousands
                yield _failed(InternalError(f"A bug of ours in record {document.sha256}: {error!r}. Report it."), begun)
            else:
                yield _succeeded(trial, begun)
        begun = time.process_time()


def parse_batch(
    records: Sequence[RawRecord],
    *,
    registry: str | None = None,
    rules: bool = True,
    limits: Limits = _LIMITS,
    nlp: Language | None = None,
    vocabulary: Vocabulary | None = None,
    memory: Memory | None = None,
) -> list[ParseResult]:
    """Parse some records together: the criteria of all of them go through the language pipeline at once.

    Args:
        records: What `parser.reading.records.iter_raw_records` yields; few enough to be held in memory.
        registry: As of `parse`, like the other arguments.
        rules: As of `parse`.
        limits: As of `parse`.
        nlp: As of `parse`.
        vocabulary: As of `parse`.
        memory: Criteria that it knows are not read again (`parser.rules.Memory`).

    Returns:
        One result a record, in their order; `timings` hold the CPU time of what was done for each alone.

    Raises:
        UsageError: An argument names nothing known.
    """
    results = [_outlined(record, registry, limits) for record in records]
    if rules:
        try:
            _structure(results, limits, nlp, vocabulary, memory)
        except Exception:  # noqa: BLE001 - one record's bug must not end a stream of thousands: each by itself
            results = [_parsed_alone(record, registry, limits, nlp, vocabulary) for record in records]
    for result in results:
        if result.trial is not None:
            result.trial.eligibility.cover()
            result.diagnostics = result.trial.diagnostics
            result.status = _status(result.trial)
    return results


def _outlined(record: RawRecord, registry: str | None, limits: Limits) -> ParseResult:
    """Return a record's trial without rules, or why there is none."""
    begun = time.process_time()
    try:
        document = record.document(limits)
        trial = read_trial(document, registry=registry)
        trial.diagnostics = [*document.diagnostics, *trial.diagnostics, *_outline(trial.eligibility, limits)]
    except UsageError:
        raise
    except InputError as error:
        return _failed(error, begun)
    except Exception as error:  # noqa: BLE001 - one record's bug must not end a stream of thousands
        return _failed(InternalError(f"A bug of ours in record {record.number}: {error!r}. Report it."), begun)
    return _succeeded(trial, begun)


def _structure(
    results: Sequence[ParseResult],
    limits: Limits,
    nlp: Language | None,
    vocabulary: Vocabulary | None,
    memory: Memory | None,
) -> None:
    """Make the rules of the trials of some results."""
    from parser.rules import structure_many

    trials = [result.trial for result in results if result.trial is not None and result.trial.eligibility.text]
    found = structure_many([trial.eligibility for trial in trials], nlp or load_nlp(), limits, vocabulary, memory)
    for trial, diagnostics in zip(trials, found, strict=True):
        trial.diagnostics.extend(diagnostics)


def _parsed_alone(
    record: RawRecord, registry: str | None, limits: Limits, nlp: Language | None, vocabulary: Vocabulary | None
) -> ParseResult:
    begun = time.process_time()
    result = _outlined(record, registry, limits)
    try:
        _structure([result], limits, nlp, vocabulary, None)
    except Exception as error:  # noqa: BLE001 - as above
        return _failed(InternalError(f"A bug of ours in record {record.number}: {error!r}. Report it."), begun)
    return result


def parse_eligibility(
    text: str,
    *,
    kind: CriterionKind | None = None,
    rules: bool = True,
    limits: Limits = _LIMITS,
    nlp: Language | None = None,
    vocabulary: Vocabulary | None = None,
) -> Eligibility:
    """Parse eligibility criteria that come without a page.

    Args:
        text: The criteria as a registry has them: headings, bullets or plain lines, Markdown escapes or none.
        kind: What the whole text holds, where the caller knows (`inclusion`, `exclusion`).
        rules: As of `parse`.
        limits: As of `parse`.
        nlp: As of `parse`.
        vocabulary: As of `parse`.

    Returns:
        Criteria, segments and coverage; `map` leads from its `text` back to the text given. Empty for a blank text.

    Raises:
        LimitExceededError: The text is longer than `limits.bytes`.
    """
    if len(text) > limits.bytes:
        raise LimitExceededError(f"Expected at most {limits.bytes} characters; found more. Raise `Limits.bytes`.")
    # A surrogate that stands alone is no character: nothing can write it.
    traced = mended(TracedText.of(without_surrogates(text)))
    eligibility = Eligibility(text=traced.text, map=traced.contract_map())
    _read_criteria(eligibility, kind=kind, rules=rules, limits=limits, nlp=nlp, vocabulary=vocabulary)
    return eligibility


def load_nlp(model: str | Path | None = "packaged") -> Language:
    """Return the spaCy pipeline that rules are made with, built once a process; pass it as `nlp` to reuse it.

    Args:
        model: `packaged` for the entity recogniser that ships with the package, the folder of another one, or None to
            leave it out.

    Raises:
        FileNotFoundError: The folder holds no model.
    """
    from parser.nlp import load

    return load(model)


def _parse_document(
    document: Document,
    *,
    url: str | None,
    registry: str | None,
    rules: bool,
    limits: Limits,
    nlp: Language | None,
    vocabulary: Vocabulary | None,
) -> Trial:
    trial = read_trial(document, registry=registry, url=url)
    found = _read_criteria(trial.eligibility, rules=rules, limits=limits, nlp=nlp, vocabulary=vocabulary)
    trial.diagnostics = [*document.diagnostics, *trial.diagnostics, *found]
    return trial


def _failed(error: TrialParserError, begun: float) -> ParseResult:
    bad = Diagnostic(code=error.code, severity="error", message=str(error))
    return ParseResult(status="failed", diagnostics=[bad], timings={"cpu": time.process_time() - begun})


def _status(trial: Trial) -> Literal["partial", "success"]:
    return "partial" if any(found.severity == "error" for found in trial.diagnostics) else "success"


def _succeeded(trial: Trial, begun: float) -> ParseResult:
    return ParseResult(
        status=_status(trial),
        trial=trial,
        diagnostics=trial.diagnostics,
        source=trial.source,
        timings={"cpu": time.process_time() - begun},
    )


def _read_criteria(
    eligibility: Eligibility,
    *,
    rules: bool,
    limits: Limits,
    nlp: Language | None,
    vocabulary: Vocabulary | None,
    kind: CriterionKind | None = None,
) -> list[Diagnostic]:
    """Outline the eligibility text and, where asked, make its rules; return what was doubtful."""
    found = _outline(eligibility, limits, kind)
    if rules and eligibility.text:
        from parser.rules import structure

        found.extend(structure(eligibility, nlp or load_nlp(), limits, vocabulary))
    eligibility.cover()
    return found


def _outline(eligibility: Eligibility, limits: Limits, kind: CriterionKind | None = None) -> list[Diagnostic]:
    if not eligibility.text:
        return []
    outlined = outline(eligibility.text, kind=kind, parts=eligibility.parts, most_lines=limits.blocks)
    eligibility.criteria, eligibility.segments = outlined.criteria, outlined.segments
    return list(outlined.diagnostics)
