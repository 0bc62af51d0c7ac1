"""The command line: data on standard output, one line of error on the other, and the exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
import typer
from sample_trial import sample_trial

from parser import cli, readable
from parser.cli.parsing import print_styled
from parser.errors import (
    LimitExceededError,
    MultipleRecordsError,
    NotATrialError,
    TrialParserError,
    UnreadableInputError,
    UsageError,
)
from parser.models.schema import json_schema
from parser.version import __version__

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "fixtures" / "clinconnect" / "sources" / "clinconnect_sepsis.txt"


class Ended(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Run the console script's function in this process."""

    def run(*arguments: str, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["trial-parser", *arguments])
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfdbinary.readouterr()
        return Ended(int(ended.value.code or 0), out.decode(), err.decode())

    return run


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any, dict[str, Any]]]:
    """Put a record built by hand in the library's place, and note how it was asked for."""
    noted: list[tuple[str, Any, dict[str, Any]]] = []

    def library(name: str) -> Callable[..., Any]:
        def call(source: Any, **options: Any) -> Any:
            noted.append((name, source, options))
            return sample_trial()

        return call

    monkeypatch.setattr("parser.parse", library("parse"), raising=False)
    monkeypatch.setattr("parser.parse_file", library("parse_file"), raising=False)
    return noted


@pytest.mark.usefixtures("calls")
def test_cli_commands_parse_prints_the_record_as_json(command: Command) -> None:
    assert command("parse", "page.txt") == (0, sample_trial().to_json() + "\n", "")


@pytest.mark.usefixtures("calls")
def test_cli_commands_parse_prints_a_page_to_read(command: Command) -> None:
    assert command("parse", "page.txt", "--format", "text") == (0, readable.page(sample_trial()), "")


def test_cli_commands_parse_hands_every_option_on(command: Command, calls: list[Any]) -> None:
    options = ["--registry", "isrctn", "--input-format", "html", "--encoding", "cp1252", "--url", "https://a.example/1"]
    command("parse", "page.html", *options, "--no-rules")
    assert calls == [
        (
            "parse_file",
            "page.html",
            {
                "registry": "isrctn",
                "format": "html",
                "encoding": "cp1252",
                "url": "https://a.example/1",
                "rules": False,
                "vocabulary": None,
            },
        )
    ]


def test_cli_commands_parse_reads_standard_input_as_bytes(command: Command, calls: list[Any]) -> None:
    assert command("parse", "-", stdin=b"\xefwords").status == 0
    nothing_said = {"registry": None, "format": None, "encoding": None, "url": None, "rules": True, "vocabulary": None}
    assert calls == [("parse", b"\xefwords", nothing_said)]


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (UnreadableInputError("the input is empty"), 3, "trial-parser: error [unreadable_input]: the input is empty"),
        (NotATrialError("no\ntrial\x1b[31m"), 3, "trial-parser: error [not_a_trial]: no trial\ufffd[31m"),
        (MultipleRecordsError("two"), 3, "trial-parser: error [multiple_records]: two"),
        (LimitExceededError("big"), 3, "trial-parser: error [limit_exceeded]: big"),
        (TrialParserError("odd"), 3, "trial-parser: error [error]: odd"),
        (UsageError("no registry 'x'"), 2, "trial-parser: error [usage]: no registry 'x'"),
        (FileNotFoundError(2, "No such"), 3, "trial-parser: error [unreadable_input]: cannot read p: No such"),
        (IsADirectoryError(21, "A folder"), 3, "trial-parser: error [unreadable_input]: cannot read p: A folder"),
    ],
)
def test_cli_commands_an_error_is_one_line_and_its_status(
    command: Command, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, line: str
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("parser.parse_file", fails, raising=False)
    assert command("parse", "p") == (status, "", line + "\n")


def test_cli_commands_a_bug_is_not_dressed_up_as_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("parser.parse_file", fails, raising=False)
    monkeypatch.setattr(sys, "argv", ["trial-parser", "parse", "p"])
    with pytest.raises(ZeroDivisionError):
        cli.main()


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"]])
def test_cli_commands_help_and_version_are_no_errors(command: Command, arguments: list[str]) -> None:
    ended = command(*arguments)
    # Without a command there is only help to give; that it was needed is a usage error.
    assert ended.status == (0 if arguments else 2)
    assert (ended.out + ended.err).count("trial-parser") >= 1


def test_cli_commands_version_names_package_and_schema(command: Command) -> None:
    assert command("--version").out == f"trial-parser {__version__} (schema 1.0.0)\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["parse"],
        ["parse", "a", "b"],
        ["parse", "a", "--format", "yaml"],
        ["parse", "a", "--input-format", "pdf"],
        ["parse", "a", "--loud"],
        ["schema", "page"],
        ["guess"],
    ],
)
def test_cli_commands_wrong_usage_ends_with_two(command: Command, arguments: list[str]) -> None:
    ended = command(*arguments)
    assert ended.status == 2
    assert ended.out == ""
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(("arguments", "name"), [([], "trial"), (["trial"], "trial"), (["rule"], "rule")])
def test_cli_commands_schema_prints_the_library_s(command: Command, arguments: list[str], name: Any) -> None:
    ended = command("schema", *arguments)
    assert ended.status == 0
    assert json.loads(ended.out) == json_schema(name)


