"""Does any test notice?  One operator, number or order of arguments of the mathematics is changed at a time.

A program, not a test: `python -m tests.measurements.mutants`, an hour of one core.  Modules as arguments
take these alone.  It prints every change that no test noticed, and ends with 1 if there is one that
`equivalent_mutants.csv` does not explain.
"""

import ast
import csv
import importlib
import importlib.abc
import importlib.util
import os
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "cecourse"
MATHEMATICS = HERE.parent / "mathematics"
EQUIVALENT = HERE / "equivalent_mutants.csv"
# The tests of each module stand first: most changes are noticed there.
TESTS = {
    name: [f"test_{name}.py", "test_accuracy.py", "test_checks.py", "test_other_libraries.py"]
    for name in ("information", "softmax", "losses", "scores")
}
ALL = [f"test_{name}.py" for name in (*TESTS, "coding", "learning")]
MINUTES = 5  # for one change; a loop that no longer ends is noticed too

SWAPPED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
NEIGHBOURS = {
    "minimum": "maximum",
    "maximum": "minimum",
    "log": "log2",
    "log2": "log",
    "log1p": "log",
    "exp2": "exp",
    "exp": "exp2",
    "ceil": "floor",
    "max": "min",
    "argmax": "argmin",
    "sum": "mean",
}


def mutants(tree):
    """Pairs (the source with one change, the function it is in); types, messages and docstrings stay."""
    plain = ast.unparse(tree)
    for statement in ast.walk(tree):
        if isinstance(statement, ast.FunctionDef):
            for node in _of_function(statement):
                for change in _changes(node):
                    undo = change()
                    source = ast.unparse(tree)
                    undo()
                    if source != plain:  # f(p, p) has no other order
                        yield source, statement.name


def _of_function(function):
    """The nodes that compute something, without those of functions inside."""
    waiting = [*function.args.defaults, *function.args.kw_defaults, *function.body]
    while waiting:
        node = waiting.pop(0)
        if node is None or isinstance(node, ast.FunctionDef):
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        yield node
        waiting += [
            child
            for field, value in ast.iter_fields(node)
            if field not in ("annotation", "returns")
            for child in (value if isinstance(value, list) else [value])
            if isinstance(child, ast.AST)
        ]


def _changes(node):
    """For each way to change a node a function that does it and returns the way back."""

    def set_(field, value):
        def change(owner=node):
            before = getattr(owner, field)
            setattr(owner, field, value)
            return lambda: setattr(owner, field, before)

        return change

    match node:
        case ast.BinOp() | ast.BoolOp() if type(node.op) in SWAPPED:
            yield set_("op", SWAPPED[type(node.op)]())
        case ast.Compare() if type(node.ops[0]) in SWAPPED:
            yield set_("ops", [SWAPPED[type(node.ops[0])](), *node.ops[1:]])
        case ast.UnaryOp(op=ast.USub()):
            yield set_("op", ast.UAdd())
        case ast.IfExp() | ast.If():
            yield set_("test", ast.UnaryOp(op=ast.Not(), operand=node.test))
        case ast.Constant(value=bool()):
            yield set_("value", not node.value)
        case ast.Constant(value=int() | float()):
            yield set_("value", node.value + 1)
        case ast.Attribute(value=value) if node.attr in NEIGHBOURS and ast.unparse(value) != "kernel":
            yield set_("attr", NEIGHBOURS[node.attr])
        case ast.Call(args=[first, second, *rest]) if not isinstance(first, ast.Constant):
            yield set_("args", [second, first, *rest])


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Gives one module of the course another source."""

    def __init__(self, name, source):
        self.name, self.source = name, source

    def find_spec(self, name, path=None, target=None):
        if name != self.name:
            return None
        return importlib.util.spec_from_loader(name, self, origin=self.get_filename(name))

    def get_filename(self, name):
        return str(SOURCES / f"{name.rpartition('.')[2]}.py")

    def get_data(self, path):
        return self.source.encode()


def noticed(module, source):
    """Whether the tests fail on the changed source; each run is a fork that has the libraries loaded."""
    child = os.fork()
    if not child:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        sys.meta_path.insert(0, _Changed(f"cecourse.{module}", source))
        names = list(dict.fromkeys([*TESTS[module], *ALL]))
        paths = [str(MATHEMATICS / name) for name in names]
        import pytest

        os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *paths]) != 0))
    end = time.monotonic() + 60 * MINUTES
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status != 0
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return True


def changed_line(before, after):
    """The statement that differs, as it was and as it is."""
    return next((a, b) for a, b in zip(before.splitlines(), after.splitlines(), strict=True) if a != b)


def main(modules):
    """Print what no test noticed; returns the exit code."""
    for oracle in ("mpmath", "scipy.special", "sklearn.metrics"):
        importlib.import_module(oracle)  # once, before the forks
    with open(EQUIVALENT, newline="", encoding="utf-8") as file:
        explained = {(row["module"], row["after"]): row["why"] for row in csv.DictReader(file)}
    total, seen, open_ = 0, 0, 0
    for module in modules or TESTS:
        tree = ast.parse((SOURCES / f"{module}.py").read_text(encoding="utf-8"))
        plain = ast.unparse(tree)
        if noticed(module, plain):
            sys.exit(f"The tests fail on {module} as it is; expected them to pass. Mend that first.")
        for source, function in mutants(tree):
            total += 1
            if noticed(module, source):
                seen += 1
                continue
            _, after = (line.strip() for line in changed_line(plain, source))
            why = explained.get((module, after))
            open_ += why is None
            print(f"{module}.{function}: {after}\n    {why or 'NOT EXPLAINED'}", flush=True)
    print(f"{total} changes, {seen} noticed, {total - seen - open_} explained, {open_} open")
    return int(open_ > 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as examples:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = examples
        sys.exit(main(sys.argv[1:]))
