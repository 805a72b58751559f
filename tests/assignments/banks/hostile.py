"""Submissions that attack the grader, each with the points that it deserves.

Every one is a good notebook with an attack in it. The questions that the attack itself spoils lose their
points; all others keep them.
"""

import json
import os
import textwrap
import zipfile

from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from tests.assignments.banks import notebooks

# What stands in the body of `entropy` in A1, which must lose its points; the other questions keep theirs.
IN_A_FUNCTION = {
    "endless loop": "while True: pass",
    "endless loop that swallows": """
while True:
    try:
        while True: pass
    except BaseException: pass
""",
    "sleep": """
import time
time.sleep(1000)
""",
    "fork bomb": """
import os
while True: os.fork()
""",
    "threads": """
import threading
while True: threading.Thread(target=input).start()
""",
    "memory bomb": "return np.ones(1 << 40)",
    "memory in pieces": """
kept = []
while True: kept.append(np.ones(1 << 22))
""",
    "disk": "open('/tmp/full', 'wb').write(b'x' * (1 << 30))",
    "disk in the root": "open('/full', 'wb').write(b'x')",
    "file in memory": """
import os
d = os.memfd_create('m')
while True: os.write(d, b'x' * (1 << 20))
""",
    "shared memory": """
import ctypes
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
while True:
    place = libc.shmat(libc.shmget(0, ctypes.c_size_t(1 << 28), 0o1600), None, 0)
    ctypes.memset(place, 1, 1 << 28)
    libc.shmdt(ctypes.c_void_p(place))
""",
    "folders in a new namespace": """
import ctypes, os
ctypes.CDLL(None).unshare(0x10020000)
ctypes.CDLL(None).mount(b'x', b'/usr', b'tmpfs', 0, 0)
for n in range(1 << 30): os.mkdir(f'/usr/{n}')
""",
    "sockets": """
import socket
pairs = [socket.socketpair() for _ in range(50)]
return float(len(pairs))
""",
    "runs a program": """
import subprocess
return float(subprocess.run(['/bin/sh', '-c', 'echo 1'], capture_output=True).stdout)
""",
    "os._exit": """
import os
os._exit(0)
""",
    "os._exit 1": """
import os
os._exit(1)
""",
    "sys.exit": """
import sys
sys.exit(0)
""",
    "abort": """
import os
os.abort()
""",
    "segfault": """
import ctypes
ctypes.string_at(0)
""",
    "kills itself": """
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
os._exit(0)
""",
    "kills everyone": """
import os, signal
os.kill(-1, signal.SIGKILL)
os._exit(0)
""",
    "kills its group": """
import os, signal
os.killpg(0, signal.SIGKILL)
os._exit(0)
""",
    "ignores signals": """
import signal
signal.signal(signal.SIGPROF, signal.SIG_IGN)
while True: pass
""",
    "deep recursion": "return entropy(p)",
    "huge integer": "return 10 ** 100000",
    "nan": "return float('nan')",
    "infinity": "return float('inf')",
    "object": "return object()",
    "type named like an input": "return type('x'.join(map(str, p)), (), {})()",
    "complex": "return 1j",
    "string": "return '1.5'",
    "deep list": """
x = []
for _ in range(100000): x = [x]
return x
""",
    "wide list": "return [[[1.0] * 1000] * 1000] * 1000",
    "large array": "return np.zeros(1 << 24)",
    "array of objects": "return np.array([{}, None], dtype=object)",
    "equals everything": """
class Yes(float):
    def __eq__(self, other): return True
    __hash__ = None
return Yes(3)
""",
    "text among many": "return ['x' * 5000] + ['y'] * 4999",
    "text longer than it says": """
class Short(str):
    def __len__(self): return 1
return Short('x' * 900000)
""",
    "list without an end": """
class Endless(list):
    def __iter__(self):
        while True: yield 1.0
return Endless()
""",
    "a list by its own account": """
class Liar:
    __class__ = list
    def __len__(self): return 1
    def __getitem__(self, i): return 1.0
return Liar()
""",
    "an array of two fields": "return np.zeros(3, dtype=[('a', float), ('b', float)])",
    "an array of no size": "return np.zeros((1 << 17, 0, 1 << 17))",
    "an array that converts for ever": """
class A:
    def __array__(self, *a, **k):
        while True: pass
return A()
""",
    "ends the grader when converted": """
class A:
    def __array__(self, *a, **k): raise KeyboardInterrupt
return A()
""",
    "lives on": """
class A:
    def __del__(self):
        while True: pass
return A()
""",
    "exception with the input": "raise ValueError(str(p.tolist()))",
    "exception named by the input": "raise type('E' + str(p.tolist()), (Exception,), {})()",
    "name error with the input": "raise NameError(str(p.tolist()), name=str(p.tolist()))",
    "reads the tests": """
import glob
found = glob.glob('/**/a1*', recursive=True) + glob.glob('/**/cecourse*', recursive=True)
return 'found' if found else None
""",
    "imports the reference": """
import cecourse
return cecourse.entropy(p)
""",
    "imports the grader's files": """
import protocol, worker
return worker.expected
""",
    "reads the grades": """
import glob
names = ('grades.csv', 'records', 'feedback', '*.ipynb', 'judging.py', 'mistakes.py', 'conftest.py')
found = [path for name in names for path in glob.glob(f'/**/{name}', recursive=True)]
return float(open(found[0]).read().split(',')[3]) if found else None
""",
    "looks for the answer in the frames": """
import sys
frame = sys._getframe()
while frame:
    for values in (frame.f_locals, frame.f_globals):
        for name in ('expected', 'answer', 'case', 'question', 'look'):
            if name in values: return float(np.asarray(values[name]))
    frame = frame.f_back
""",
    "looks for the answer among all objects": """
import gc
for thing in gc.get_objects():
    if isinstance(thing, dict) and {'expected', 'points', 'answer'} & set(map(str, thing)):
        for key in ('expected', 'answer'):
            if key in thing: return float(np.asarray(thing[key]))
""",
    "reads /etc": "return float(len(open('/etc/passwd').read()))",
    "reads the environment": """
import os
return str(sorted(os.environ))
""",
    "network": """
import socket
socket.create_connection(('1.1.1.1', 53), 2)
return 0.0
""",
    "network at home": """
import socket
socket.create_connection(('127.0.0.1', 22), 2)
return 0.0
""",
    "new namespaces": """
import ctypes
libc = ctypes.CDLL(None)
libc.unshare(0x10020000)
libc.mount(b'x', b'/tmp', b'tmpfs', 0, 0)
open('/tmp/x', 'w').write('x')
""",
    "forged line": """
import os
for d in range(3, 300):
    try:
        os.write(d, b'{"value": {"array": ["float64", [], "AAAAAAAA8D8="]}, "changed": false}\\n')
    except OSError: pass
return 1.0
""",
    "forged deep JSON": """
import os
for d in range(3, 300):
    try: os.write(d, b'[' * 100000 + b'\\n')
    except OSError: pass
""",
    "forged huge integer": """
import os
for d in range(3, 300):
    try: os.write(d, b'{"value": ' + b'9' * 5000 + b'}\\n')
    except OSError: pass
""",
    "endless line": """
import os
for d in range(3, 300):
    try:
        while True: os.write(d, b'x' * 65536)
    except OSError: pass
""",
    "end of the job, forged": """
import os
for d in range(0, 300):
    try: os.write(d, b'.!.')
    except OSError: pass
return 1.0
""",
    "closes everything": """
import os
os.closerange(0, 4096)
""",
}

