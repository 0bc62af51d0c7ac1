"""Products stay on one core while the network reads, and only then."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from parser.nlp.recogniser.cores import one_core


def threads() -> list[int]:
    """Threads that numpy's library of products may use, of each that is loaded."""
    assert np.ones((2, 2)) @ np.ones(2) is not None
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


@pytest.fixture(autouse=True)
def _two_threads() -> object:
    if not threads():
        pytest.skip("numpy's library of products says nothing of its threads here")
    with threadpool_limits(limits=2, user_api="blas"):
        if set(threads()) != {2}:
            pytest.skip("numpy's library of products has one thread here")
        yield


def test_nlp_recogniser_cores_limit_is_lifted_afterwards() -> None:
    with one_core():
        assert set(threads()) == {1}
    assert set(threads()) == {2}


def test_nlp_recogniser_cores_limit_is_lifted_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), one_core():
        raise ZeroDivisionError
    assert set(threads()) == {2}


def test_nlp_recogniser_cores_limit_holds_until_the_last_has_gone() -> None:
    first, second = one_core(), one_core()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert set(threads()) == {1}
    second.__exit__(None, None, None)
    assert set(threads()) == {2}
