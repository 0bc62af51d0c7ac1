"""What importing the package costs, and what it shows."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import metadata

import parser
from parser.version import __version__

HEAVY = ["spacy", "thinc", "numpy", "lxml", "bs4", "typer", "rich"]
#: The public face. A name added here is a promise; a name taken away is a major version.
PUBLIC = {
    "Completeness",
    "Criterion",
    "Diagnostic",
    "Eligibility",
    "Export",
    "InputError",
    "InternalError",
    "LimitExceededError",
    "Limits",
    "Loss",
    "MultipleRecordsError",
    "NotATrialError",
    "ParseResult",
    "Participant",
    "Rule",
    "Trial",
    "TrialParserError",
    "UnreadableInputError",
    "UsageError",
    "__version__",
    "check",
    "evaluate",
    "export",
    "load_nlp",
    "parse",
    "parse_eligibility",
    "parse_file",
    "parse_many",
    "parse_records",
    "parse_table",
    "verdict",
}


def loaded_after(code: str) -> set[str]:
    """The heavy libraries that a fresh interpreter has loaded after running `code`."""
    script = f"{code}\nimport json, sys\nprint(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    return set(json.loads(ended.stdout.splitlines()[-1]))


def test_package_import_loads_nothing_heavy() -> None:
    assert loaded_after("import parser") == set()


def test_package_import_reading_a_record_loads_nothing_heavy() -> None:
    code = "import parser; from parser.models import Sex; str(Sex(value='male')); parser.Trial; parser.Limits()"
    assert loaded_after(code) == set()


def test_package_import_parsing_without_rules_never_loads_spacy() -> None:
    page = "Fever Study\\nEligibility criteria\\n- Inclusion Criteria:\\n- • Sepsis\\nLocations\\nChina\\n"
    code = (
        f"import parser\ntry:\n    parser.parse('{page}', registry='clinconnect', rules=False)\n"
        "except parser.InputError:\n    pass"
    )
    assert loaded_after(code) & {"spacy", "thinc", "typer"} == set()


def test_package_import_evaluating_loads_nothing_heavy() -> None:
    code = (
        "import datetime, parser; from parser.models import Sex\n"
        "assert parser.evaluate(Sex(value='male'), parser.Participant(sex='male'), on=datetime.date(2025, 6, 1))"
    )
    assert loaded_after(code) == set()


def test_package_import_shows_the_public_names() -> None:
    assert set(parser.__all__) == PUBLIC
    assert set(dir(parser)) >= PUBLIC
    for name in PUBLIC:
        assert getattr(parser, name) is not None


def test_package_import_version_is_the_distribution_s() -> None:
    assert parser.__version__ == __version__ == metadata.version("trial-parser")


def test_package_import_unknown_names_are_attribute_errors() -> None:
    assert not hasattr(parser, "prase")
