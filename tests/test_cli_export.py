"""`trial-parser export` and `check`: what they write, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import parser
from parser import cli
from parser.export import TARGETS
from tests.sample_trial import sample_trial
from tests.whole_trial import whole

RUNNER = CliRunner()


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join(trial.to_json(indent=None) for trial in (sample_trial(), whole())), "utf-8")
    return path


@pytest.mark.parametrize("target", [target.name for target in TARGETS])
def test_cli_export_writes_one_document_of_all_to_standard_output(target: str, records: Path) -> None:
    ended = RUNNER.invoke(cli.app, ["export", str(records), "--to", target])
    assert ended.exit_code == 0, ended.stderr
    assert ended.stdout_bytes
    assert ended.stderr.startswith(f"2 to {target}; losses: ")


@pytest.mark.parametrize("target", ["who-xml", "ctgov-json"])
def test_cli_export_a_document_of_several_is_read_back(target: str, records: Path) -> None:
    ended = RUNNER.invoke(cli.app, ["export", str(records), "--to", target])
    assert [result.status for result in parser.parse_records(ended.stdout_bytes, rules=False)] == ["success"] * 2


def test_cli_export_into_a_folder_names_files_by_the_trials_numbers(records: Path, tmp_path: Path) -> None:
    out, again = tmp_path / "out", tmp_path / "again.jsonl"
    again.write_bytes(records.read_bytes())
    ended = RUNNER.invoke(cli.app, ["export", str(records), str(again), "--to", "who-xml", "-o", str(out)])
    assert (ended.exit_code, ended.stdout) == (0, "")
    assert sorted(path.name for path in out.iterdir()) == [
        "ISRCTN48231507.xml",
        "ISRCTN48231507~2.xml",
        "NCT01234567.xml",
        "NCT01234567~2.xml",
        "losses.jsonl",
    ]
    losses = [json.loads(line) for line in (out / "losses.jsonl").read_text("utf-8").splitlines()]
    assert {loss["trial"] for loss in losses} == {"NCT01234567", "ISRCTN48231507"}
    assert {"trial", "target", "pointer", "reason"} <= set(losses[0])


@pytest.mark.parametrize(
    ("target", "name"), [("trials-csv", "trials.csv"), ("criteria-csv", "criteria.csv"), ("xlsx", "trials.xlsx")]
)
def test_cli_export_tables_are_one_file(target: str, name: str, records: Path, tmp_path: Path) -> None:
    RUNNER.invoke(cli.app, ["export", str(records), "--to", target, "-o", str(tmp_path / "out")])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([name, "losses.jsonl"])


def test_cli_export_names_of_files_come_from_numbers_and_stay_in_the_folder(tmp_path: Path) -> None:
    trial = whole()
    trial.identifiers[0] = trial.identifiers[0].model_copy(update={"value": "../../CTRI/2020/01/000001"})
    record = tmp_path / "record.json"
    record.write_text(trial.to_json(), "utf-8")
    RUNNER.invoke(cli.app, ["export", str(record), "--to", "ctgov-json", "-o", str(tmp_path / "out")])
    assert [path.name for path in (tmp_path / "out").glob("*.json")] == ["CTRI-2020-01-000001.json"]


def test_cli_export_losses_go_into_a_file(records: Path, tmp_path: Path) -> None:
    path = tmp_path / "losses.jsonl"
    RUNNER.invoke(cli.app, ["export", str(records), "--to", "trials-csv", "--losses", str(path)])
    count = sum(len(parser.export(trial, "trials-csv").losses) for trial in (sample_trial(), whole()))
    assert len(path.read_text("utf-8").splitlines()) == count > 0


def test_cli_export_pages_go_in_directly(clinconnect: Path) -> None:
    page = str(clinconnect / "sources" / "clinconnect_sepsis.txt")
    ended = RUNNER.invoke(cli.app, ["export", page, "--to", "criteria-csv", "--no-rules"])
    assert "Confirmed or suspected infection" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["export", "{records}", "--to", "hl7v1"], 2, "Expected a target of who-xml"),
        (["export", "{records}", "--to", "who-xml", "-o", "x", "--losses", "y"], 2, "Expected --losses without -o"),
        (["export", "{nothing}", "--to", "who-xml"], 2, "found nothing"),
        (["export", "{license}", "--to", "who-xml"], 3, "not_a_trial"),
        (["export", "{records}", "{license}", "--to", "who-xml"], 1, "not_a_trial"),
        (["check", "{license}"], 3, "not_a_trial"),
    ],
)
def test_cli_export_how_it_ends(arguments: list[str], status: int, words: str, records: Path, tmp_path: Path) -> None:
    license = Path(__file__).parents[1] / "LICENSE"
    names = {"records": records, "nothing": tmp_path / "nothing", "license": license}
    ended = RUNNER.invoke(cli.app, [each.format(**names) for each in arguments])
    assert ended.exit_code == status
    assert words in ended.stderr


def test_cli_check_prints_a_table_a_trial_and_the_sums(records: Path) -> None:
    ended = RUNNER.invoke(cli.app, ["check", str(records)])
    lines = ended.stdout.splitlines()
    assert lines[0].startswith("NCT01234567: ")
    assert " 9  Public title                                  present" in lines
    assert "10  Scientific title                              missing" in lines
    assert "ISRCTN48231507: 24 present" in lines
    assert "2 trials" in lines
    assert lines[-15].split() == ["10", "Scientific", "title", "1", "1"]
    assert ended.exit_code == 0


def test_cli_check_json_is_a_line_a_trial(records: Path) -> None:
    ended = RUNNER.invoke(cli.app, ["check", str(records), "--format", "json"])
    found = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [(one["trial"], one["complete"]) for one in found] == [("NCT01234567", False), ("ISRCTN48231507", True)]
    assert len(found[0]["items"]) == 24
