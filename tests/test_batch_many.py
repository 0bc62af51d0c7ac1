"""`parse_many`: every record of many sources in their order, the same whoever does the work."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parser
from parser.batch import many, pools, work
from parser.batch.work import Item, Job
from parser.errors import UsageError
from parser.models import Limits, ParseResult
from parser.reading.records import RawRecord

PAGE = (
    "{title}\nEligibility criteria\nInclusion Criteria:\n- Patients with {disease}\n"
    "Exclusion Criteria:\n- Pregnancy\nLocations\nChina\n"
)


def page(title: str, disease: str = "gout") -> bytes:
    return PAGE.format(title=title, disease=disease).encode()


def lines(*numbers: int) -> bytes:
    rows = ({"id": f"NCT{number:08}", "text": f"Inclusion Criteria:\n\n* Gout {number}"} for number in numbers)
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def said(result: ParseResult) -> tuple[str | None, str, str]:
    if result.trial is None:
        return result.origin, result.status, result.diagnostics[0].code
    first = result.trial.eligibility.criteria[0].text
    return result.origin, result.status, first


def test_batch_many_reads_every_kind_of_source_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "b.txt").write_bytes(page("B", "cough"))
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(lines(4567890, 4567891)))
    (folder / ".hidden").write_bytes(b"not read")
    sources = [page("First"), ("second", lines(1234567, 1234568)), folder, "no trial", tmp_path / "missing"]
    at = folder.as_posix()
    assert [said(result) for result in parser.parse_many(sources, rules=False)] == [
        ("1", "success", "Patients with gout"),
        ("second#1", "success", "Gout 1234567"),
        ("second#2", "success", "Gout 1234568"),
        (f"{at}/a.jsonl.gz#1", "success", "Gout 4567890"),
        (f"{at}/a.jsonl.gz#2", "success", "Gout 4567891"),
        (f"{at}/b.txt", "success", "Patients with cough"),
        ("4", "failed", "not_a_trial"),
        ((tmp_path / "missing").as_posix(), "failed", "unreadable_input"),
    ]


def test_batch_many_gives_what_parse_gives() -> None:
    data = page("Gout Study")
    (result,) = parser.parse_many([data])
    assert result.trial == parser.parse(data)


def test_batch_many_goes_on_after_a_bad_record() -> None:
    data = lines(1234567) + b'{"id": "NCT01234568", "text"\n' + lines(1234569)
    found = [said(result) for result in parser.parse_many([("x", data)], rules=False)]
    assert found == [
        ("x#1", "success", "Gout 1234567"),
        ("x#2", "failed", "unreadable_input"),
        ("x#3", "success", "Gout 1234569"),
    ]


def test_batch_many_says_when_a_container_holds_no_record() -> None:
    sources = [("list", b'{"studies": []}'), ("xml", b"<trials></trials>")]
    found = [said(result) for result in parser.parse_many(sources, rules=False)]
    assert found[1] == ("xml", "failed", "unreadable_input")
    assert found[0][:2] == ("list", "failed")


def test_batch_many_takes_sources_as_it_needs_them() -> None:
    taken = 0

    def sources() -> Iterator[bytes]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield page(f"Study {number}")

    results = parser.parse_many(sources(), rules=False)
    next(results)
    assert taken <= many.CHUNK_RECORDS + 1


def test_batch_many_in_processes_gives_the_same_in_the_same_order() -> None:
    sources = [(str(number), lines(*range(1000000 + 50 * number, 1000050 + 50 * number))) for number in range(4)]
    here = [result.model_dump(exclude={"timings"}) for result in parser.parse_many(sources, rules=False)]
    there = [result.model_dump(exclude={"timings"}) for result in parser.parse_many(sources, rules=False, jobs=2)]
    assert there == here
    assert [result["origin"] for result in here[:2]] == ["0#1", "0#2"]


def test_batch_many_leaves_out_contacts() -> None:
    data = page("Gout Study") + b"Contacts\nJane Roe\nWrite to jane.roe@example.org\n"
    (result,) = parser.parse_many([data], rules=False, contacts=False)
    assert result.trial is not None
    assert "jane.roe@example.org" not in result.trial.to_json()


def test_batch_many_limits_records_of_each_source() -> None:
    results = parser.parse_many([("x", lines(1234567, 1234568))], rules=False, limits=Limits(records=1))
    assert [(result.status, result.origin) for result in results] == [("success", "x#1"), ("skipped", "x#2")]


@pytest.mark.parametrize("options", [{"jobs": 0}, {"registry": "atlantis"}])
def test_batch_many_refuses_wrong_arguments(options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        list(parser.parse_many([page("A")], rules=False, **options))  # type: ignore[arg-type]


def test_batch_many_refuses_a_source_of_another_type() -> None:
    with pytest.raises(UsageError):
        list(parser.parse_many([17], rules=False))  # type: ignore[list-item]


# --- processes that die ----------------------------------------------------------------------------------------------


def double_or_die(number: int) -> int:
    """For a pool: die of 3, as a crash in a library would kill the process."""
    if number == 3:
        os._exit(1)
    return 2 * number


def test_batch_pools_go_on_after_a_process_died() -> None:
    outcomes = list(pools.in_order(double_or_die, range(6), 2))
    assert [task for task, _ in outcomes] == [0, 1, 2, 3, 4, 5]
    assert [outcome for task, outcome in outcomes if task != 3] == [0, 2, 4, 8, 10]
    assert isinstance(outcomes[3][1], pools.WorkerDiedError)


def test_batch_pools_leave_undone_what_nobody_began_with() -> None:
    done = [task for task, _ in pools.in_order(double_or_die, [0, 1, 2], 2, lambda: True)]
    assert set(done) <= {0, 1, 2}


def test_batch_many_names_the_record_that_kills_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    def alone(call: object, items: list[Item]) -> object:
        return pools.WorkerDiedError("dead") if any(item.origin == "c" for item in items) else None

    monkeypatch.setattr(many, "alone", alone)
    items = [Item(name, RawRecord(0, page(name))) for name in "abcde"]
    left = many.without_culprits(Job(rules=False), items)
    assert [item.origin for item in left if item.content is not items["abcde".index(item.origin)].content] == ["c"]
    results = work.parse_items(Job(rules=False), left)
    assert [result.status for result in results] == ["success", "success", "failed", "success", "success"]
    assert results[2].diagnostics[0].code == "internal_error"


MAGIC = st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"BZh9", b"\xfd7zXZ\x00", b'{"', b"<?xml", b"id,"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(lambda magic, rest: magic + rest, MAGIC, st.binary(max_size=200)), max_size=5))
def test_batch_many_gives_a_result_for_whatever_comes(sources: list[bytes]) -> None:
    results = list(parser.parse_many(((str(number), data) for number, data in enumerate(sources)), rules=False))
    names = [str(result.origin).split("#")[0].split("/")[0] for result in results]
    assert list(dict.fromkeys(names)) == [str(number) for number in range(len(sources))]
    assert all(result.status == "success" or result.diagnostics for result in results)