# Whole answer cells of `entropy`, right in themselves: they must spoil nothing, `entropy` included.
GOOD = "def entropy(p):\n    q = p[p > 0]\n    return -np.sum(q * np.log2(q))\n"
HARMLESS = {
    "100 MB of output": "import sys\nfor _ in range(100): sys.stdout.write('x' * (1 << 20))\n" + GOOD,
    "100 MB of errors": "import os\nfor _ in range(100): os.write(2, b'x' * (1 << 20))\n" + GOOD,
    "magic": "%matplotlib inline\n!pip list\n" + GOOD,
    "all errors": GOOD + "np.seterr(all='raise')",
    "exit in the cell": GOOD + "raise SystemExit",
    "something at the end": GOOD + "import atexit\natexit.register(lambda: [0 for _ in iter(int, 1)])",
    "a thread in the cell": GOOD + "import threading\nthreading.Thread(target=print).start()",
    "clock turned back": GOOD + "import time\ntime.time = time.monotonic = lambda: 0.0",
    "seed of chance": GOOD + "np.random.seed(0)\nimport random\nrandom.seed(0)",
}


def in_a_function(body):
    return f"def entropy(p):\n{textwrap.indent(body.strip(), '    ')}\n"


def submissions(bank, folder):
    """Write the bank into a folder; which questions lose points by student, None if it is unreadable."""
    good = notebooks.right(bank, variant=1)  # in which no answer needs another one
    spoiled = {}

    def add(student, notebook, spoils=()):
        notebooks.save(notebook, folder / f"{student}.ipynb")
        spoiled[student] = set(spoils)

    for name, body in IN_A_FUNCTION.items():
        answers = {**good, "entropy": in_a_function(body)}
        add(f"h-{name}".replace("/", "-"), notebooks.filled("a1", answers), SPOILED.get(name, ["entropy"]))
    for name, source in HARMLESS.items():
        add(f"h-{name}", notebooks.filled("a1", {**good, "entropy": source}))
    for name, (change, spoils) in CHANGES.items():
        notebook = notebooks.filled("a1", good)
        change(notebook["cells"])
        add(f"h-{name}", notebook, spoils(good) if callable(spoils) else spoils)
    for name, write in FILES.items():
        write(folder, f"h-{name}")
        spoiled[f"h-{name}"] = None
    return spoiled


