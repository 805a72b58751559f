"""Runs a cell as Jupyter does: with magics, help, shell commands, `display` and `await`.

What these would show or start has no effect in a sandbox. Imports nothing of the course; stands beside
`worker.py` in the sandbox, with the two files of IPython that translate a cell into Python."""

import ast
import builtins
import sys
import time
from types import CoroutineType, ModuleType

from IPython.core.inputtransformer2 import TransformerManager

RUN_THEIR_CODE = ("time", "timeit", "capture", "prun")  # cell magics that do not change what the code means


def prepare(names):
    """Offer what Jupyter offers without an import, and the imports of the same."""
    shell, jupyter, shown = Shell(names), ModuleType("IPython"), ModuleType("IPython.display")
    builtins.display = jupyter.display = nothing
    builtins.get_ipython = jupyter.get_ipython = lambda: shell
    shown.__getattr__ = _anything
    jupyter.__path__ = []
    sys.modules.update({"IPython": jupyter, "IPython.display": shown})


def run(source, cell, names):
    """Run a cell, as Python where it is Python."""
    file = f"<cell {cell}>"
    try:
        code = _compiled(source, file)
    except SyntaxError:
        code = _compiled(_as_python(source), file)
    result = eval(code, names)
    if isinstance(result, CoroutineType):
        _run_coroutine(result)


def nothing(*arguments, **options):
    """In place of what shows something."""


class Shell:
    """In place of Jupyter's shell: runs the code that a magic would measure, and does nothing else."""

    def __init__(self, names):
        self.names = names

    def run_line_magic(self, name, line, *_):
        if name == "time":
            caller = sys._getframe(1)
            source, file = "\n" * (caller.f_lineno - 1) + line, caller.f_code.co_filename
            try:
                return eval(compile(source, file, "eval"), self.names)
            except SyntaxError:  # an assignment
                exec(compile(source, file, "exec"), self.names)

    def run_cell_magic(self, name, line, body):
        if name in RUN_THEIR_CODE:
            file = sys._getframe(1).f_code.co_filename
            run(f"\n{body}", file.removeprefix("<cell ").removesuffix(">"), self.names)

    def getoutput(self, *_):
        return []

    def __getattr__(self, name):
        return nothing


def _anything(name):
    """For `from IPython.display import HTML` and its like."""
    if name.startswith("_"):
        raise AttributeError(name)
    return nothing


def _compiled(source, file):
    return compile(source, file, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def _as_python(source):
    """The cell as IPython translates it, with the blank lines at its top, by which lines are counted."""
    top = source[: len(source) - len(source.lstrip())]
    return "\n" * top.count("\n") + TransformerManager().transform_cell(source)


def _run_coroutine(coroutine):
    """Run it in an event loop that waits for the clock alone: asyncio's own loop needs sockets."""
    import asyncio

    class Loop(asyncio.BaseEventLoop):
        def __init__(self):
            super().__init__()
            self._selector = self

        def select(self, timeout):
            time.sleep(3600 if timeout is None else timeout)
            return []

        def _process_events(self, events):
            pass

        def _write_to_self(self):
            pass

    Loop().run_until_complete(coroutine)
