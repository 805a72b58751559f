"""Runs a submission in bubblewrap, with limits, and with a clock that runs outside.

A sandbox is one process of `worker.py` that runs one job after the other, each in its own Linux namespaces.
It can read the interpreter and NumPy, and nothing else; it cannot write any file; it has no network.
`trusted` leaves bubblewrap out."""

import atexit
import contextlib
import importlib.util
import json
import math
import os
import queue
import selectors
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy

from . import protocol
from .cpu_wait import seconds_waited

HERE = Path(__file__).parent
LONGEST_OUTPUT = 16 * protocol.LONGEST_LINE
SHORT = 0.1  # seconds of waiting for a processor that do not matter
FLAGS = ("-E", "-s", "-S")  # no settings, no packages but those beside the program
READY, OVER, SPENT = b"+", b".", b"!"  # what worker.py writes when it has started, and at the end of a job


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    seconds: float = 1.0  # of processor time, for each cell and each call
    clock_seconds: float = 4.0  # less the time waited for a processor, for each cell and each call
    total: int = 30  # on the clock and of processor time, for the whole submission
    memory: int = 1 << 30  # bytes
    trusted: bool = False


class NoReply(Exception):
    """The student's code gives no further reply."""


class SandboxKilled(Exception):
    """The sandbox was killed from outside, which is not the fault of the student's code."""


class Sandbox:
    """One sandboxed process: `ask`, then `reply` for each cell and call, then `finish`."""

    def __init__(self, limits):
        self.limits, self.alive, self.fresh, self.over, self.words = limits, True, True, False, b""
        self.until, self.waited = math.inf, 0.0
        self.folder = contextlib.ExitStack()
        if limits.trusted:
            folder = tempfile.TemporaryDirectory(prefix="cecourse-")
            command, settings = _without_bubblewrap(self.folder.enter_context(folder))
        else:
            command, settings = _bubblewrap()
        with open(os.devnull, "r+b") as null:
            self.process = subprocess.Popen(
                [*command, str(null.fileno()), json.dumps({**asdict(limits), **settings})],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=[null.fileno()],
                env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
                cwd="/",
                start_new_session=True,
            )
        self.jobs, self.answers, self.status = (
            pipe.fileno() for pipe in (self.process.stdin, self.process.stdout, self.process.stderr)
        )
        for descriptor in (self.jobs, self.answers, self.status):
            os.set_blocking(descriptor, False)

    def ask(self, steps, until=math.inf):
        """Send one job; all its replies must have come by `until`, a time of the monotonic clock."""
        content = json.dumps(steps).encode("ascii")
        content = b"j" + len(content).to_bytes(8, "big") + content
        self.pending, self.received, self.over = b"", 0, False
        self.until, self.waited = until, 0.0
        if READY in self.words:
            self.words = READY  # drop the status of the job before
        deadline = self._deadline()
        while content:
            _wait(deadline, writable=self.jobs)
            try:
                content = content[os.write(self.jobs, content) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                self._listen(self.status)
                raise self._end() from None

    def reply(self):
        """The next reply as JSON data; NoReply if there is none in time."""
        deadline = self._deadline()
        while b"\n" not in self.pending:
            if self.over:
                raise self._end()
            try:
                ready = _wait(deadline, self.answers, self.status)
            except NoReply:
                if not (more := self._more_time()):
                    raise
                deadline += more
                continue
            self.over = self.status in ready and self._ends()
            self.pending += self._listen(self.answers)
        self.fresh = False
        text, self.pending = self.pending.split(b"\n", 1)
        return protocol.parse_json(text)

    def finish(self):
        """Wait until no process of the job is alive; then the sandbox can run the next one."""
        deadline = self._deadline()
        try:
            while not self.over:
                _wait(deadline, self.status)
                self.over = self._ends()
            while self._listen(self.answers):
                pass
        except NoReply:
            self.close()
        if not self.words.endswith(OVER) or self.process.poll() is not None:
            self.close()

    def close(self):
        """End every process of the sandbox."""
        self.alive = False
        self.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError):
                pipe.close()
        self.folder.close()

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, 9)

    def _deadline(self):
        """The time of the next reply; a new sandbox has to import NumPy first."""
        start = 20 if self.fresh else 0
        return min(time.monotonic() + self.limits.clock_seconds, self.until) + start

    def _more_time(self):
        """Seconds that this job waited for a processor since the last call, which the deadline then allows
        for."""
        before, self.waited = self.waited, seconds_waited(self.process.pid)
        more = self.waited - before
        self.until += more
        return more if more > SHORT else 0.0

    def _ends(self):
        """Whether the job is over, or the process that reports it is gone."""
        part = self._listen(self.status)
        return not part or part.endswith((OVER, SPENT))

    def _end(self):
        """The exception that tells why there is no reply."""
        if self.words.endswith((OVER, SPENT)):
            return NoReply("ended")
        by_itself = READY not in self.words and self.process.wait() >= 0
        return NoReply("no start") if by_itself else SandboxKilled("the sandbox was ended")

    def _listen(self, descriptor):
        """The bytes that can be read now; b"" if there are none."""
        try:
            part = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            return b""
        if descriptor == self.status:
            self.words += part
        else:
            self.received += len(part)
            if self.received > LONGEST_OUTPUT or len(self.pending) > protocol.LONGEST_LINE:
                raise NoReply("too much output")
        return part


