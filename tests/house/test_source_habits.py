"""Habits of the source that no linter knows; below each, what it must refuse."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
# Not scores: it clips the numbers of bins.
LOSSES = [
    ROOT / "cecourse" / f"{name}.py"
    for name in ("information", "softmax", "coding", "losses", "learning", "_kernels")
]
MOST_FILES = 12
BOXES = {"utils", "util", "common", "helpers", "misc"}


def softened(tree):
    """Where a loss is made harmless: a clip, an epsilon under a logarithm, a nan that becomes a number."""
    for node in ast.walk(tree):
        if re.fullmatch("clip|nan_to_num|eps|epsilon", _name(node)) and not isinstance(node, ast.Attribute):
            yield f"line {node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.Call):
            called = _name(node.func)
            if called in ("clip", "nan_to_num"):
                yield f"line {node.lineno}: {ast.unparse(node)}"
            elif called.startswith("log") or called in ("maximum", "fmax"):
                leaves = [leaf for argument in node.args for leaf in ast.walk(argument)]
                small = any(0 < value < 1e-3 for value in map(_float, leaves))
                if small or any(_name(leaf) in ("eps", "tiny", "smallest_normal") for leaf in leaves):
                    yield f"line {node.lineno}: {ast.unparse(node)}"


def _name(node):
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _float(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, float) else 0.0


def rooms():
    """The number of files in each folder of the code, without what is generated and empty markers."""
    files = [path for room in ("cecourse", "tests", "docs") for path in (ROOT / room).rglob("*")]
    kept = [path for path in files if path.is_file() and "__pycache__" not in path.parts]
    return Counter(path.parent for path in kept if path.stat().st_size)


@pytest.mark.parametrize("path", LOSSES, ids=lambda path: path.stem)
def test_no_loss_is_softened(path):
    assert not list(softened(ast.parse(path.read_text(encoding="utf-8"))))


def test_imports_go_one_way_and_in_no_circle():
    """The contracts are in pyproject.toml; the report above says which import breaks one."""
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_no_room_has_more_than_twelve_files():
    full = {str(room.relative_to(ROOT)): number for room, number in rooms().items() if number > MOST_FILES}
    assert not full, "Give this room a room inside: what belongs together moves there under one name."


def test_no_room_and_no_module_is_a_box_for_odds_and_ends():
    names = {part for path in (ROOT / "cecourse").rglob("*.py") for part in (path.stem, path.parent.name)}
    assert not {name.strip("_") for name in names} & BOXES


@pytest.mark.parametrize(
    "source",
    [
        "np.log(q + 1e-12)",
        "np.clip(q, low, 1)",
        "q.clip(low)",
        "np.nan_to_num(x)",
        "np.log(q + eps)",
        "np.maximum(q, np.finfo(q.dtype).tiny)",
        "np.fmax(q, 1e-300)",
        "epsilon = 1e-9",
    ],
)
def test_a_softened_loss_is_named(source):
    assert list(softened(ast.parse(source)))


@pytest.mark.parametrize(
    "source", ["np.log(q)", "np.log1p(-q) / 2.0", "abs(total - 1) > 1e-8", "noise > np.finfo(dtype).eps"]
)
def test_a_plain_logarithm_and_a_tolerance_are_no_softening(source):
    assert not list(softened(ast.parse(source)))
