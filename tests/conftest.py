"""What tests share: where the fixtures are, the corpora beside the project, and one language pipeline a session."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

import parser

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parents[1]

# The longer profile: `python -m pytest tests/fuzz tests/test_hostile_linear.py --hypothesis-profile=fuzz`.
settings.register_profile(
    "fuzz",
    max_examples=100_000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    print_blob=True,
)


@pytest.fixture(scope="module", autouse=True)
def _settled_heap() -> None:
    """Keep what earlier modules left from the garbage collector, which else spends a second in a test that is timed."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The folder of fixtures: `<registry>/{sources,expected}/`."""
    return ROOT / "fixtures"


@pytest.fixture(scope="session")
def clinconnect(fixtures: Path) -> Path:
    """Fixtures of the ClinConnect listing pages."""
    return fixtures / "clinconnect"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Corpora and real records beside the project; tests that need them are skipped in a clone without them."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the corpora in ../shared/data, which are no part of the project")
    return folder


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The language pipeline that turns criteria into rules; loading it is slow, so all tests share one."""
    return parser.load_nlp()