def _wait(deadline, *readable, writable=None):
    """The descriptors that are ready; NoReply at the deadline."""
    with selectors.DefaultSelector() as selector:
        for descriptor in readable:
            selector.register(descriptor, selectors.EVENT_READ)
        if writable is not None:
            selector.register(writable, selectors.EVENT_WRITE)
        ready = selector.select(max(0.0, deadline - time.monotonic()))
    if not ready:
        raise NoReply("too slow")
    return [key.fd for key, _ in ready]


# Commands that start a sandbox


def _files():
    """The files that a sandbox sees, by name: the worker, the modules it imports, and NumPy."""
    numpy_package = Path(numpy.__file__).parent
    places = [HERE / name for name in ("worker.py", "cells.py", "protocol.py", "seccomp.py")]
    places += [numpy_package, numpy_package.with_name("numpy.libs")]
    (ipython,) = importlib.util.find_spec("IPython").submodule_search_locations
    translation = ("core/inputtransformer2.py", "utils/tokenutil.py")
    files = {place.name: place for place in places if place.exists()}
    return files | {f"IPython/{name}": Path(ipython, name) for name in translation}


def _without_bubblewrap(folder):
    """The command without bubblewrap; the files are copied to a folder, NumPy is linked."""
    for name, place in _files().items():
        target = Path(folder, name)
        if place.is_dir():
            target.symlink_to(place)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(place, target)
    return [sys.executable, *FLAGS, f"{folder}/worker.py"], {"warm": False, "unprivileged": False}


def _bubblewrap():
    """The command with bubblewrap. If root starts it, the worker gives up root inside: limits do not hold for
    root."""
    root = os.geteuid() == 0
    interpreter = os.path.realpath(sys.executable)
    command = [shutil.which("bwrap") or "bwrap", "--die-with-parent", "--new-session", "--clearenv"]
    command += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    command += ["--hostname", "sandbox", "--cap-drop", "ALL"]
    command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"] if root else _another_user()
    command += ["--setenv", "OPENBLAS_NUM_THREADS", "1", "--setenv", "OMP_NUM_THREADS", "1"]
    mounts = {folder: folder for folder in _interpreter_folders(interpreter)}
    mounts |= {f"/packages/{name}": str(place) for name, place in _files().items()}
    for folder in sorted({str(parent) for target in mounts for parent in Path(target).parents}):
        command += ["--dir", folder]  # bwrap itself would make it readable for its own user only
    for target, place in mounts.items():
        command += ["--ro-bind", place, target]
    for name in ("lib", "lib64"):
        if os.path.islink(f"/{name}"):
            command += ["--symlink", f"usr/{name}", f"/{name}"]
        elif os.path.isdir(f"/{name}"):
            command += ["--ro-bind", f"/{name}", f"/{name}"]
    for folder in _other_packages():
        command += ["--tmpfs", folder, "--remount-ro", folder]
    command += ["--remount-ro", "/", "--chdir", "/", "--", interpreter, *FLAGS, "/packages/worker.py"]
    return command, {"warm": True, "unprivileged": True}


