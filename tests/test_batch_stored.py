"""Records that were written before, in every form, and pages, as one stream."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

import parser
from parser.batch import ingest
from parser.batch.stored import read_trials
from tests.sample_trial import sample_trial
from tests.whole_trial import whole


def numbers(path: Path | str) -> list[str | None]:
    return [result.trial.identifiers[0].value if result.trial else None for result in read_trials([path])]


@pytest.mark.parametrize(
    "content",
    [
        sample_trial().to_json().encode(),
        b"\xef\xbb\xbf" + sample_trial().to_json(indent=None).encode(),
        sample_trial().to_json(indent=None).encode() + b"\n\n",
        ("[" + sample_trial().to_json() + "]").encode(),
        gzip.compress(sample_trial().to_json(indent=None).encode() + b"\n"),
    ],
    ids=["page", "line with a mark", "lines", "list", "compressed"],
)
def test_batch_stored_records_come_back_as_they_were(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "records.any"
    path.write_bytes(content)
    (result,) = read_trials([path])
    assert result.trial == sample_trial()
    assert result.status == "success"


def test_batch_stored_lines_come_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    lines = [trial.to_json(indent=None) for trial in (sample_trial(), whole(), sample_trial())]
    path.write_text("\n".join(lines), "utf-8")
    assert numbers(path) == ["NCT01234567", "ISRCTN48231507", "NCT01234567"]


def test_batch_stored_standard_input() -> None:
    stdin = io.BytesIO(sample_trial().to_json().encode())
    assert [result.trial for result in read_trials(["-"], stdin=stdin)] == [sample_trial()]


def test_batch_stored_a_bad_record_fails_and_the_next_follows(tmp_path: Path) -> None:
    record = json.loads(sample_trial().to_json())
    record["titel"] = record.pop("title")
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join([json.dumps(record), sample_trial().to_json(indent=None)]), "utf-8")
    bad, good = read_trials([path])
    assert (bad.status, good.status) == ("failed", "success")
    assert bad.origin == f"{path.as_posix()}, line 1"
    assert "titel" in bad.diagnostics[0].message


@pytest.mark.parametrize("cut", [40, 400])
def test_batch_stored_a_record_or_list_that_was_cut_off_fails(cut: int, tmp_path: Path) -> None:
    for number, text in enumerate([sample_trial().to_json(), f"[{sample_trial().to_json()}]"]):
        path = tmp_path / f"cut{number}.json"
        path.write_text(text[:-cut], "utf-8")
        assert [result.status for result in read_trials([path])] == ["failed"]


def test_batch_stored_pages_are_parsed(clinconnect: Path) -> None:
    (result,) = read_trials([clinconnect / "sources" / "clinconnect_sepsis.txt"], rules=False)
    assert result.trial is not None
    assert result.trial.source.registry == "clinconnect"


@pytest.mark.parametrize("format", ["jsonl", "jsonl.gz", "sqlite", "parquet"])
def test_batch_stored_what_ingest_wrote(format: str, clinconnect: Path, tmp_path: Path) -> None:
    from parser.batch import Job

    if format == "parquet":
        pytest.importorskip("pyarrow", reason="needs the extra parquet")
    ingest([clinconnect / "sources"], tmp_path / "out", format=format, job=Job(rules=False))
    read = [result.trial for result in read_trials([tmp_path / "out"])]
    parsed = [result.trial for result in parser.parse_many([clinconnect / "sources"], rules=False)]
    assert sorted(trial.to_json() for trial in read if trial) == sorted(trial.to_json() for trial in parsed if trial)


def test_batch_stored_an_input_that_names_nothing_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(parser.UsageError):
        list(read_trials([tmp_path / "nothing"]))
