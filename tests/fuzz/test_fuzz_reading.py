"""Reading and the registries' readers: whatever the bytes, an error of ours or a record that keeps every promise."""

from __future__ import annotations

import json
import math
from functools import cache
from io import BytesIO
from unittest.mock import patch

from hostile_inputs import criteria, damaged, documents, effort, markup, pages, phrases
from hypothesis import given
from hypothesis import strategies as st
from promises import assert_sound, assert_tiled, parsed

from parser.errors import InputError
from parser.models import Diagnostic, Limits
from parser.reading import read
from parser.reading.document import Document
from parser.reading.records import iter_documents
from parser.registries import REGISTRIES

FORMATS = st.sampled_from([None, None, "text", "html", "xml", "json", "csv"])
NAMES = st.sampled_from([None, None, *(row.name for row in REGISTRIES)])
LIMITS = st.builds(
    Limits, bytes=st.sampled_from([100, 2_000, 64 << 20]), depth=st.integers(1, 200), blocks=st.integers(1, 99)
)


@effort(8)
@given(documents, FORMATS, LIMITS)
def test_fuzz_reading_any_bytes_are_read_or_refused(data: bytes, format: str | None, limits: Limits) -> None:
    try:
        document = read(data, format=format, limits=limits)
    except InputError:
        return
    if document.page is not None:
        assert_tiled(document.page.text, [(block.start, block.end) for block in document.page.blocks])


@effort(8)
@given(documents, FORMATS, st.integers(16, 700))
def test_fuzz_reading_a_source_read_in_pieces_has_the_same_records(data: bytes, format: str | None, chunk: int) -> None:
    def read_all() -> list[tuple[str, object]]:
        return [_told(one) for one in iter_documents(BytesIO(data), format=format, limits=Limits(records=50))]

    whole = read_all()
    again = read_all()
    assert again == whole
    with patch("parser.reading.records._CHUNK", 4 * chunk):
        for one in iter_documents(BytesIO(data), format=format, limits=Limits(records=50)):
            _told(one)


def _told(one: Document | InputError | Diagnostic) -> tuple[str, object]:
    if isinstance(one, Document):
        return one.format, one.sha256
    return ("refused", str(one)) if isinstance(one, InputError) else ("cut", one.code)


@effort(8)
@given(st.one_of(damaged(), documents), NAMES)
def test_fuzz_reading_a_damaged_record_keeps_every_promise(data: bytes, registry: str | None) -> None:
    trial = parsed(data, registry=registry, rules=False)
    if trial is not None:
        assert_sound(trial)


@effort(6)
@given(st.one_of(criteria, markup), NAMES, FORMATS)
def test_fuzz_reading_any_text_keeps_every_promise(text: str, registry: str | None, format: str | None) -> None:
    trial = parsed(text, registry=registry, format=format, rules=False)
    if trial is not None:
        assert_sound(trial)


_scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), phrases, st.sampled_from([math.nan, math.inf])
)


@effort(6)
@given(st.data(), NAMES)
def test_fuzz_reading_a_json_record_with_values_of_other_types_is_read_or_refused(
    data: st.DataObject, registry: str | None
) -> None:
    record = json.loads(data.draw(st.sampled_from(_json_records())))
    for _ in range(data.draw(st.integers(1, 4))):
        _spoil(data, record)
    trial = parsed(json.dumps(record), registry=registry, rules=False)
    if trial is not None:
        assert_sound(trial)


@cache
def _json_records() -> tuple[bytes, ...]:
    return tuple(page for page in pages() if page.lstrip().startswith(b"{") and page.count(b"\n{") == 0)


def _spoil(data: st.DataObject, value: object) -> None:
    """Walk down a random way, and put at its end a value of another kind."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        inner = value[key]  # type: ignore[index]
        if isinstance(inner, (dict, list)) and inner and data.draw(st.integers(0, 5)):
            value = inner
            continue
        other = st.one_of(
            _scalars, st.just([]), st.just({}), st.just([inner]), st.just([[inner, None]]), st.just({"x": inner})
        )
        value[key] = data.draw(other)  # type: ignore[index]
        return
