"""The wall around a submission: bubblewrap, limits, and a clock that runs outside.

A sandbox is one process of `worker.py` that serves job after job, each in namespaces of its own. It can read
the interpreter and NumPy, and nothing else; it can write nowhere; it has no network. `trusted` leaves
bubblewrap out."""

import atexit
import contextlib
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
from .cpu_wait import queued

HERE = Path(__file__).parent
LONGEST_OUTPUT = 16 * protocol.LONGEST_LINE
SHORT = 0.1  # seconds in the queue for a processor that are nothing to speak of
FLAGS = ("-E", "-s", "-S")  # no settings, no packages but those beside the program
READY, OVER, SPENT = b"+", b".", b"!"  # what worker.py says when it is there, and at the end of a job


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    seconds: float = 1.0  # of the processor, for each cell and each call
    patience: float = 4.0  # on the clock but for what a busy machine takes, for each cell and each call
    total: int = 30  # on the clock and of the processor, for everything
    memory: int = 1 << 30  # bytes
    trusted: bool = False


class Ended(Exception):
    """The code behind the wall gives no answer any more."""


class Lost(Exception):
    """The wall itself went down, which is no fault of the code behind it."""


class Sandbox:
    """One process behind the wall: `ask`, then `reply` for each cell and call, then `finish`."""

    def __init__(self, limits):
        self.limits, self.alive, self.fresh, self.over, self.words = limits, True, True, False, b""
        self.until, self.queued = math.inf, 0.0
        self.folder = contextlib.ExitStack()
        if limits.trusted:
            folder = tempfile.TemporaryDirectory(prefix="cecourse-")
            command, settings = _plain(self.folder.enter_context(folder))
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
        """Hand over one job, all of whose replies must be there at a time of the monotonic clock."""
        content = json.dumps(steps).encode("ascii")
        content = b"j" + len(content).to_bytes(8, "big") + content
        self.pending, self.received, self.over = b"", 0, False
        self.until, self.queued = until, 0.0
        if READY in self.words:
            self.words = READY  # what was said about the job before
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
        """The next line of the answer as a tree; Ended if there is none in time."""
        deadline = self._deadline()
        while b"\n" not in self.pending:
            if self.over:
                raise self._end()
            try:
                ready = _wait(deadline, self.answers, self.status)
            except Ended:
                if not (more := self._more_time()):
                    raise
                deadline += more
                continue
            self.over = self.status in ready and self._ends()
            self.pending += self._listen(self.answers)
        self.fresh = False
        text, self.pending = self.pending.split(b"\n", 1)
        return protocol.read(text)

    def finish(self):
        """Wait until nothing of the job is alive; then the sandbox may serve the next one."""
        deadline = self._deadline()
        try:
            while not self.over:
                _wait(deadline, self.status)
                self.over = self._ends()
            while self._listen(self.answers):
                pass
        except Ended:
            self.close()
        if not self.words.endswith(OVER) or self.process.poll() is not None:
            self.close()

    def close(self):
        """End everything behind the wall."""
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
        """A fresh sandbox has to import NumPy first."""
        start = 20 if self.fresh else 0
        return min(time.monotonic() + self.limits.patience, self.until) + start

    def _more_time(self):
        """What the machine took from this job since it was last asked; the clock then goes on for as long."""
        before, self.queued = self.queued, queued(self.process.pid)
        more = self.queued - before
        self.until += more
        return more if more > SHORT else 0.0

    def _ends(self):
        """Whether the status says that the job is over, or can say nothing any more."""
        part = self._listen(self.status)
        return not part or part.endswith((OVER, SPENT))

    def _end(self):
        """Why there is no answer: the program says at the end of each job that it is over."""
        if self.words.endswith((OVER, SPENT)):
            return Ended("ended")
        by_itself = READY not in self.words and self.process.wait() >= 0
        return Ended("no start") if by_itself else Lost("the sandbox was ended")

    def _listen(self, descriptor):
        """What is there now; b"" where nothing is or will be."""
        try:
            part = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            return b""
        if descriptor == self.status:
            self.words += part
        else:
            self.received += len(part)
            if self.received > LONGEST_OUTPUT or len(self.pending) > protocol.LONGEST_LINE:
                raise Ended("too much output")
        return part


def _wait(deadline, *readable, writable=None):
    """The descriptors that are ready; Ended at the deadline."""
    with selectors.DefaultSelector() as selector:
        for descriptor in readable:
            selector.register(descriptor, selectors.EVENT_READ)
        if writable is not None:
            selector.register(writable, selectors.EVENT_WRITE)
        ready = selector.select(max(0.0, deadline - time.monotonic()))
    if not ready:
        raise Ended("too slow")
    return [key.fd for key, _ in ready]


# Walls


def _files():
    """What the other side sees of the course: the program, what it speaks, and NumPy. Name to place."""
    package = Path(numpy.__file__).parent
    places = [HERE / name for name in ("worker.py", "protocol.py", "seccomp.py")]
    places += [package, package.with_name("numpy.libs")]
    return {place.name: place for place in places if place.exists()}


def _plain(folder):
    """The command without a wall; what would be mounted is copied, NumPy linked."""
    for name, place in _files().items():
        if place.is_dir():
            Path(folder, name).symlink_to(place)
        else:
            shutil.copy(place, folder)
    return [sys.executable, *FLAGS, f"{folder}/worker.py"], {"warm": False, "unprivileged": False}


def _bubblewrap():
    """The command behind the wall. Root starts as root and leaves it inside: limits do not hold for root."""
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
        command += ["--dir", folder]  # or bwrap makes it for its own user alone
    for target, place in mounts.items():
        command += ["--ro-bind", place, target]
    for name in ("lib", "lib64"):
        if os.path.islink(f"/{name}"):
            command += ["--symlink", f"usr/{name}", f"/{name}"]
        elif os.path.isdir(f"/{name}"):
            command += ["--ro-bind", f"/{name}", f"/{name}"]
    for folder in _foreign_packages():
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


def _foreign_packages():
    """Installed packages among those folders, the course perhaps one of them: they stay empty inside."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    roots = [Path(sys.base_prefix, "lib", version), Path("/usr/lib", version), Path("/usr/lib/python3")]
    folders = [root / name for root in roots for name in ("site-packages", "dist-packages")]
    return sorted({str(folder) for folder in folders if folder.is_dir()})


# The sandboxes of this process, each used by one thread at a time

_idle = queue.LifoQueue()
_alive = weakref.WeakSet()
_abandoned = threading.Event()
# A sandbox dies with the thread that started it, so that none outlives the grader: one thread for all.
_starter = ThreadPoolExecutor(1, thread_name_prefix="sandboxes")


@contextlib.contextmanager
def borrowed(limits):
    """A sandbox for one job, kept for the next one if it is still good."""
    sandbox = _take(limits)
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


def _take(limits):
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
def abandoned():
    """Meanwhile no sandbox is had: those that run are ended in the middle of what they do."""
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
    """End the sandboxes that wait."""
    with contextlib.suppress(queue.Empty):
        while True:
            _idle.get_nowait().close()


def complaint(limits):
    """Why no sandbox can be had here, or None. Tried, not guessed."""
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
        except (Ended, Lost):
            given = f"bwrap does not start here ({sandbox.words.decode(errors='replace').strip()[-300:]})"
    return (
        f"{given}; expected bubblewrap, behind which submissions are graded. Install it (Debian, Ubuntu: apt "
        "install bubblewrap) where user namespaces are permitted; for code that you have read, add --trusted."
    )
