"""Names and codes given to the concepts of rules, wherever in a rule they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from parser.cli import app
from parser.models.eligibility import Criterion, Eligibility
from parser.models.rules import Allergy, AllOf, AnyOf, Condition, Measurement, Not, Requirement, Rule, Treatment
from parser.models.values import Code, Concept, Range
from parser.vocabulary import MeasurementVocabulary, Vocabularies, build_index, code_rules, name_concepts
from parser.vocabulary.interface import Domain
from tests.athena_sample import write_download


class Small:
    """A vocabulary that is sure of a few names, and remembers what it was asked."""

    def __init__(self, **known: str) -> None:
        self.known = known
        self.asked: list[tuple[str, Domain | None]] = []

    def lookup(self, name: str, *, domain: Domain | None = None) -> list[Code]:
        self.asked.append((name, domain))
        return [Code(system="T", code=self.known[name])] if name in self.known else []

    codes = lookup


def concept(text: str, **fields: object) -> Concept:
    return Concept.model_validate({"text": text, "name": text.lower(), **fields})


def eligibility(*rules: Rule, text: str = "Any.") -> Eligibility:
    criteria = [
        Criterion(id=f"inclusion.{number}", kind="inclusion", text="Any.", span=(0, 4), rule=rule)
        for number, rule in enumerate(rules, 1)
    ]
    return Eligibility(text=text, criteria=criteria)


def test_vocabulary_coding_reaches_every_concept_of_a_rule() -> None:
    asthma, lung, gout = (Condition(concept=concept(name)) for name in ("Asthma", "Lung disease", "Gout"))
    steroid = Treatment(concept=concept("Steroid"), category="drug", where=[asthma], unless=[lung])
    head = Condition(concept=concept("Disorder"), defined_as=AnyOf(rules=[gout, asthma]), examples=[Not(rule=lung)])
    found = eligibility(AllOf(rules=[steroid, head]))
    code_rules(found, Small(asthma="1", steroid="2", gout="3"))
    rule = found.criteria[0].rule
    assert isinstance(rule, AllOf)
    dumped = json.dumps(rule.model_dump(mode="json"))
    # Asthma stands in two places, the steroid and gout in one.
    assert [dumped.count(f'"code": "{code}"') for code in "123"] == [2, 1, 1]
    assert rule.rules[0].unless == [lung]  # type: ignore[union-attr]


def test_vocabulary_coding_keeps_rules_that_gain_nothing() -> None:
    rule = AllOf(rules=[Condition(concept=concept("Asthma")), Condition(concept=concept("Gout"))])
    found = eligibility(rule)
    code_rules(found, Small())
    assert found.criteria[0].rule is rule


def test_vocabulary_coding_does_a_shared_rule_once() -> None:
    shared = Condition(concept=concept("Asthma"))
    found = eligibility(shared, AnyOf(rules=[shared, shared]))
    code_rules(found, Small(asthma="1"))
    first, both = found.criteria[0].rule, found.criteria[1].rule
    assert isinstance(both, AnyOf)
    assert both.rules[0] is both.rules[1] is first


def test_vocabulary_coding_keeps_codes_that_are_there() -> None:
    own = Code(system="MeSH", code="D001249")
    found = eligibility(Condition(concept=concept("Asthma", codes=[own])))
    code_rules(found, Small(asthma="1"))
    code_rules(found, Small(asthma="2"))
    assert found.criteria[0].rule.concept.codes == [own, Code(system="T", code="1")]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("rule", "domain"),
    [
        (Condition(concept=concept("X")), "Condition"),
        (Measurement(concept=concept("X"), range=Range(low=1)), "Measurement"),
        (Treatment(concept=concept("X"), category="drug"), "Drug"),
        (Treatment(concept=concept("X"), category="vaccine"), "Drug"),
        (Treatment(concept=concept("X"), category="transplant"), "Procedure"),
        (Treatment(concept=concept("X"), category="device"), "Device"),
        (Treatment(concept=concept("X"), category="any"), None),
        (Allergy(concept=concept("X")), None),
    ],
)
def test_vocabulary_coding_asks_for_the_domain_of_the_atom(rule: Rule, domain: Domain | None) -> None:
    vocabulary = Small()
    code_rules(eligibility(rule), vocabulary)
    assert {asked for _, asked in vocabulary.asked} == {domain}


def test_vocabulary_coding_asks_nothing_about_requirements() -> None:
    vocabulary = Small()
    code_rules(eligibility(Requirement(topic="consent", concept=concept("consent"))), vocabulary)
    assert vocabulary.asked == []


def test_vocabulary_coding_measurements_are_built_in() -> None:
    found = eligibility(
        Measurement(concept=concept("Serum creatinine"), range=Range(high=1.5)),
        Condition(concept=concept("creatinine")),
    )
    code_rules(found, Vocabularies(MeasurementVocabulary(), Small(creatinine="1")))
    measurement, condition = (criterion.rule for criterion in found.criteria)
    # LOINC 2160-0 is Creatinine [Mass/volume] in Serum or Plasma.
    assert [(code.system, code.code) for code in measurement.concept.codes] == [("LOINC", "2160-0")]  # type: ignore[union-attr]
    assert [(code.system, code.code) for code in condition.concept.codes] == [("T", "1")]  # type: ignore[union-attr]


def test_vocabulary_coding_looks_up_in_all_vocabularies() -> None:
    both = Vocabularies(Small(gout="1"), Small(gout="2"), Small(gout="1"))
    assert [code.code for code in both.lookup("gout")] == ["1", "2"]
    assert [code.code for code in both.codes("gout")] == ["1"]
    assert both.lookup("asthma") == both.codes("asthma") == []


def test_vocabulary_coding_names_as_the_text_means_them() -> None:
    found = eligibility(
        Condition(concept=concept("severe POAG")),
        Measurement(concept=concept("SGPT"), range=Range(high=40)),
        Condition(concept=concept("asthma")),
        text="Primary open-angle glaucoma (POAG). No severe POAG. SGPT below 40. Asthma.",
    )
    untouched = found.criteria[2].rule
    name_concepts(found)
    names = [criterion.rule.concept.name for criterion in found.criteria]  # type: ignore[union-attr]
    assert names == ["severe primary open-angle glaucoma", "alanine aminotransferase", "asthma"]
    assert found.criteria[2].rule is untouched
    assert found.criteria[0].rule.concept.text == "severe POAG"  # type: ignore[union-attr]


# --- the command line ----------------------------------------------------------------------------------------------


def test_vocabulary_coding_by_the_command_line(tmp_path: Path, clinconnect: Path) -> None:
    index = tmp_path / "index.sqlite"
    built = CliRunner().invoke(app, ["vocabulary", "build", str(write_download(tmp_path / "dir")), "-o", str(index)])
    assert (built.exit_code, built.stdout) == (0, "")
    assert "concepts" in built.stderr
    page = tmp_path / "page.txt"
    example = (clinconnect / "sources" / "clinconnect_sepsis.txt").read_text("utf-8")
    page.write_text(
        example.replace("History of malignancy at screening", "History of heart attack at screening"), "utf-8"
    )
    parsed = CliRunner().invoke(app, ["parse", str(page), "--vocabulary", str(index)])
    assert parsed.exit_code == 0, parsed.stderr
    assert '"code": "22298006"' in parsed.stdout
    without = CliRunner().invoke(app, ["parse", str(page)])
    assert '"code": "22298006"' not in without.stdout


def test_vocabulary_coding_command_line_says_what_is_wrong(tmp_path: Path) -> None:
    empty = CliRunner().invoke(app, ["vocabulary", "build", str(tmp_path), "-o", str(tmp_path / "index")])
    assert (empty.exit_code, empty.stdout) == (3, "")
    assert "unreadable_input" in empty.stderr
    assert "CONCEPT.csv" in empty.stderr
    missing = CliRunner().invoke(app, ["parse", "LICENSE", "--vocabulary", str(tmp_path / "none")])
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "vocabulary build" in missing.stderr


def test_vocabulary_coding_index_is_built_by_the_library_too(tmp_path: Path) -> None:
    counts = build_index(write_download(tmp_path / "dir"), tmp_path / "index")
    assert counts["concept"] > 0
