"""The program inside the sandbox: runs the cells of one submission and calls what they define.

    python -E -s -S worker.py NULL SETTINGS

NULL is an open file that swallows everything. For each byte on standard input one job follows there (eight
bytes of length, then JSON); answers leave as lines of JSON on standard output, one per cell and per call of
the job. Standard error says + when this program is there; then for each job that it is over, and that nothing
of it is alive: a full stop, or ! if there will be no other job.

This process imports NumPy once and never sees a job: it forks, and the fork, alone in namespaces of its own
(no other process to see, no network, no shared memory), reads the job, closes what it shares with this
process, and only then runs what a student wrote. Where the kernel does not grant such namespaces, one job is
the process's only one."""

import contextlib
import fcntl
import json
import os
import re
import resource
import signal
import sys
from types import ModuleType

NOBODY = 65534
HOPELESS = ("TimeoutError", "MemoryError")  # would only take as long again with other arguments
MAGIC = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)


class TooSlow(BaseException):
    """The time for one step is over; no Exception, so that `except Exception` does not swallow it."""


def main(null, settings):
    """Serve jobs until there are no more."""
    if settings["unprivileged"]:
        become_nobody()
    warm = settings["warm"] and os.waitstatus_to_exitcode(forked(alone)) == 0
    os.write(2, b"+")
    while os.read(0, 1):
        if not warm:
            forked(serve, null, settings)
            os.write(2, b"!")
            return
        forked(alone, serve, null, settings)
        os.write(2, b".")


def become_nobody():
    """Leave root, if this is root: limits on processes do not hold for it."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def forked(function, *arguments):
    """Call the function in a fork and wait for its end; its exit status."""
    child = os.fork()
    if child == 0:
        try:
            function(*arguments)
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def alone(function=lambda: None, *arguments):
    """Call the function as the first process of new namespaces, without any capability; when it ends, all
    end."""
    libc = seccomp.library()
    seccomp.new_namespaces(libc)
    seccomp.drop_capabilities(libc)
    if os.waitstatus_to_exitcode(forked(function, *arguments)) != 0:
        raise ChildProcessError


def serve(null, settings):
    """Read one job and answer it, step by step."""
    job = json.loads(exactly(int.from_bytes(exactly(8), "big")))
    results = fcntl.fcntl(1, fcntl.F_DUPFD, 100)
    for shared in (0, 1, 2):
        os.dup2(null, shared)
    os.closerange(3, results)
    os.setsid()  # or a signal to the group would reach the processes outside these namespaces
    limit(settings)
    names = ModuleType("__main__")
    sys.modules["__main__"] = names
    exec("import numpy as np", names.__dict__)
    for step in job:
        for reply in replies(step, names.__dict__, settings["seconds"]):
            os_write(results, protocol.line(reply))


def exactly(size):
    """So many bytes of standard input."""
    content = b""
    while len(content) < size:
        part = os.read(0, size - len(content))
        if not part:
            raise EOFError
        content += part
    return content


def os_write(descriptor, content):
    while content:
        content = content[os.write(descriptor, content) :]


def limit(settings):
    """What one submission may use: no process, no file, so much memory, and in all so much time."""
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
    signal.signal(signal.SIGPROF, stop)


def stop(*_):
    raise TooSlow


def replies(step, names, seconds):
    """Run a cell, or call a function with one list of arguments after the other."""
    if "run" in step:
        yield {"value": attempt(run, seconds, step["run"], step["cell"], names)[0]}
        return
    hopeless = False
    for given in step["inputs"]:
        arguments = [protocol.decode(argument) for argument in given]
        if not hopeless:
            value, hopeless = attempt(ask, seconds, step["ask"], step["call"], arguments, names)
        changed = [protocol.encode(argument) for argument in arguments] != given
        yield {"value": value, "changed": changed}


def run(source, cell, names):
    """Run a cell; where it is no Python, without the lines that only a notebook understands."""
    try:
        code = compile(source, f"<cell {cell}>", "exec")
    except SyntaxError:
        code = compile(MAGIC.sub(r"\1pass", source), f"<cell {cell}>", "exec")
    exec(code, names)


def ask(name, call, arguments, names):
    if name not in names:
        return protocol.Failure("NameError", name=name)
    return names[name](*arguments) if call else names[name]


def attempt(function, seconds, *arguments):
    """What the function returns, or what went wrong, in at most so many seconds of processor time, as a tree;
    and whether it is hopeless to try again."""
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
    return protocol.encode(wrong), wrong.kind in HOPELESS


def failure(error):
    """The exception without its words: those could carry the arguments out."""
    cell, line = place(error)
    name = getattr(error, "name", "")
    known = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
    return protocol.Failure(known[0], cell, line, name if isinstance(name, str) else "")


def place(error):
    """The cell and line of the student's code where it happened."""
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
    import protocol  # which lies beside this program, as NumPy does
    import seccomp

    with contextlib.suppress(BrokenPipeError):
        main(int(sys.argv[1]), json.loads(sys.argv[2]))