def all_commands(words: str = "", group: Any = None) -> dict[str, Any]:
    """Every command by its words, groups of commands too; the program itself is the command of no words."""
    group = group or typer.main.get_command(cli.app)
    found = {words: group}
    for name, command in getattr(group, "commands", {}).items():
        found |= all_commands(f"{words} {name}".strip(), command)
    return found


def test_cli_commands_every_command_and_option_has_help() -> None:
    commands = all_commands()
    assert set(commands) == {"", "parse", "schema", "ingest", "export", "check", "vocabulary", "vocabulary build"}
    for each in commands.values():
        assert each.help, each.name
        for parameter in each.params:
            assert parameter.help, f"{each.name} {parameter.name}"


def test_cli_commands_every_command_and_option_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name, each in all_commands().items():
        assert f"trial-parser {name}" in readme
        for parameter in each.params:
            for option in [*parameter.opts, *parameter.secondary_opts]:
                if option.startswith("--") and option not in ("--help", "--rules", "--contacts"):
                    assert f"`{option}" in readme, option


def test_cli_commands_exit_quietly_when_the_reader_has_gone() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as gone:
        ended = subprocess.run(
            [sys.executable, "-m", "parser", "schema"], stdout=gone, stderr=subprocess.PIPE, cwd=ROOT, check=False
        )
    assert ended.returncode == 141
    assert ended.stderr == b""


def test_cli_commands_text_on_a_terminal_is_not_read_as_markup(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = readable.Line("criterion", "Age [bold]18[/bold] :smile:", 1, "inclusion.1")
    print_styled(iter([line]))
    assert capsys.readouterr().out.strip() == "inclusion.1  Age [bold]18[/bold] :smile:"


# --- the whole way -------------------------------------------------------------------------------------------------


def shell(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "parser", *arguments], capture_output=True, cwd=ROOT, check=False, **options
    )


def test_cli_commands_parse_the_example_page() -> None:
    ended = shell("parse", str(EXAMPLE), "--no-rules")
    assert (ended.returncode, ended.stderr) == (0, b"")
    record = json.loads(ended.stdout)
    assert record["title"] == "Human Umbilical Cord Mesenchymal Stem Cells Treatment in Sepsis"
    assert record["status"]["value"] == "recruiting"
    assert len(record["sections"]) > 1


def test_cli_commands_parse_the_example_page_from_standard_input_under_any_locale() -> None:
    from_file = shell("parse", str(EXAMPLE), "--no-rules", "--format", "text")
    piped = shell(
        *("parse", "-", "--no-rules", "--format", "text"),
        input=EXAMPLE.read_bytes(),
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    )
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert piped.stdout == from_file.stdout
    assert "Confirmed or suspected infection" in piped.stdout.decode()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "unreadable_input"),
        ("image.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "unreadable_input"),
        ("letter.txt", b"Dear all,\nlunch is at noon.\nYours\n", "not_a_trial"),
        ("missing.txt", None, "unreadable_input"),
    ],
)
def test_cli_commands_bad_input_is_one_line_on_standard_error(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    ended = shell("parse", str(path))
    assert (ended.returncode, ended.stdout) == (3, b"")
    assert ended.stderr.decode().startswith(f"trial-parser: error [{code}]: ")
    assert ended.stderr.count(b"\n") == 1


def test_cli_commands_a_folder_is_bad_input(tmp_path: Path) -> None:
    ended = shell("parse", str(tmp_path))
    assert (ended.returncode, ended.stdout) == (3, b"")
    assert ended.stderr.decode().startswith("trial-parser: error [unreadable_input]: ")


def test_cli_commands_an_unknown_registry_is_wrong_usage() -> None:
    ended = shell("parse", str(EXAMPLE), "--registry", "atlantis")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode().startswith("trial-parser: error [usage]: ")
