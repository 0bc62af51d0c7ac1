"""XML and JSON records, the hostile ones included."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.errors import LimitExceededError, UnreadableInputError
from parser.models import Limits
from parser.reading import read


def bomb(levels: int) -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!DOCTYPE r [<!ENTITY e0 "aaaaaaaaaa">{entities}]>'


@pytest.mark.parametrize("body", ["<r>&e9;</r>", '<r a="&e9;"/>', "<r/>"])
def test_reading_tree_billion_laughs_neither_expands_nor_escapes(body: str) -> None:
    began = time.process_time()
    with pytest.raises((LimitExceededError, UnreadableInputError)):
        read(bomb(10) + body)
    assert time.process_time() - began < 1


def test_reading_tree_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with pytest.raises(UnreadableInputError, match="<!ENTITY>") as caught:
        read(f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]><r>&x;</r>')
    assert "secret" not in str(caught.value).replace("secret.txt", "")


def test_reading_tree_external_dtd_is_not_loaded(tmp_path: Path) -> None:
    dtd = tmp_path / "a.dtd"
    dtd.write_text('<!ATTLIST r a CDATA "from the DTD"><!ENTITY x "from the DTD">')
    tree = read(f'<!DOCTYPE r SYSTEM "{dtd.as_uri()}"><r>words</r>').tree
    assert tree is not None
    assert (tree.text, dict(tree.attrib)) == ("words", {})


def test_reading_tree_xml_record() -> None:
    data = '<?xml version="1.0" encoding="ISO-8859-1"?><r><!-- c --><t a="1">Größe &lt;7 &#8805;</t></r>'.encode(
        "latin-1"
    )
    document = read(data)
    assert (document.format, document.page, document.encoding_from) == ("xml", None, "declared")
    assert document.tree is not None
    assert [(child.tag, child.get("a"), child.text) for child in document.tree] == [("t", "1", "Größe <7 ≥")]


@pytest.mark.parametrize(
    "text", ["<r><a></r>", "<r/><r/>", "<r>&nbsp;</r>", "<?xml version='1.0'?><r", "<r>\ud800</r>"]
)
def test_reading_tree_malformed_xml_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableInputError, match=r"well-formed XML.*line 1"):
        read(text, format="xml")


@pytest.mark.parametrize(("depth", "limit"), [(11, 10), (300, 1_000), (100_000, 200)])
def test_reading_tree_deep_xml_exceeds_the_limit(depth: int, limit: int) -> None:
    text = "<a>" * depth + "</a>" * depth
    with pytest.raises(LimitExceededError):
        read(text, format="xml", limits=Limits(depth=limit))


def test_reading_tree_xml_at_the_limit_is_read() -> None:
    assert read("<a>" * 10 + "x" + "</a>" * 10, format="xml", limits=Limits(depth=10)).tree is not None


def test_reading_tree_json_record() -> None:
    document = read(b'\xef\xbb\xbf{"id": "NCT1", "n": NaN, "id": "NCT2", "s": "\\ud800"}\n')
    assert (document.format, document.encoding_from) == ("json", "bom")
    assert document.tree is not None
    assert document.tree["id"] == "NCT2"
    assert math.isnan(document.tree["n"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1', "line 1, column 8"),
        ('{"a": 1}\n{"a": 2}', "JSON lines"),
        ('{"a": ' + "9" * 5_000 + "}", "number too long"),
        ("{a: 1}", "line 1, column 2"),
    ],
)
def test_reading_tree_malformed_json_is_unreadable(text: str, found: str) -> None:
    with pytest.raises(UnreadableInputError, match=found):
        read(text, format="json")


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '[{"a":' * 100_000, "[" * 11 + "]" * 11, '{"a":' * 11 + "1" + "}" * 11]
)
def test_reading_tree_deep_json_exceeds_the_limit(text: str) -> None:
    with pytest.raises(LimitExceededError, match="nested at most 10 deep"):
        read(text, format="json", limits=Limits(depth=10))


def test_reading_tree_json_at_the_limit_is_read() -> None:
    assert read("[" * 10 + "]" * 10, format="json", limits=Limits(depth=10)).tree is not None


@pytest.mark.parametrize("limit", [10, 199, 200, 201])
@pytest.mark.parametrize(("opened", "inner", "closed"), [("[", "", "]"), ("[", "0", "]"), ('{"a":', "0", "}")])
def test_reading_tree_json_one_level_over_the_limit_is_refused(
    limit: int, opened: str, inner: str, closed: str
) -> None:
    def nested(depth: int) -> str:
        return opened * depth + inner + closed * depth

    assert read(nested(limit), format="json", limits=Limits(depth=limit)).tree is not None
    with pytest.raises(LimitExceededError, match=f"nested at most {limit} deep"):
        read(nested(limit + 1), format="json", limits=Limits(depth=limit))


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
_VALUES = st.recursive(_SCALARS, lambda of: st.lists(of) | st.dictionaries(st.text(), of), max_leaves=20)


@given(_VALUES, st.booleans(), st.sampled_from([None, 2]))
def test_reading_tree_json_is_what_was_written(value: object, ascii_only: bool, indent: int | None) -> None:
    """Whatever Python can write as JSON is read: big integers, NaN, every escape."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert repr(read(text, format="json").tree) == repr(value)


@given(st.text('{}[]":,\\/0123456789.eE+-truefalsn ua\n', max_size=12))
def test_reading_tree_json_is_read_where_the_standard_library_reads_it(text: str) -> None:
    try:
        value = json.loads(text)
    except ValueError:
        with pytest.raises(UnreadableInputError):
            read(text, format="json")
    else:
        assert repr(read(text, format="json").tree) == repr(value)
