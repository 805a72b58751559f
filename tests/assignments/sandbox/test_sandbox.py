"""What code in the sandbox can see, and what it cannot do."""

import errno
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cecourse.assignments.sandbox import protocol, sandbox, seccomp
from cecourse.assignments.sandbox.protocol import Failure
from cecourse.assignments.sandbox.sandbox import Limits, NoReply, SandboxKilled
from tests.assignments.banks.__main__ import left_behind

pytestmark = pytest.mark.sandbox
OTHER_PACKAGES = sandbox._other_packages()[0]
PATIENT = Limits(seconds=20, clock_seconds=60)


def answer(source, limits=PATIENT):
    """What `f()` returns in the sandbox."""
    with sandbox.borrowed(limits) as box:
        box.ask([{"run": source, "cell": 1}, {"ask": "f", "call": True, "inputs": [[]]}])
        assert protocol.decode(box.reply()["value"]) is None
        return protocol.decode(box.reply()["value"])


def test_it_sees_the_interpreter_and_numpy_and_no_file_of_the_course():
    files = """
import os
def walk():
    return [os.path.join(folder, name) for folder, _, names in os.walk('/') for name in names]
"""
    places = answer(f"""{files}
def f():
    return sorted({{'/'.join(file.split('/')[:3]) for file in walk()}})
""")
    allowed = ("/packages", "/lib", "/usr/lib", sys.base_prefix, os.path.realpath(sys.executable))
    assert [
        place for place in places if not any(a.startswith(place) or place.startswith(a) for a in allowed)
    ] == []
    course = answer(f"""{files}
def f():
    marks = ('cecourse', 'ipynb', 'grades.csv', 'a1.py', 'judging')
    return [file for file in walk() if any(mark in file for mark in marks)]
""")
    assert course == []


def test_it_is_nobody_without_capabilities():
    user, _ = answer("import os\ndef f(): return [os.getuid(), len(os.getgroups())]")
    assert user == 65534


@pytest.mark.parametrize(
    "deed",
    [
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "threading.Thread(target=print).start()",
        "open('/packages/mine', 'w')",
        "open('/tmp/mine', 'w')",
        "open('/dev/shm/mine', 'w')",
        "open('/proc/self/environ')",
        "open('/etc/passwd')",
        "os.setuid(0)",
        "os.chroot('/')",
        "resource.setrlimit(resource.RLIMIT_NPROC, (100, 100))",
        "socket.create_connection(('127.0.0.1', 22), 1)",
        "socket.getaddrinfo('example.org', 80)",
        "os.kill(2, 9)",
        "os.memfd_create('mine')",
        "socket.socketpair()",
        f"os.mkdir('{OTHER_PACKAGES}/mine')",
    ],
)
def test_it_cannot(deed):
    value = answer(f"import os, socket, threading, resource\ndef f():\n    {deed}\n    return 'done'")
    assert isinstance(value, Failure), value


@pytest.mark.skipif(
    os.uname().machine not in seccomp.ARCHITECTURES, reason="its numbers are not in the table"
)
def test_it_can_make_none_of_the_forbidden_calls():
    """Asked with arguments that mean nothing, another refusal than this one would say so."""
    column = seccomp.ARCHITECTURES[os.uname().machine][1]
    numbers = {name: row[column] for name, row in seccomp.FORBIDDEN.items() if row[column] is not None}
    again = {f"{name} of the other table": number + seccomp.ANOTHER_TABLE for name, number in numbers.items()}
    errors = answer(f"""
import ctypes
def f():
    libc, errors = ctypes.CDLL(None, use_errno=True), []
    for number in {[*numbers.values(), *again.values()]}:
        errors.append(ctypes.get_errno() if libc.syscall(number, -1, 0, 0, 0, 0) == -1 else 0)
    return errors
""")
    permitted = {name for name, error in zip([*numbers, *again], errors, strict=True) if error != errno.EPERM}
    assert permitted == set()


def test_what_is_forbidden_is_numbered_as_the_kernel_numbers_it():
    """Where the headers of the kernel are installed."""
    for machine, header in (
        ("x86_64", "x86_64-linux-gnu/asm/unistd_64.h"),
        ("aarch64", "asm-generic/unistd.h"),
    ):
        path = Path("/usr/include", header)
        if path.exists():
            numbers = dict(re.findall(r"#define __NR_(\w+)\s+(\d+)", path.read_text()))
            column = seccomp.ARCHITECTURES[machine][1]
            table = {name: row[column] for name, row in seccomp.FORBIDDEN.items()}
            known = {name: int(numbers[name]) if name in numbers else None for name in table}
            assert table == known


def test_one_job_knows_nothing_of_the_one_before():
    assert answer("import sys\nsys.mine = 'secret'\ndef f(): return sys.mine") == "secret"
    assert answer("import sys\ndef f(): return getattr(sys, 'mine', 'clean')") == "clean"


