"""XML and JSON records, loaded so that a hostile one cannot expand, reach out or exhaust the stack."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import from_json

from parser.errors import InputError, LimitExceededError, UnreadableInputError
from parser.models import Limits
from parser.text import BLANKS

if TYPE_CHECKING:
    from lxml import etree

_ESCAPED_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
# pydantic's decoder does not count these as nested.
_EMPTY: Final = re.compile(r"\[\s*\]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# libxml2 stops here by itself; `huge_tree` would lift this bound and those on entities with it.
_LIBXML_DEPTH: Final = 256


def read_xml(text: str, limits: Limits) -> etree._Element:
    """Load an XML record. No DTD is loaded, no entity is resolved, nothing is fetched.

    Comments and processing instructions are left out. A declared encoding is not heeded.

    Args:
        text: The decoded input.
        limits: `depth` bounds the nesting of elements; 255 is the most that is read in any case.

    Raises:
        UnreadableInputError: Not well-formed, or it declares entities of its own.
        LimitExceededError: Nested deeper than the limit, or a single text of more than 10 MB.
    """
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    data = text.lstrip(BLANKS).encode("utf-8", "surrogatepass")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _refusal(error, parser) from error
    _refuse_entities(root)
    _check_depth(root, limits.depth)
    return root


def _refusal(error: etree.XMLSyntaxError, parser: etree.XMLParser) -> InputError:
    """Return our error for libxml2's: out of bounds, or not well-formed."""
    first = parser.error_log[0] if len(parser.error_log) else None
    what = first.message if first else str(error)
    if any("RESOURCE_LIMIT" in entry.type_name or "ENTITY_LOOP" in entry.type_name for entry in parser.error_log):
        return LimitExceededError(
            f"Expected XML nested less than {_LIBXML_DEPTH} deep with texts below 10 MB; found {what!r}. "
            "Split the record."
        )
    line, column = error.position
    return UnreadableInputError(
        f"Expected well-formed XML; found {what!r} at line {line}, column {column}. Fetch the record again."
    )


def _refuse_entities(root: etree._Element) -> None:
    """Refuse a record that declares entities: unresolved ones lose text, resolved ones may be a bomb."""
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():
        raise UnreadableInputError(
            "Expected XML without entities of its own; found an <!ENTITY> declaration. Resolve it before parsing."
        )


def _check_depth(root: etree._Element, limit: int) -> None:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            raise _too_deep("elements", limit)


def without_surrogates(text: str) -> str:
    """Replace surrogates that stand alone, which no encoding of JSON can write, by U+FFFD, one for one."""
    return _SURROGATE.sub("\ufffd", text)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {without_surrogates(key): _cleaned(item) for key, item in value.items()}
    return value


def read_json(text: str, limits: Limits) -> Any:
    """Load a JSON record. `NaN`, `Infinity` and repeated keys (the last one counts) are tolerated.

    Args:
        text: The decoded input.
        limits: `depth` bounds the nesting of objects and lists.

    Raises:
        UnreadableInputError: Not JSON, or several values after each other.
        LimitExceededError: Nested deeper than the limit.
    """
    content = text.strip(BLANKS)
    try:
        # pydantic's decoder is faster, and as strict or stricter: what it refuses may still be JSON to Python's.
        value = from_json(content)
    except ValueError:
        return _read_odd_json(content, limits)
    if not _decoder_stops_below(limits.depth) or _EMPTY.search(content):
        _check_json_depth(value, limits.depth)
    return value


@cache
def _decoder_stops_below(depth: int) -> bool:
    """Tell whether pydantic's decoder by itself refuses what is nested deeper than a limit, empty lists left aside."""
    try:
        from_json("[" * (depth + 1) + "0" + "]" * (depth + 1))
    except ValueError:
        return True
    return False


def _read_odd_json(content: str, limits: Limits) -> Any:
    """Load what pydantic's decoder refuses: lone surrogates, deep nesting, control characters, and what is no JSON."""
    try:
        value = json.loads(content)
    except json.JSONDecodeError as error:
        advice = "Read JSON lines one by one." if error.msg == "Extra data" else "Fetch the record again."
        raise UnreadableInputError(
            f"Expected one JSON value; found {error.msg!r} at line {error.lineno}, column {error.colno}. {advice}"
        ) from error
    except RecursionError:
        raise _too_deep("objects and lists", limits.depth) from None
    except ValueError as error:
        # A number of more than `sys.get_int_max_str_digits()` digits.
        raise UnreadableInputError(f"Expected JSON; found a number too long to read ({error}).") from error
    _check_json_depth(value, limits.depth)
    return _cleaned(value) if _ESCAPED_SURROGATE.search(content) else value


def _check_json_depth(value: Any, limit: int) -> None:
    level = [value] if isinstance(value, (dict, list)) else []
    depth = 0
    while level:
        depth += 1
        if depth > limit:
            raise _too_deep("objects and lists", limit)
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, (dict, list))
        ]


def _too_deep(what: str, limit: int) -> LimitExceededError:
    return LimitExceededError(
        f"Expected {what} nested at most {limit} deep; found more. Raise `Limits.depth` to read it."
    )
