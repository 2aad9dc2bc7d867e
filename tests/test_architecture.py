"""The shape of the house: import contracts, no words in the engine, modules of a readable size."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter import cli

from warledger.model import KINDS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "warledger"
ENGINE = sorted((SOURCE / "extraction").glob("*.py"))
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
WORDS = re.compile(
    r"\b(launched|fired|shot down|intercepted|downed|destroyed|killed|wounded|injured|dead|drones|missiles"
    r"|bombs|said|says|according|overnight|yesterday|about|least|dozens|captured|seized|people|civilians)\b"
    r"|^(the|an?|of|to|'s)$",
    re.IGNORECASE,
)
LINES = 600
LETTERS = "_CYRILLIC"
"""The one table of letters (not words) that an engine may hold: those that look alike in two scripts."""

COUNTED = {"customers", "people", "settlements"}
PAGES = [
    (ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("claims.md", "languages.md")
]
NAMES = KINDS | COUNTED | set(re.findall(r"`(\w+)`", "".join(PAGES)))
"""Documented names of kinds, slots, types and features: identifiers, whatever words they look like."""


def test_import_contracts_hold() -> None:
    config = str(ROOT / "pyproject.toml")
    assert cli.lint_imports(config_filename=config, no_cache=True) == cli.EXIT_STATUS_SUCCESS


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are data: docstrings and messages of raised errors are prose."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {id(node) for node in _prose(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def _prose(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        if isinstance(node, ast.Assign) and LETTERS in ast.unparse(node.targets[0]):
            yield from ast.walk(node.value)
        if isinstance(node, ast.Raise) or (
            isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith(("note", "Trace"))
        ):
            yield from ast.walk(node)


def words_in(path: Path) -> list[str]:
    """What a module's strings hold of a natural language, as `file:line text`."""
    return [
        f"{path.name}:{line} {value!r}"
        for line, value in literals(path)
        if CYRILLIC.search(value) or (WORDS.search(value) and value not in NAMES)
    ]


@pytest.mark.parametrize("path", ENGINE, ids=[path.stem for path in ENGINE])
def test_engine_holds_no_natural_language(path: Path) -> None:
    assert words_in(path) == []


@pytest.mark.parametrize(
    "line",
    ['X = "збито"', 'X = ("over", "shot down")', 'X = r"(killed|wounded) in"'],
    ids=["uk", "en", "re"],
)
def test_words_in_an_engine_would_be_found(tmp_path: Path, line: str) -> None:
    path = tmp_path / "rule.py"
    path.write_text(line, encoding="utf-8")
    assert words_in(path)


def test_no_module_is_larger_than_a_reader_can_hold() -> None:
    sizes = {
        str(p.relative_to(SOURCE)): len(p.read_text().splitlines()) for p in SOURCE.rglob("*.py")
    }
    assert {name: size for name, size in sizes.items() if size > LINES} == {}
    assert sizes["pipeline.py"] < 150


def test_every_module_says_what_enters_and_what_leaves() -> None:
    silent = [
        str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.py"))
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