def test_no_job_can_be_read_by_the_one_before():
    """The pipe of the jobs is closed before a student's code runs."""
    value = answer("""
import os, stat
def f():
    return [d for d in range(300) if _is_pipe(d)]
def _is_pipe(d):
    try:
        return stat.S_ISFIFO(os.fstat(d).st_mode)
    except OSError:
        return False
""")
    assert len(value) == 1  # the way out


def test_a_sleeper_is_stopped_by_the_clock_outside_and_leaves_no_process():
    limits = Limits(clock_seconds=0.5)
    answer("def f(): return None", limits)  # from now on the sandbox is warm
    with pytest.raises(NoReply, match="too slow"):
        answer("import time\ndef f(): time.sleep(60)", limits)
    sandbox.close_all()
    assert left_behind() == []


def test_a_sandbox_outlives_the_thread_that_first_used_it():
    """Bubblewrap dies with the thread that starts it; that must not be in the middle of the next job."""
    sandbox.close_all()
    thread = threading.Thread(target=answer, args=("def f(): return 1.0",))
    thread.start()
    thread.join()
    with sandbox.borrowed(PATIENT) as box:
        with pytest.raises(subprocess.TimeoutExpired):
            box.process.wait(0.3)
        assert not box.fresh


@pytest.mark.parametrize("fresh", [True, False])
def test_a_sandbox_that_was_ended_from_outside_is_told_from_one_that_ends_itself(fresh):
    sandbox.close_all()
    if not fresh:
        answer("def f(): return None")
    with sandbox.borrowed(PATIENT) as box:
        box.ask([{"run": "import time; time.sleep(60)", "cell": 1}])
        os.killpg(box.process.pid, signal.SIGKILL)
        with pytest.raises(SandboxKilled):
            box.reply()
    assert not box.alive
    assert answer("def f(): return 1.0") == 1


def test_time_in_the_queue_for_a_processor_does_not_count():
    """Two busy neighbours on the same processor leave the code a third of it."""
    limits = Limits(seconds=20, clock_seconds=0.6)
    work = "import time\ndef f():\n    while time.process_time() < 0.4: pass\n    return 1.0"
    one = {min(os.sched_getaffinity(0))}
    source = f"import os\nos.sched_setaffinity(0, {one})\n{work}"
    answer("def f(): return None", limits)
    busy = [sys.executable, "-c", f"import os\nos.sched_setaffinity(0, {one})\nwhile True: pass"]
    neighbours = [subprocess.Popen(busy) for _ in range(2)]
    try:
        assert answer(source, limits) == 1
    finally:
        for neighbour in neighbours:
            neighbour.kill()
            neighbour.wait()


def test_a_job_has_no_more_time_than_it_was_given():
    answer("def f(): return None")
    with sandbox.borrowed(PATIENT) as box:
        box.ask([{"run": "import time; time.sleep(60)", "cell": 1}], until=time.monotonic() + 0.3)
        with pytest.raises(NoReply, match="too slow"):
            box.reply()
    assert not box.alive


def test_where_the_kernel_grants_no_namespaces_each_job_has_a_process_of_its_own(monkeypatch):
    whole = sandbox._bubblewrap

    def cold():
        command, settings = whole()
        return command, {**settings, "warm": False}

    monkeypatch.setattr(sandbox, "_bubblewrap", cold)
    sandbox.close_all()
    for name in ("one", "two"):
        with sandbox.borrowed(PATIENT) as box:
            box.ask([{"run": f"mine = '{name}'", "cell": 1}, {"ask": "mine", "call": False, "inputs": [[]]}])
            box.reply()
            assert protocol.decode(box.reply()["value"]) == name
        assert not box.alive


def test_trusted_code_runs_without_a_wall_and_without_the_course():
    limits = Limits(trusted=True, clock_seconds=60)
    assert answer("def f(): return float(np.sum([1, 2]))", limits) == 3
    value = answer("def f():\n    import cecourse", limits)
    assert value == Failure("ModuleNotFoundError", 1, 2, "cecourse")


def test_without_bubblewrap_it_says_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    message = sandbox.why_unavailable(Limits())
    assert "bwrap was not found" in message
    assert "apt install bubblewrap" in message
    assert "--trusted" in message
    assert sandbox.why_unavailable(Limits(trusted=True)) is None


@pytest.mark.parametrize("deed", ["os._exit(0)", "os._exit(1)", "os.abort()"])
def test_the_very_first_job_of_a_sandbox_may_end_itself(deed):
    sandbox.close_all()
    with pytest.raises(NoReply, match=r"^ended$"):
        answer(f"import os\n{deed}")
    assert answer("def f(): return 1.0") == 1


@pytest.mark.parametrize("deed", ["os.killpg(0, 9)", "os.kill(1, 9)", "os.kill(0, 9)"])
def test_signals_reach_nothing_outside(deed):
    sandbox.close_all()
    with sandbox.borrowed(PATIENT) as box:
        box.ask([{"run": f"import os\n{deed}", "cell": 1}])
        box.reply()
    assert box.alive