def _another_user():
    return ["--unshare-user", "--uid", "65534", "--gid", "65534"]


def _interpreter_folders(interpreter):
    """Where the interpreter, its standard library and the system's shared libraries are."""
    base = Path(sys.base_prefix)
    folders = ["/usr/lib", "/usr/lib64", interpreter, str(base / "lib")]
    return sorted({folder for folder in folders if os.path.exists(folder)})


def _other_packages():
    """Folders of installed packages, perhaps the course among them: inside the sandbox they are empty."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    roots = [Path(sys.base_prefix, "lib", version), Path("/usr/lib", version), Path("/usr/lib/python3")]
    folders = [root / name for root in roots for name in ("site-packages", "dist-packages")]
    return sorted({str(folder) for folder in folders if folder.is_dir()})


# The sandboxes of this process, each used by one thread at a time

_idle = queue.LifoQueue()
_alive = weakref.WeakSet()
_abandoned = threading.Event()
# bubblewrap ends with the thread that started it, so that no sandbox outlives the grader: one thread starts
# them all.
_starter = ThreadPoolExecutor(1, thread_name_prefix="sandboxes")


@contextlib.contextmanager
def borrowed(limits):
    """A sandbox from the pool for one job; it goes back to the pool if it still works."""
    sandbox = _from_pool(limits)
    good = False
    try:
        yield sandbox
        good = True
    finally:
        if good or sandbox.over:
            sandbox.finish()
        else:
            sandbox.close()
        if sandbox.alive:
            _idle.put(sandbox)


def _from_pool(limits):
    with contextlib.suppress(queue.Empty):
        while True:
            sandbox = _idle.get_nowait()
            if sandbox.limits == limits and sandbox.process.poll() is None:
                return sandbox
            sandbox.close()
    sandbox = _starter.submit(Sandbox, limits).result()
    _alive.add(sandbox)
    if _abandoned.is_set():
        sandbox.close()
        raise RuntimeError("grading was stopped")
    return sandbox


@contextlib.contextmanager
def all_killed():
    """Kill every running sandbox, and start none until the context ends."""
    _abandoned.set()
    for sandbox in list(_alive):
        if sandbox.alive:
            sandbox.kill()
    try:
        yield
    finally:
        _abandoned.clear()


@atexit.register
def close_all():
    """End the idle sandboxes of the pool."""
    with contextlib.suppress(queue.Empty):
        while True:
            _idle.get_nowait().close()


def why_unavailable(limits):
    """Why no sandbox can be started on this machine, or None; found by starting one."""
    if importlib.util.find_spec("IPython") is None:
        return (
            "The package IPython was not found; expected it, because cells may hold its magics. "
            "Install it: pip install ipython"
        )
    if limits.trusted:
        return None
    if shutil.which("bwrap") is None:
        given = "The program bwrap was not found"
    else:
        try:
            with borrowed(limits) as sandbox:
                sandbox.ask([{"run": "2 + 2", "cell": 1}])
                sandbox.reply()
            return None
        except (NoReply, SandboxKilled):
            given = f"bwrap does not start here ({sandbox.words.decode(errors='replace').strip()[-300:]})"
    return (
        f"{given}; expected bubblewrap, in which submissions are graded. Install it (Debian, Ubuntu: apt "
        "install bubblewrap) where user namespaces are permitted; for code that you have read, add --trusted."
    )