# Changed notebooks: what is done to the cells, and which questions that spoils


def _place(cells, grade_id):
    return next(
        i for i, cell in enumerate(cells) if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )


def _extra(source):
    return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source}


def _patched(source, before="a1-two-aces"):
    return lambda cells: cells.insert(_place(cells, before), _extra(source))


def _reverse(cells):
    cells.reverse()


def _split(cells):
    at = _place(cells, "a1-entropy-of-counts")
    first, second = dict(cells[at]), dict(cells[at])
    first["source"], second["source"] = (
        "def normalised(c):\n    return c[c > 0] / c.sum()\n",
        ("def entropy_of_counts(c):\n    p = normalised(c)\n    return -np.sum(p * np.log(p))\n"),
    )
    cells[at : at + 1] = [first, second]


def _duplicate(cells):
    """An old attempt stays above the new one."""
    at = _place(cells, "a1-entropy")
    cells.insert(at, {**cells[at], "source": "def entropy(p):\n    return 42.0\n"})


def _without_ids(cells):
    for cell in cells:
        cell["metadata"] = {}


def _delete(cells):
    del cells[_place(cells, "a1-entropy")]


def _delete_imports(cells):
    del cells[_place(cells, "a1-imports")]


def _odd_metadata(cells):
    for i, cell in enumerate(cells):
        if cell["cell_type"] != "code":
            cell["metadata"] = [None, 7, "x", {"nbgrader": 3}, {"nbgrader": {"grade_id": []}}][i % 5]


ALL = [question.name for question in ASSIGNMENTS["a1"].questions]
# Who forges the answer to the next question gets what was forged.
SPOILED = {"forged line": ALL[2:]}

# A line as the worker writes it, with 1.0 for an answer.
ONE = """ONE = b'{"value": {"array": ["float64", [], "AAAAAAAA8D8="]}, "changed": false}\\n'"""

# A timer's signal, sent at one place by hand: a timer that runs strikes at another place each time.
CLOCK = """import signal, sys
worker = sys._getframe(3).f_globals
signal.signal(signal.SIGALRM, lambda *a: 1 / 0)
strike = lambda: signal.raise_signal(signal.SIGALRM)
"""

