"""Sources of one record or many: how they come apart, what a broken one does to the rest, and what bounds them."""

from __future__ import annotations

import hashlib
import io
import json
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from parser import InputError, LimitExceededError, Limits, MultipleRecordsError, UnreadableInputError, UsageError
from parser.models import Diagnostic
from parser.reading import Document, read, records
from parser.reading.records import iter_documents, read_one
from parser.reading.rows import ICTRP_COLUMNS, table_rows
from parser.reading.splitting import json_lines, json_values, xml_records


def trees(source: Any, **options: Any) -> list[Any]:
    """What each record holds: a tree, of XML the root's name and text; of an error or diagnostic its class."""
    return [_tree(found) for found in iter_documents(source, **options)]


def _tree(found: Document | InputError | Diagnostic) -> Any:
    if not isinstance(found, Document):
        return type(found)
    tree: Any = found.tree
    return (tree.tag, "".join(tree.itertext())) if found.format == "xml" else tree


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('[{"a": 1}, {"b": [2]}]', [{"a": 1}, {"b": [2]}]),
        ('{"studies": [{"a": 1}, {"b": "]}"}], "nextPageToken": "x"}', [{"a": 1}, {"b": "]}"}]),
        ('{"totalCount": 2, "studies": [{"a": {"c": "\\""}}, {"b": 2}]}', [{"a": {"c": '"'}}, {"b": 2}]),
        (
            '{"FullStudiesResponse": {"NStudies": 2, "Expr": ["x"], "FullStudies": [{"Rank": 1}, {"Rank": 2}]}}',
            [{"Rank": 1}, {"Rank": 2}],
        ),
        (
            '{"pagination": {"page": 1}, "data": [{"ctNumber": "a"}, {"ctNumber": "b"}]}',
            [{"ctNumber": "a"}, {"ctNumber": "b"}],
        ),
        ('{"Trials_downloaded_from_ICTRP": {"Trial": [{"a": 1}]}}', [{"a": 1}]),
        # A record may have a list of its own under a key that pages of records use.
        ('{"id": {"x": 1}, "results": [{"a": 1}, {"b": 2}]}', [{"id": {"x": 1}, "results": [{"a": 1}, {"b": 2}]}]),
        ('{"arms": [{"a": 1}, {"b": 2}]}', [{"arms": [{"a": 1}, {"b": 2}]}]),
        ('{"a": 1}\n{"b": 2}\n', [{"a": 1}, {"b": 2}]),
        ('\n{"a": "x"}\r\n\r\n{"b": 2}', [{"a": "x"}, {"b": 2}]),
        ('{"a": 1} {"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{\n  "a": 1\n}\n{\n  "b": "}{"\n}\n', [{"a": 1}, {"b": "}{"}]),
        ('{"a": "}\\n{"}', [{"a": "}\n{"}]),
        ("[[1, 2], {}]", UnreadableInputError),
        ('{"a": 1} tail', [UnreadableInputError]),
        ('{"a": 1', [UnreadableInputError]),
    ],
)
def test_reading_records_json_comes_apart(source: str, expected: Any) -> None:
    if expected is UnreadableInputError:
        # Nothing in it is a list of objects, so that it is read whole, as text.
        assert [type(found) for found in iter_documents(source)] == [Document]
        return
    assert trees(source) == expected
    assert trees(source.encode("utf-8")) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<trials><trial>a</trial><trial>b</trial></trials>", [("trial", "a"), ("trial", "b")]),
        ('<?xml version="1.0"?>\n<!-- x --><trials subjects="1"><Triall>a</Triall></trials>', [("Triall", "a")]),
        (
            "<allTrials><fullTrial><trial>a</trial></fullTrial><fullTrial>b</fullTrial></allTrials>",
            [("fullTrial", "a"), ("fullTrial", "b")],
        ),
        (
            "<clinical_studies><clinical_study rank='1'>a</clinical_study>\n</clinical_studies>",
            [("clinical_study", "a")],
        ),
        ("<trials><trial/><trial >a</trial ><trialX>no</trialX></trials>", [("trial", "a")]),
        ("<trials><!-- <trial>no</trial> --><trial>a<![CDATA[</trial>]]></trial></trials>", [("trial", "a</trial>")]),
        ("<trials></trials>", []),
        # The root is a record itself, whatever is in it.
        ("<fullTrial><trial>a</trial></fullTrial>", [("fullTrial", "a")]),
    ],
)
def test_reading_records_xml_comes_apart(source: str, expected: list[tuple[str, str]]) -> None:
    assert trees(source) == expected
    assert trees(source.encode("utf-8")) == expected


