"""Every snippet in the README and the guides runs, and prints what is printed there."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: Languages of blocks that a test below runs; others must not appear, or they would stay unchecked.
RUN = {"pycon", "console"}
#: Commands that a fresh machine needs the network for: `.ci/run` runs the second, by its marker.
SET_UP = {"example", "test"}


class Block(NamedTuple):
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text("utf-8")
    for match in FENCE.finditer(text):
        yield Block(page, text.count("\n", 0, match.start()) + 2, match[1], match[2])


BLOCKS = [block for page in PAGES for block in blocks(page)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_package_readme_python_prints_what_it_shows(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of a page continue each other, as their reader would type them."""
    monkeypatch.chdir(ROOT)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
    names: dict[str, object] = {}
    for block in blocks(page):
        if block.language != "pycon":
            continue
        test = doctest.DocTestParser().get_doctest(block.text, names, str(block), str(page), block.line)
        report: list[str] = []
        runner.run(test, out=report.append, clear_globs=False)
        names.update(test.globs)
        assert runner.failures == 0, "".join(report)
    assert runner.tries > 0 or "pycon" not in page.read_text("utf-8")


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.language == "console"], ids=str)
def test_package_readme_commands_print_what_they_show(block: Block) -> None:
    for shown in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, expected = shown.partition("\n")
        program, *arguments = shlex.split(command)
        assert program == "trial-parser"
        ended = subprocess.run(
            [sys.executable, "-m", "parser", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            check=False,
        )
        printed = ended.stdout.decode()
        assert doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS), printed


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_package_readme_blocks_are_all_run(block: Block) -> None:
    assert block.language in RUN or (block.page.name == "README.md" and block.language == "sh")


def test_package_readme_set_up_commands_are_one_line_each() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    marked = dict(re.findall(r"^<!-- ci: (\w+) -->\n```sh\n([^\n]+)\n```$", text, re.MULTILINE))
    assert set(marked) == SET_UP
    assert len([block for block in BLOCKS if block.language == "sh"]) == len(SET_UP)
    assert marked["test"].endswith("python -m pytest")
    example = marked["example"].split("parse ")[1].split()[0]
    assert (ROOT / example).is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_package_readme_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
    missing = [each for each in targets if "://" not in each and not (page.parent / each).exists()]
    assert missing == []


def test_package_readme_ci_runs_what_the_readme_says() -> None:
    assert "readme_command test" in (ROOT / ".ci" / "run").read_text("utf-8")