CHANGES = {
    "reordered": (_reverse, []),
    "split cell": (_split, []),
    "duplicated id": (_duplicate, []),
    "ids lost": (_without_ids, []),
    "deleted answer": (_delete, ["entropy"]),
    "deleted imports": (_delete_imports, []),
    "odd metadata": (_odd_metadata, []),
    "name shadowed later": (_patched("entropy = 5\nnp.sum = None", "a1-entropies"), ["entropies"]),
    "allclose patched": (_patched("np.allclose = np.isclose = lambda *a, **k: True"), []),
    "log2 patched": (
        _patched("np.log2 = lambda *a, **k: 1.0"),
        lambda good: [name for name, source in good.items() if "np.log2" in source],
    ),
    "asarray patched": (_patched("np.asarray = lambda *a, **k: np.ones(3)"), ALL),
    "builtins patched": (
        _patched("import builtins\nbuiltins.len = builtins.isinstance = lambda *a: True"),
        [],  # the program in the sandbox stumbles over it; the cell is left out
    ),
    "json patched": (_patched("import json\njson.dumps = lambda *a, **k: '{}'"), ALL),
    "os._exit in a scratch cell": (_patched("import os\nos._exit(0)"), []),
    "endless scratch cell": (_patched("while True: pass"), []),
    "os.write patched": (
        _patched("import os\nos.write = lambda d, line, write=os.write: write(d, ONE)\n" + ONE),
        ALL,
    ),
    "fork patched": (_patched("import os\nos.fork = os._exit = lambda *a: 0"), []),
    "replies patched": (
        _patched("import sys\nchild = sys._getframe(3).f_globals\nchild['ask'] = lambda *a: 1.0"),
        ALL,
    ),
    "failures forged": (
        _patched(
            "import protocol\nprotocol.encode = lambda *a: "
            "{'failure': ['Stopped', 10 ** 17, -(10 ** 17), '<b>' * 10000]}"
        ),
        ALL,
    ),
    "a clock that strikes as an answer is sought": (
        _patched(CLOCK + "worker['ask'] = lambda *a, ask=worker['ask']: (strike(), ask(*a))[1]"),
        ALL,
    ),
    "a clock that strikes as the worker's own clock stops": (
        _patched(CLOCK + "signal.setitimer = lambda which, after, *again: after or strike()"),
        ALL,
    ),
    "a clock that strikes as an answer leaves": (
        _patched(CLOCK + "worker['write_all'] = lambda *a, write=worker['write_all']: (strike(), write(*a))"),
        [],  # no answer leaves any more; the cell is left out
    ),
    "endless comparison": (
        _patched("class A(np.ndarray):\n    def __array__(self, *a, **k):\n        while True: pass"),
        [],
    ),
    "the protocol patched": (
        _patched("import protocol\nprotocol.encode = lambda *a: {'nothing': True}"),
        ALL,
    ),
}


# Files that are no notebook


def _write(content):
    def write(folder, name):
        (folder / f"{name}.ipynb").write_bytes(content)

    return write


def _link(folder, name):
    (folder / f"{name}.ipynb").symlink_to("/etc/passwd")


def _link_to_folder(folder, name):
    (folder / name).symlink_to("/etc")


def _linked_inside(folder, name):
    (folder / name).mkdir()
    (folder / name / "a1_information_and_entropy.ipynb").symlink_to("../../../../../../etc/passwd")


def _fifo(folder, name):
    os.mkfifo(folder / f"{name}.ipynb")


def _zip_bomb(folder, name):
    with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.ipynb", b"0" * (100 << 20))


def _many(count):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "x = 1"}
    return json.dumps({"cells": [cell] * count}).encode()


def _empty_folder(folder, name):
    (folder / name).mkdir()


FILES = {
    "not JSON": _write(b"print('hello')"),
    "no bytes": _write(b""),
    "binary": _write(bytes(range(256)) * 100),
    "JSON of another thing": _write(b'{"cells": 3}'),
    "a list": _write(b"[1, 2, 3]"),
    "deep JSON": _write(b"[" * 200000),
    "deep notebook": _write(b'{"cells": ' + b"[" * 100000 + b"]" * 100000 + b"}"),
    "huge integers": _write(b'{"cells": [], "nbformat": ' + b"9" * 100000 + b"}"),
    "51 MB": _write(b'{"cells": [], "x": "' + b"x" * (51 << 20) + b'"}'),
    "many cells": _write(_many(2000)),
    "long source": _write(json.dumps({"cells": [{"cell_type": "code", "source": "#" * (1 << 19)}]}).encode()),
    "no answers": _write(_many(3)),
    "link": _link,
    "link to a folder": _link_to_folder,
    "link inside": _linked_inside,
    "pipe": _fifo,
    "zip bomb": _zip_bomb,
    "empty folder": _empty_folder,
}