def test_reading_records_table_rows_are_records() -> None:
    text = 'NCT Number,Title,,Title\r\nNCT1,"two\r\nlines, ""quoted""",x,y\r\n\r\n,,,\r\nNCT2,b,c,d,more\r\n'
    assert trees(text) == [
        {"NCT Number": "NCT1", "Title": 'two\r\nlines, "quoted"', "column 3": "x", "Title column 4": "y"},
        {"NCT Number": "NCT2", "Title": "b", "column 3": "c", "Title column 4": "d", "column 5": "more"},
    ]
    (first, _) = iter_documents(text)
    assert isinstance(first, Document)
    assert first.format == "csv"
    assert first.size == len('NCT1,"two\r\nlines, ""quoted""",x,y\r\n')


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_reading_records_table_delimiters(delimiter: str) -> None:
    text = f"Trial ID{delimiter}Title{delimiter}Phase\nNCT1{delimiter}a{delimiter}2\n"
    assert trees(text) == [{"Trial ID": "NCT1", "Title": "a", "Phase": "2"}]


def test_reading_records_full_export_has_no_header() -> None:
    cells = [f'"{name} 1"' for name in ICTRP_COLUMNS]
    cells[0], cells[3] = '"NCT04999909"', '"a title\nin two lines"'
    (row,) = trees(",".join(cells) + "\n")
    assert len(ICTRP_COLUMNS) == 63
    assert row["TrialID"] == "NCT04999909"
    assert row["Public_title"] == "a title\nin two lines"
    assert row["Ethics_Contact_Email"] == "Ethics_Contact_Email 1"


@pytest.mark.parametrize(
    "text",
    [
        "Walking, swimming, cycling, and rowing\nEligibility criteria\n- Age 18",
        "ISRCTN, a register",
        "NCT04999909, a trial, of walking",
    ],
)
def test_reading_records_prose_with_commas_is_no_table(text: str) -> None:
    (found,) = iter_documents(text)
    assert isinstance(found, Document)
    assert found.format == "text"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{"a": 1}\n{"b": \n{"c": 3}\n', [{"a": 1}, UnreadableInputError, {"c": 3}]),
        ('[{"a": 1}, {"b": tru}, {"c": 3}]', [{"a": 1}, UnreadableInputError, {"c": 3}]),
        ('[{"a": 1}, {"b": 2', [{"a": 1}, UnreadableInputError]),
        ('{"studies": [{"a": 1}, {"b": 2}], "x": {', [{"a": 1}, {"b": 2}]),
        (
            "<trials><trial>a</trial><trial>b<x></trial><trial>c</trial></trials>",
            [("trial", "a"), UnreadableInputError, ("trial", "c")],
        ),
        (
            "<trials><trial>a</trial><trial>b<trial>c</trial></trials>",
            [("trial", "a"), UnreadableInputError, ("trial", "c")],
        ),
        ("<trials><trial>a</trial><trial>b", [("trial", "a"), UnreadableInputError]),
        ("<trials><trial>&bomb;</trial><trial>c</trial></trials>", [UnreadableInputError, ("trial", "c")]),
    ],
)
def test_reading_records_broken_record_leaves_the_others(source: str, expected: list[Any]) -> None:
    assert trees(source) == expected


def test_reading_records_error_names_the_record() -> None:
    found = list(iter_documents('{"a": 1}\n{"b": \n'))
    assert str(found[1]).startswith("Record 2: Expected one JSON value")


