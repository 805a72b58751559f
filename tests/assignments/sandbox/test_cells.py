"""What runs in Jupyter runs in the sandbox: a magic or a question mark costs no points."""

import importlib.util

import pytest

from cecourse.assignments.sandbox import sandbox
from cecourse.assignments.sandbox.protocol import Failure, decode
from cecourse.assignments.sandbox.sandbox import Limits, borrowed, why_unavailable
from tests.assignments.sandbox.test_sandbox import PATIENT, answer

pytestmark = pytest.mark.sandbox


@pytest.mark.parametrize(
    "line",
    [
        "np.log2?",
        "?np.log2",
        "np.log2??",
        "files = !ls",
        "!pip list",
        "%matplotlib inline",
        "  \n%load_ext autoreload",
        "%%time",
        "%%capture shown",
        "t = %time np.log2(2)",
        "%timeit np.log2(2)",
        "display(np.zeros(3))",
        "get_ipython().run_line_magic('matplotlib', 'inline')",
        "get_ipython().user_ns",
        "from IPython.display import HTML, display\ndisplay(HTML('<b>bold</b>'))",
        "from IPython import get_ipython\nimport IPython",
        "import asyncio\nawait asyncio.sleep(0.01)",
        ">>> x = 1",
    ],
)
def test_a_line_that_jupyter_understands_leaves_the_answer_below_it(line):
    assert answer(f"{line}\ndef f():\n    return 1.0") == 1


def test_it_does_so_without_bubblewrap_too():
    source = "np.log2?\nfiles = !ls\ndef f():\n    return 1.0"
    assert answer(source, Limits(trusted=True, clock_seconds=60)) == 1


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("t = %time 1 + 1\ndef f(): return t", 2),
        ("%time t = 2\ndef f(): return t", 2),
        ("files = !ls\ndef f(): return files", []),
        ("async def two(): return 2\nt = await two()\ndef f(): return t", 2),
        ("%%time\nimport asyncio\nt = await asyncio.sleep(0, 2)\ndef f(): return t", 2),
        ("def f():\n    %time t = 2\n    display(t)\n    return 2", 2),
    ],
)
def test_what_a_line_computes_is_there_afterwards(source, value):
    assert answer(source) == value


@pytest.mark.parametrize(
    ("source", "kind", "line"),
    [
        ("\n \n%matplotlib inline\nraise KeyError", "KeyError", 4),
        ("%%time\nx = 1\nraise KeyError", "KeyError", 3),
        ("x = 1\nt = %time [][0]", "IndexError", 2),
        ("np.log2?\nx = 1 +\n", "SyntaxError", 2),
        ("x = 1\nx = 1 +\n", "SyntaxError", 2),
        ("await nothing", "NameError", 1),
    ],
)
def test_an_error_is_reported_in_the_line_of_the_notebook(source, kind, line):
    with borrowed(PATIENT) as box:
        box.ask([{"run": source, "cell": 7}])
        failure = decode(box.reply()["value"])
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.cell, failure.line) == (kind, 7, line)


def test_a_cell_that_waits_for_ever_is_stopped():
    source = "import asyncio\nawait asyncio.get_running_loop().create_future()"
    with pytest.raises(sandbox.NoReply, match="too slow"):
        answer(source, Limits(clock_seconds=0.5))


def test_without_ipython_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert "IPython was not found; expected it" in why_unavailable(Limits(trusted=True))
