"""The program inside the sandbox: runs the cells of one submission and calls what they define.

    python -E -s -S worker.py NULL SETTINGS

NULL is the number of an open file, /dev/null. Standard input brings jobs: one byte, eight bytes of length,
then JSON. Replies are lines of JSON on standard output, one for each cell and each call of a job. Standard
error is the status: + when this program has started; then, when a job is over and no process of it is alive,
a full stop, or ! if there will be no other job.

This process imports NumPy once and never reads a job: it forks, and the fork, in its own namespaces (no other
process is visible, no network, no shared memory), reads the job, closes the files that it shares with this
process, and only then runs a student's code. Where the kernel does not permit such namespaces, the process
runs one job only."""

import contextlib
import fcntl
import json
import os
import resource
import signal
import sys
from types import ModuleType

NOBODY = 65534
NO_SECOND_TRY = ("TimeoutError", "MemoryError")  # with other arguments they would take as long again


class TooSlow(BaseException):
    """The time for one step is over; not an Exception, so that `except Exception` does not swallow it."""


def main(null, settings):
    """Serve jobs until there are no more."""
    if settings["unprivileged"]:
        become_nobody()
    warm = settings["warm"] and os.waitstatus_to_exitcode(in_fork(in_new_namespaces)) == 0
    os.write(2, b"+")
    while os.read(0, 1):
        if not warm:
            in_fork(serve, null, settings)
            os.write(2, b"!")
            return
        in_fork(in_new_namespaces, serve, null, settings)
        os.write(2, b".")


def become_nobody():
    """Leave root, if this is root: limits on processes do not hold for it."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def in_fork(function, *arguments):
    """Call the function in a fork and wait for its end; its exit status."""
    child = os.fork()
    if child == 0:
        try:
            function(*arguments)
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def in_new_namespaces(function=lambda: None, *arguments):
    """Call the function in the first process of new namespaces, without capabilities; when it ends, every
    process in them ends."""
    libc = seccomp.library()
    seccomp.new_namespaces(libc)
    seccomp.drop_capabilities(libc)
    if os.waitstatus_to_exitcode(in_fork(function, *arguments)) != 0:
        raise ChildProcessError


def serve(null, settings):
    """Read one job and answer it, step by step."""
    job = json.loads(read_exactly(int.from_bytes(read_exactly(8), "big")))
    results = fcntl.fcntl(1, fcntl.F_DUPFD, 100)
    for shared in (0, 1, 2):
        os.dup2(null, shared)
    os.closerange(3, results)
    os.setsid()  # else a signal to the process group would reach processes outside these namespaces
    set_limits(settings)
    names = ModuleType("__main__")
    sys.modules["__main__"] = names
    exec("import numpy as np", names.__dict__)
    cells.prepare(names.__dict__)
    for step in job:
        for reply in replies(step, names.__dict__, settings["seconds"]):
            write_all(results, protocol.to_line(reply))


def read_exactly(size):
    """Exactly so many bytes of standard input."""
    content = b""
    while len(content) < size:
        part = os.read(0, size - len(content))
        if not part:
            raise EOFError
        content += part
    return content


def write_all(descriptor, content):
    while content:
        content = content[os.write(descriptor, content) :]


def set_limits(settings):
    """Limit what one submission can use: no new process, no new file, so much memory and time."""
    for what, most in (
        (resource.RLIMIT_CPU, settings["total"]),
        (resource.RLIMIT_AS, settings["memory"]),
        (resource.RLIMIT_NPROC, 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 128),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    seccomp.forbid_calls(seccomp.library())
    signal.signal(signal.SIGPROF, raise_too_slow)


def raise_too_slow(*_):
    raise TooSlow


def replies(step, names, seconds):
    """Run a cell, or call a function with one list of arguments after the other."""
    if "run" in step:
        yield {"value": attempt(cells.run, seconds, step["run"], step["cell"], names)[0]}
        return
    given_up = False
    for given in step["inputs"]:
        arguments = [protocol.decode(argument) for argument in given]
        if not given_up:
            value, given_up = attempt(ask, seconds, step["ask"], step["call"], arguments, names)
        changed = [protocol.encode(argument) for argument in arguments] != given
        yield {"value": value, "changed": changed}


def ask(name, call, arguments, names):
    if name not in names:
        return protocol.Failure("NameError", name=name)
    return names[name](*arguments) if call else names[name]


def attempt(function, seconds, *arguments):
    """What the function returns, or how it failed, in at most so many seconds of processor time, as JSON
    data; and whether another call would be useless."""
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, 0.2)
        try:
            return protocol.encode(function(*arguments)), False
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except TooSlow:
        wrong = protocol.Failure("TimeoutError")
    except BaseException as error:
        wrong = failure(error)
    return protocol.encode(wrong), wrong.kind in NO_SECOND_TRY


def failure(error):
    """The exception without its text, which could carry hidden inputs out."""
    cell, line = location(error)
    name = getattr(error, "name", "")
    known = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
    return protocol.Failure(known[0], cell, line, name if isinstance(name, str) else "")


def location(error):
    """The cell and line of the student's code that raised the exception."""
    found = (0, 0)
    if isinstance(error, SyntaxError) and str(error.filename).startswith("<cell "):
        return int(error.filename[6:-1]), error.lineno or 0
    trace = error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith("<cell "):
            found = int(file[6:-1]), trace.tb_lineno
        trace = trace.tb_next
    return found


if __name__ == "__main__":
    # These stand beside this program in the sandbox, as NumPy does.
    import cells
    import protocol
    import seccomp

    with contextlib.suppress(BrokenPipeError):
        main(int(sys.argv[1]), json.loads(sys.argv[2]))