JSON_TEXT = '{"a": "\\\\\\"}{[", "é": [1, {"x": "≥"}]}, {"b": 2}]'
XML_TEXT = "<t><r a='1'>é<b/></r><!-- <r> --><r><![CDATA[</r>]]></r><r/><r>x<r>≥</r><rr></rr></t>"
TABLE_TEXT = 'TrialID,Title,x\nNCT1,"é\n""≥""",1\nNCT2,b,2\n'


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 11, 64, 1000])
@pytest.mark.parametrize(
    ("split", "text", "count"),
    [
        (lambda chunks: json_values(chunks, 1000), JSON_TEXT, 2),
        (lambda chunks: json_lines(chunks, 1000), '{"a": "x"}\n\n{"b": "é≥"}\r\n{"c": 1}', 3),
        (lambda chunks: xml_records(chunks, ("r",), 1000), XML_TEXT, 4),
        (lambda chunks: table_rows(chunks, 1000), TABLE_TEXT, 2),
    ],
)
def test_reading_records_come_the_same_in_pieces(
    split: Callable[[Iterable[str]], Iterator[Any]], text: str, count: int, size: int
) -> None:
    whole = list(split([text]))
    assert len(whole) == count
    assert list(split(text[at : at + size] for at in range(0, len(text), size))) == whole


