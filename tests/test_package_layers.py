"""The house keeps its layers: what each room imports, and who may import the heavy libraries."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "parser"

MODELS = {"models", "errors", "version"}
#: What each room may import besides itself. Imports for types alone count: they are knowledge, too.
MAY_IMPORT: dict[str, set[str]] = {
    "version": set(),
    # errors builds Diagnostic models, models raise no errors of ours.
    "errors": {"models"},
    "models": {"version"},
    "text": {"errors"},
    "normalize": MODELS | {"text"},
    "reading": MODELS | {"text", "normalize"},
    "registries": MODELS | {"text", "normalize", "reading"},
    "outline": MODELS | {"text"},
    "vocabulary": MODELS | {"normalize"},
    "nlp": MODELS | {"text", "normalize", "vocabulary"},
    # No room imports it: it runs before there is a model, and needs what users do not install.
    "training": {"text", "outline", "nlp"},
    "rules": MODELS | {"text", "normalize", "nlp", "vocabulary"},
    "matching": MODELS | {"normalize", "vocabulary"},
    "readable": {"models"},
    "pipeline": MODELS | {"text", "normalize", "reading", "registries", "outline", "nlp", "rules", "vocabulary"},
    "export": MODELS | {"normalize", "reading", "registries", "vocabulary", "matching", "batch"},
    "completeness": MODELS | {"normalize"},
    "store": MODELS | {"normalize"},
    "batch": MODELS | {"pipeline", "reading", "rules", "vocabulary", "store"},
    # The package's face names what it shows.
    "__init__": MODELS | {"completeness", "pipeline", "nlp", "matching", "export", "batch"},
    "cli": MODELS | {"completeness", "pipeline", "readable", "vocabulary", "export", "batch", "store", "__init__"},
    "__main__": {"cli"},
}
#: Libraries that only some rooms may import; elsewhere their names may serve as types.
ONLY_IN: dict[str, set[str]] = {
    "spacy": {"nlp", "rules", "training"},
    "thinc": {"nlp"},
    "torch": {"training"},
    "transformers": {"training"},
    "floret": {"training"},
    "lxml": {"reading", "export"},
    "bs4": {"reading"},
    "typer": {"cli"},
    "pyarrow": {"batch"},
    "distributed": {"batch"},
    "rich": {"cli"},
}


def room(name: str) -> str:
    """The room of a module: `parser.models.rules` lies in `models`, `parser` itself in `__init__`."""
    parts = name.split(".")
    if parts[1:3] == ["nlp", "training"]:
        return "training"
    return parts[1] if len(parts) > 1 else "__init__"


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, *, for_types: bool = True) -> Iterator[str]:
    """Yield the full names of what a module imports, those inside functions included.

    With `for_types` also those of `if TYPE_CHECKING`, which never run.
    """
    name = module_name(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    tree = ast.parse(path.read_text("utf-8"))
    left_out = set() if for_types else {id(node) for block in type_checking_blocks(tree) for node in ast.walk(block)}
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            # `from parser import models` names a room as much as `import parser.models` does.
            yield from (f"{source}.{alias.name}" for alias in node.names)


def type_checking_blocks(tree: ast.Module) -> Iterator[ast.If]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            yield node


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def room_of_import(name: str) -> str | None:
    """The room that an import of ours leads to; None for other people's packages."""
    if name.split(".")[0] != "parser":
        return None
    return room(name) if is_module(".".join(name.split(".")[:2])) else "__init__"


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_package_layers_point_one_way(path: Path) -> None:
    mine = "__init__" if path == PACKAGE / "__init__.py" else room(module_name(path))
    theirs = {room_of_import(name) for name in imports(path)} - {None, mine}
    assert theirs <= MAY_IMPORT[mine]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_package_layers_keep_heavy_libraries_in_their_rooms(path: Path) -> None:
    for name in imports(path, for_types=False):
        library = name.split(".")[0]
        assert room(module_name(path)) in ONLY_IN.get(library, {room(module_name(path))}), library


def test_package_layers_have_no_circles() -> None:
    """Rooms can be put in an order in which each imports earlier ones only.

    One pair is left out: `errors.diagnostic()` builds a model when it is called, and models never import errors.
    """
    order: list[str] = []
    pending = dict(MAY_IMPORT)
    while pending:
        ready = [name for name, needs in pending.items() if needs <= set(order)]
        assert ready, f"a circle among {sorted(pending)}"
        order += ready
        for name in ready:
            del pending[name]
    assert order[-1] == "__main__"


def test_package_layers_modules_import_each_other_in_no_circle() -> None:
    """Imports at the top of modules, which run at import time, form no circle."""
    known = {module_name(path) for path in MODULES}
    needs = {module_name(path): top_level_imports(path) & known for path in MODULES}
    done: set[str] = set()
    while needs:
        ready = {name for name, others in needs.items() if not others - done - {name}}
        assert ready, f"a circle among {sorted(needs)}"
        done |= ready
        needs = {name: others for name, others in needs.items() if name not in ready}


def top_level_imports(path: Path) -> set[str]:
    """The modules of ours that importing this one runs, without those of `if TYPE_CHECKING`."""
    tree = ast.parse(path.read_text("utf-8"))
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "parser":
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if is_module(name) else node.module for name in inner}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "parser"}
    return found


def test_package_layers_nothing_imports_the_command_line() -> None:
    importers = {module_name(path) for path in MODULES if "cli" in {room_of_import(name) for name in imports(path)}}
    assert {name for name in importers if room(name) != "cli"} == {"parser.__main__"}


def test_package_layers_every_room_is_in_the_table() -> None:
    rooms = {room(module_name(path)) for path in MODULES}
    assert rooms <= set(MAY_IMPORT)
