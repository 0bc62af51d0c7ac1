"""The table of targets, and the call that uses it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import parser
from parser.export import REASONS, TARGETS, Export, find_target
from tests.sample_trial import sample_trial


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_export_table_rows_make_a_file_and_name_losses_by_known_reasons(target: parser.export.Target) -> None:
    trial = sample_trial()
    sent = parser.export(trial, target.name)
    assert isinstance(sent, Export)
    assert sent.to_bytes()
    assert {loss.reason for loss in sent.losses} <= set(REASONS)
    assert target.suffix.startswith(".")
    assert "/" in target.media_type


def test_export_table_names_are_unique() -> None:
    assert len({target.name for target in TARGETS}) == len(TARGETS)


def test_export_table_an_unknown_target_is_a_usage_error() -> None:
    with pytest.raises(parser.UsageError, match="hl7v1"):
        find_target("hl7v1")


@pytest.mark.parametrize("first", ["import parser", "import parser.export", "from parser.export import Loss"])
def test_export_table_is_called_and_imported_in_any_order(first: str) -> None:
    """`parser.export` is a function to those who call it and a module to those who import from it."""
    # The first of it that is asked for may be what only a module has.
    named = "assert parser.export.TARGETS"
    calls = "for _ in 'ab':\n    try: parser.export(None, 'none')\n    except parser.UsageError: pass"
    code = f"{first}\nimport parser\n{named}\n{calls}"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
