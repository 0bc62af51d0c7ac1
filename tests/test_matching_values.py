"""Measured values: ranges and their edges, units, multiples of references, results in words, the latest of several."""

from __future__ import annotations

from typing import Any

import pytest
from matching_rules import ON, above, below, biomarker, least, measurement, most, observation, person, uln, window

from parser.matching import evaluate
from parser.models import Range, Rule

#: What is asked, what was measured, and whether that is it.
VALUES = [
    (measurement("ANC", least(1.5, "10*9/L")), {"value": 1.5, "unit": "10*9/L"}, True),
    (measurement("ANC", above(1.5, "10*9/L")), {"value": 1.5, "unit": "10*9/L"}, False),
    (measurement("ANC", least(1.5, "10*9/L")), {"value": 1500, "unit": "cells/mm3"}, True),
    (measurement("ANC", least(1.5, "10*9/L")), {"value": 1500, "unit": "/uL"}, True),
    (measurement("ANC", least(1500, "/uL")), {"value": 1.499, "unit": "x10^9/L"}, False),
    (measurement("ANC", least(1.5, "10*9/L")), {"value": 1.5, "unit": "bushels"}, None),
    (measurement("ANC", least(1.5)), {"value": 1500, "unit": "/uL"}, None),
    (measurement("ANC", Range(value=1.5, ucum="10*9/L")), {"value": 1.5, "unit": "10*9/L"}, None),
    (measurement("ANC", Range()), {"value": 1.5, "unit": "10*9/L"}, None),
    (measurement("creatinine", most(1.5, "mg/dL")), {"value": 132, "unit": "umol/L"}, True),
    (measurement("creatinine", most(1.5, "mg/dL")), {"value": 133, "unit": "umol/L"}, False),
    (measurement("sodium widget", most(1.5, "mg/dL")), {"value": 132, "unit": "umol/L"}, None),
    (measurement("temperature", least(38, "Cel")), {"value": 100.4, "unit": "[degF]"}, True),
    (measurement("temperature", least(38, "Cel")), {"value": 100.3, "unit": "[degF]"}, False),
    (measurement("temperature", above(100.5, "[degF]")), {"value": 38.1, "unit": "Cel"}, True),
    (measurement("PSA", below(0.2, "ng/mL")), {"value": 0.1, "unit": "ng/mL", "comparator": "<"}, True),
    (measurement("PSA", below(0.1, "ng/mL")), {"value": 0.1, "unit": "ng/mL", "comparator": "<"}, True),
    (measurement("PSA", below(0.1, "ng/mL")), {"value": 0.1, "unit": "ng/mL", "comparator": "<="}, None),
    (measurement("PSA", below(0.05, "ng/mL")), {"value": 0.1, "unit": "ng/mL", "comparator": "<"}, None),
    (measurement("PSA", above(0.1, "ng/mL")), {"value": 0.1, "unit": "ng/mL", "comparator": "<"}, False),
    (measurement("PSA", least(100, "ng/mL")), {"value": 100, "unit": "ug/L", "comparator": ">"}, True),
    (measurement("life expectancy", least(3, "mo")), {"value": 12, "unit": "wk"}, None),
    (measurement("life expectancy", least(3, "mo")), {"value": 11, "unit": "wk"}, False),
    (measurement("life expectancy", least(3, "mo")), {"value": 14, "unit": "wk"}, True),
    (measurement("life expectancy", least(12, "wk")), {"value": 1, "unit": "a"}, True),
    (measurement("ECOG", Range(low=0, high=1)), {"value": 1, "unit": "points"}, True),
    (measurement("LVEF", least(0.5, "1")), {"value": 50, "unit": "%"}, None),
]


def measured(rule: Rule, **fact: Any) -> bool | None:
    name = rule.concept.text if rule.type == "measurement" else ""
    return evaluate(rule, person(measurements=[{"concept": name, **fact}]), on=ON)


@pytest.mark.parametrize(("rule", "amount", "expected"), VALUES)
def test_matching_values_in_a_range(rule: Rule, amount: dict[str, Any], expected: bool | None) -> None:
    assert measured(rule, amount=amount) is expected


ALT = {"value": 120, "unit": "U/L"}
PREDICTED = Range(low=80, ucum="%", relative_to="predicted")
REFERENCES = [
    (measurement("ALT", uln(most(3))), {"amount": ALT, "references": {"ULN": 40}}, True),
    (measurement("ALT", uln(below(3))), {"amount": ALT, "references": {"ULN": 40}}, False),
    (measurement("ALT", uln(most(3))), {"amount": ALT, "references": {"LLN": 10}}, None),
    (measurement("ALT", uln(most(3))), {"amount": {"value": 3}, "relative_to": "ULN"}, True),
    (measurement("ALT", most(3, "U/L")), {"amount": {"value": 3}, "relative_to": "ULN"}, None),
    (measurement("FEV1", PREDICTED), {"amount": {"value": 2.4, "unit": "L"}, "references": {"predicted": 3}}, True),
    (measurement("FEV1", PREDICTED), {"amount": {"value": 2.39, "unit": "L"}, "references": {"predicted": 3}}, False),
    (measurement("FEV1", PREDICTED), {"amount": {"value": 80, "unit": "%"}, "relative_to": "predicted"}, True),
    (measurement("FEV1", PREDICTED), {"amount": {"value": 0.79}, "relative_to": "predicted"}, False),
    (measurement("FEV1", PREDICTED), {"amount": {"value": 80, "unit": "%"}, "relative_to": "baseline"}, None),
    (measurement("FEV1", PREDICTED), {"amount": {"value": 80, "unit": "%"}}, None),
]


