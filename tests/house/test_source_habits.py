"""The habits of the source that a machine can check; below each, what it must refuse."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "cecourse").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
# Each room may import those before it; private modules are shared by all.
ROOMS = [
    "information",
    "softmax",
    "datasets",
    "coding",
    "losses",
    "scores",
    "learning",
    "figures",
    "widgets",
    "assignments",
    "publish",
    "server",
]
# Who alone may import what.
OWNERS = {"matplotlib": "figures", "ipywidgets": "widgets", "jupyter_server": "server"}
# Not scores: it clips the numbers of bins.
LOSSES = {"information", "softmax", "coding", "losses", "learning", "_kernels"}


def room(path):
    """The part of the course a file belongs to: `cecourse/figures/canvas.py` belongs to figures."""
    return path.relative_to(ROOT / "cecourse").parts[0].removesuffix(".py")


def imported(tree, package=("cecourse",)):
    """The modules that a module of `package` imports, by their full names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            if module == "cecourse":  # what it names may be modules
                yield from (f"cecourse.{alias.name}" for alias in node.names)
            else:
                yield module


def wrong_way(tree, name, package=("cecourse",)):
    """The imports that go to a later room, or to a library that another room owns."""
    for module in imported(tree, package):
        first, *rest = module.split(".")
        if first == "cecourse" and rest and rest[0] in ROOMS[ROOMS.index(name) + 1 :]:
            yield module
        if first in OWNERS and name != OWNERS[first]:
            yield module


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


def reaching_around(tree):
    """Where state of pyplot or of the interpreter is changed for everybody else, or an import is tried."""
    forbidden = {"plt.gca", "plt.gcf", "plt.show", "plt.rc", "plt.style.use", "rcParams.update", "sys.path"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node).removeprefix("matplotlib.") in forbidden:
            yield f"line {node.lineno}: {ast.unparse(node)}"
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Store)
            and "rcParams" in ast.unparse(node)
        ):
            yield f"line {node.lineno}: {ast.unparse(node)} is set"
        if isinstance(node, ast.Constant) and node.value == "jet":
            yield f"line {node.lineno}: the colours 'jet'"
        if isinstance(node, ast.Try) and any(
            isinstance(leaf, ast.Import | ast.ImportFrom) for line in node.body for leaf in ast.walk(line)
        ):
            yield f"line {node.lineno}: try around an import"
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            yield f"line {node.lineno}: a star import"


def toothless(tree):
    """Tests that cannot fail: nothing asserted, expected or made an error, neither here nor in a helper."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    biting = {node.name for node in functions if bites(node, set())}
    for node in functions:
        if node.name.startswith("test") and not bites(node, biting - {node.name}):
            yield node.name


def bites(function, helpers):
    """Whether a function asserts something itself, or calls one of the helpers that do."""
    leaves = list(ast.walk(function))
    calls = [ast.unparse(leaf) for leaf in leaves if isinstance(leaf, ast.Call)]
    return (
        any(isinstance(leaf, ast.Assert) for leaf in leaves)
        or any(re.match(r"[\w.]*\b(raises|warns|assert_\w*|assert[A-Z]\w*|fail)\(", call) for call in calls)
        or any(re.match(r"warnings\.simplefilter\(.error.\)", call) for call in calls)
        or any(call.partition("(")[0] in helpers for call in calls)
    )


def unnamed(tree):
    """Tests whose name is no sentence: fewer than three words, or a number for a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            words = node.name.split("_")[1:]
            if len(words) < 2 or (re.fullmatch(r"\d+", words[-1]) and len(words) < 3):
                yield node.name


def read(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def at_home(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=at_home)
def test_imports_run_one_way(path):
    name = room(path)
    package = path.relative_to(ROOT).parent.parts
    if name == "__init__" or name.startswith("_"):
        assert not [module for module in imported(read(path), package) if module.split(".")[0] in OWNERS]
    else:
        assert not list(wrong_way(read(path), name, package))


@pytest.mark.parametrize("path", MODULES, ids=at_home)
def test_no_module_is_a_box_for_odds_and_ends(path):
    assert not {part.strip("_") for part in (path.stem, path.parent.name)} & {
        "utils",
        "util",
        "common",
        "helpers",
        "misc",
    }


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) in LOSSES], ids=at_home)
def test_no_loss_is_softened(path):
    assert not list(softened(read(path)))


@pytest.mark.parametrize("path", MODULES, ids=at_home)
def test_no_module_reaches_around_the_others(path):
    assert not list(reaching_around(read(path)))


@pytest.mark.parametrize("path", TESTS, ids=at_home)
def test_every_test_can_fail(path):
    assert not list(toothless(read(path)))


@pytest.mark.parametrize("path", TESTS, ids=at_home)
def test_every_test_is_named_as_a_sentence(path):
    assert not list(unnamed(read(path)))


@pytest.mark.parametrize(
    ("source", "name", "refused"),
    [
        ("from .losses import one_hot", "softmax", ["cecourse.losses"]),
        ("from . import losses", "softmax", ["cecourse.losses"]),
        ("from .losses import one_hot", "coding", ["cecourse.losses"]),
        ("from .softmax import softmax\nfrom ._checks import pmf", "losses", []),
        ("import cecourse.widgets", "figures", ["cecourse.widgets"]),
        ("import matplotlib.pyplot as plt", "widgets", ["matplotlib.pyplot"]),
        ("from ipywidgets import HTML", "figures", ["ipywidgets"]),
    ],
)
def test_an_import_the_wrong_way_is_named(source, name, refused):
    assert list(wrong_way(ast.parse(source), name)) == refused


def test_a_room_below_a_room_is_found_by_its_dots():
    tree = ast.parse(
        "from ..widgets import explore\nfrom .canvas import canvas\nfrom ..softmax import softmax"
    )
    assert list(wrong_way(tree, "figures", ("cecourse", "figures"))) == ["cecourse.widgets"]


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


@pytest.mark.parametrize(
    "source",
    [
        "plt.gca().plot(x)",
        "plt.show()",
        "sys.path.append('.')",
        "plt.rcParams['font.size'] = 9",
        "rcParams.update(mine)",
        "ax.imshow(x, cmap='jet')",
        "try:\n    import torch\nexcept ImportError:\n    torch = None",
        "from numpy import *",
    ],
)
def test_reaching_around_is_named(source):
    assert len(list(reaching_around(ast.parse(source)))) == 1


def test_a_setting_may_be_read():
    assert not list(reaching_around(ast.parse("width = rcParams['figure.figsize'][0]")))


def test_a_test_without_an_assert_is_named():
    assert list(toothless(ast.parse("def test_it_runs_through():\n    run()"))) == ["test_it_runs_through"]
    assert not list(toothless(ast.parse("def test_it_holds():\n    assert run()")))
    assert not list(
        toothless(ast.parse("def test_it_raises():\n    with pytest.raises(ValueError):\n        run()"))
    )


def test_a_test_without_a_sentence_is_named():
    tree = ast.parse(
        "def test_entropy():\n    pass\ndef test_case_1():\n    pass\ndef test_gibbs_inequality():\n    pass"
    )
    assert list(unnamed(tree)) == ["test_entropy", "test_case_1"]