class Pipe(io.RawIOBase):
    """A source that gives a few bytes at a time, and cannot go back."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self._data.read(min(size, 5) if size >= 0 else size)


def test_reading_records_sources_of_every_kind(tmp_path: Path) -> None:
    text = '[{"a": "é"}, {"b": 2}]'
    path = tmp_path / "records.json"
    path.write_bytes(text.encode("utf-8"))
    expected = [{"a": "é"}, {"b": 2}]
    assert trees(text) == trees(text.encode()) == trees(path) == expected
    assert trees(io.BytesIO(text.encode())) == trees(Pipe(text.encode())) == expected
    assert trees(tmp_path / "absent.json") == [UnreadableInputError]
    assert trees(tmp_path) == [UnreadableInputError]
    with pytest.raises(UsageError):
        trees(io.StringIO(text))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_reading_records_encodings(encoding: str) -> None:
    text = '<?xml version="1.0"?><trials>' + "<trial>Perú é</trial>" * 20 + "</trials>"
    found = list(iter_documents(text.encode(encoding)))
    assert [_tree(document) for document in found] == [("trial", "Perú é")] * 20
    assert all(isinstance(document, Document) and document.encoding_from != "str" for document in found)


def test_reading_records_declared_encoding_counts() -> None:
    data = "<?xml version='1.0' encoding='iso-8859-1'?><trials><trial>Perú</trial></trials>".encode("latin-1")
    (found,) = iter_documents(data)
    assert isinstance(found, Document)
    assert (found.encoding, found.encoding_from) == ("cp1252", "declared")
    assert _tree(found) == ("trial", "Perú")


def test_reading_records_stray_bytes_far_down_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_CHUNK", 4096)
    filler = "<trial>é</trial>" * 1000
    data = f"<trials>{filler}".encode() + b"<trial>Per\xfa</trial></trials>"
    found = trees(data)
    assert found[0] == ("trial", "é")
    assert found[-1] == ("trial", "Perú")


def test_reading_records_given_encoding_is_strict() -> None:
    assert trees(b"<trials><trial>\xff</trial></trials>", encoding="utf-8") == [UnreadableInputError]
    with pytest.raises(UsageError):
        trees(b"{}", encoding="no such encoding")


def test_reading_records_hash_is_the_records_own() -> None:
    first, second = iter_documents('[{"a": "é"},\n {"b": 2}]')
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    own = '{"a": "é"}'.encode()
    assert (first.sha256, first.size) == (hashlib.sha256(own).hexdigest(), len(own))
    assert second.size == len('{"b": 2}')


def test_reading_records_single_document_is_read_whole() -> None:
    data = b'{"a": 1}\n'
    (found,) = iter_documents(data)
    assert found == read(data)


@pytest.mark.parametrize(("most", "count"), [(1, 1), (2, 2), (3, 3), (4, 3)])
def test_reading_records_limit_ends_the_stream(most: int, count: int) -> None:
    found = list(iter_documents('[{"a": 1}, {"b": 2}, {"c": 3}]', limits=Limits(records=most)))
    assert len([one for one in found if isinstance(one, Document)]) == count
    left = [one for one in found if isinstance(one, Diagnostic)]
    assert [one.code for one in left] == (["limit_exceeded"] if most < 3 else [])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{"a": 1}\n{"b": "' + "x" * 5000 + '"}\n{"c": 3}\n', [{"a": 1}, LimitExceededError, {"c": 3}]),
        (
            f"<trials><trial>a</trial><trial>{'x' * 5000}</trial><trial>c</trial></trials>",
            [("trial", "a"), LimitExceededError, ("trial", "c")],
        ),
        ('[{"a": 1}, {"b": "' + "x" * 5000 + '"}]', [{"a": 1}, LimitExceededError]),
        ('{"a": "' + "x" * 5000 + '"}', [LimitExceededError]),
    ],
)
def test_reading_records_too_long_a_record_is_an_error(
    monkeypatch: pytest.MonkeyPatch, source: str, expected: list[Any]
) -> None:
    monkeypatch.setattr(records, "_CHUNK", 256)
    assert trees(source, limits=Limits(bytes=1000)) == expected


def test_reading_records_hostile_table_is_bounded() -> None:
    opened_quote = 'TrialID,Title,x\nNCT1,"' + "never closed\n" * 30_000
    found = trees(opened_quote)
    assert LimitExceededError in found


def test_reading_records_deep_record_is_an_error() -> None:
    deep = '{"a":' * 300 + "1" + "}" * 300
    assert trees(f'[{{"a": 1}}, {deep}, {{"c": 3}}]') == [{"a": 1}, LimitExceededError, {"c": 3}]


@pytest.mark.parametrize("source", ['[{"a": 1}, {"b": 2}]', "<trials><trial>a</trial><trial>b", '{"a": 1}\n{"b":'])
def test_reading_records_one_of_several_is_refused(source: str) -> None:
    with pytest.raises(MultipleRecordsError, match=r"2 or more.*parse_records"):
        read_one(source)


def test_reading_records_one_is_unwrapped() -> None:
    assert read_one('{"studies": [{"a": 1}]}').tree == {"a": 1}
    assert _tree(read_one("<trials><trial>a</trial></trials>")) == ("trial", "a")
    with pytest.raises(UnreadableInputError, match="none in it"):
        read_one("<trials></trials>")


def test_reading_records_format_given_is_heeded() -> None:
    (found,) = iter_documents("<trials><trial>a</trial></trials>", format="text")
    assert isinstance(found, Document)
    assert found.format == "text"
    assert trees("TrialID,b,c\nx,y,z\n", format="csv") == [{"TrialID": "x", "b": "y", "c": "z"}]
    assert trees("a,b,c\nx,y,z\n", format="csv") == [UnreadableInputError]
    with pytest.raises(UsageError):
        trees("{}", format="yaml")


def test_reading_records_memory_is_bounded_by_a_record(tmp_path: Path) -> None:
    """40 MB of records are read in less than a quarter of that."""
    path = tmp_path / "many.json"
    record = json.dumps({"text": "x" * 10_000, "list": list(range(100))})
    with path.open("w") as file:
        file.write('{"studies": [' + ",".join([record] * 10) + ",")
        file.write(",".join([record] * 3_700) + "]}")
    assert path.stat().st_size > 38_000_000
    tracemalloc.start()
    count = sum(1 for _ in iter_documents(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3_710
    assert peak < 10_000_000


@pytest.mark.parametrize("source", ['[{"a": "\\ud800x"}]', '{"a": "\\uD800x"}', '{"a": "\ud800x"}'])
def test_reading_records_lone_surrogates_are_replaced(source: str) -> None:
    assert trees(source) == [{"a": "\ufffdx"}]


def test_reading_records_surrogate_pairs_stay_characters() -> None:
    assert trees('{"a": "\\ud83d\\ude00"}') == [{"a": "\U0001f600"}]