@pytest.mark.parametrize(("rule", "fact", "expected"), REFERENCES)
def test_matching_values_of_a_reference(rule: Rule, fact: dict[str, Any], expected: bool | None) -> None:
    assert measured(rule, **fact) is expected


WORDS = [
    (["positive"], ["Reactive"], True),
    (["positive"], ["not detected"], False),
    (["positive"], ["equivocal"], False),
    (["positive"], ["pending"], None),
    (["positive"], [], None),
    (["IIIB", "IV"], ["stage IIIB"], True),
    (["IIIB", "IV"], ["IIIA"], False),
    (["III"], ["IIIC"], True),
    (["IIIB"], ["III"], None),
    (["A", "B"], ["C"], False),
    (["A"], ["class A"], True),
    (["2"], ["II"], True),
    (["2+", "3+"], ["1+"], False),
    (["high"], ["elevated"], True),
    (["high"], ["normal"], False),
]


@pytest.mark.parametrize(("asked", "results", "expected"), WORDS)
def test_matching_values_in_words(asked: list[str], results: list[str], expected: bool | None) -> None:
    assert measured(measurement("test", values=asked), results=results) is expected


def counts(*values: tuple[float, str | None]) -> dict[str, Any]:
    return {
        "measurements": [{"concept": "ANC", "amount": {"value": v, "unit": "/uL"}, "start": day} for v, day in values]
    }


LATEST = [
    (counts((900, "2025-01"), (1600, "2025-05")), True),
    (counts((1600, "2025-01"), (900, "2025-05")), False),
    (counts((1600, "2025-01"), (900, None)), None),
    (counts((1600, "2025-01"), (1700, None)), True),
    (counts((900, "2025-05-01"), (1600, "2025-05")), None),
    (counts((900, "2025-05-30T08:00"), (1600, "2025-05-30T18:00")), True),
    (counts((1600, "2025-05-30"), (900, "2025-06-02")), True),
    (counts(), None),
]


@pytest.mark.parametrize(("record", "expected"), LATEST)
def test_matching_values_the_latest_counts(record: dict[str, Any], expected: bool | None) -> None:
    assert evaluate(measurement("ANC", least(1.5, "10*9/L")), person(**record), on=ON) is expected


def test_matching_values_any_of_the_history_counts() -> None:
    rule = measurement("ANC", below(1, "10*9/L"), status=["history"])
    record = counts((900, "2025-01"), (1600, "2025-05"))
    assert evaluate(rule, person(**record), on=ON) is True
    assert evaluate(rule, person(**counts((1600, "2025-05"))), on=ON) is None
    assert evaluate(rule, person(**counts((1600, "2025-05")), complete=["measurement"]), on=ON) is False


def test_matching_values_an_increase_is_another_measurement() -> None:
    rule = measurement("QTc", least(60, "ms"), aspect="increase")
    assert measured(rule, amount={"value": 450, "unit": "ms"}) is None
    assert measured(rule, amount={"value": 70, "unit": "ms"}, aspect="increase") is True


def test_matching_values_that_there_is_a_measurement() -> None:
    rule = measurement("biopsy result", when=[window("before", "P28D")])
    assert measured(rule, start="2025-05-10") is True
    assert measured(rule, start="2025-04-10") is None


def test_matching_values_of_observations_and_markers() -> None:
    drinks = observation("alcohol", range=above(14, "{drinks}/wk"))
    amounts = [{"concept": "alcohol", "amount": {"value": n, "unit": "{drinks}/wk"}} for n in (20, 14)]
    assert [evaluate(drinks, person(observations=[each]), on=ON) for each in amounts] == [True, False]
    none = person(observations=[{"concept": "alcohol", "present": False}])
    assert evaluate(drinks, none, on=ON) is False
    smokes = observation("smoking", values=["current"])
    assert evaluate(smokes, person(observations=[{"concept": "smoking", "results": ["former"]}]), on=ON) is False
    score = biomarker("Ki-67", range=most(20, "%"))
    markers = [{"marker": "Ki-67", "amount": {"value": n, "unit": "%"}} for n in (20, 21)]
    assert [evaluate(score, person(biomarkers=[each]), on=ON) for each in markers] == [True, False]
    negative = biomarker("EGFR", kind="mutation", values=["wild_type"])
    tested = [{"marker": "EGFR", "kind": "mutation", "present": present} for present in (False, True)]
    assert [evaluate(negative, person(biomarkers=[each]), on=ON) for each in tested] == [True, False]
