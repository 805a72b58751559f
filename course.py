"""Set up the course in .venv and start it, with make or without: `python course.py lab`.

Nothing but Python's standard library, in words that Python 3.8 can read: it is told what to do.
"""

import argparse
import ast
import contextlib
import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

if os.name == "nt":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
READY = VENV / ".ready"
PYTHONS = [(3, 11), (3, 12), (3, 13), (3, 14)]
# A learner's packages and a maker's: the lock, and the megabytes that they take.
LOCKS = {False: ("requirements.lock", 450), True: ("requirements-makers.lock", 1050)}
# Of pip's settings, those that say where packages come from, and how.
WAYS = "index-url extra-index-url find-links no-index trusted-host timeout proxy cert client-cert"
CHECKS = {
    "style": ["ruff", "check"],
    "layout": ["ruff", "format", "--check"],
    "types": ["mypy"],
    "tests and notebooks": ["pytest", "--quiet", "--numprocesses", "auto", "--dist", "loadfile"],
}
# JupyterLab asks nobody for news or updates, and shows the start page as a page.
LAB = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
}


def stop(what, then="Then run"):
    """End with what was found, what to do, and the next command."""
    if "MAKELEVEL" in os.environ:
        command = f"make {sys.argv[1]}"
    elif os.name == "nt":
        command = " ".join(["py", *sys.argv])
    else:
        name = os.path.basename(sys.executable)
        name = (
            name
            if os.path.realpath(shutil.which(name) or "") == os.path.realpath(sys.executable)
            else sys.executable
        )
        command = " ".join(map(shlex.quote, [name, *sys.argv]))
    sys.exit(f"{what} {then}: {command}")


def without(*prefixes):
    """The caller's environment but for the variables that begin like that."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith(prefixes)}


def run(*command, env):
    """Whether a command of Python's works, and what it says."""
    # Open files are handed on: should this program be killed, its installer goes on holding the lock.
    done = subprocess.run(
        [str(word) for word in command],
        cwd=str(ROOT),
        env=env,
        close_fds=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode == 0, done.stdout.strip()


@contextlib.contextmanager
def alone():
    """Wait until no other set-up of this folder is at work; the lock goes with the process that holds it."""
    try:
        lock = os.open(str(ROOT / ".venv.lock"), os.O_RDWR | os.O_CREAT)
    except OSError as error:
        stop(f"{ROOT} cannot be written ({error.strerror}). Copy the folder to a place of your own.")
    for attempt in range(10**9):
        try:
            if os.name == "nt":
                msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.set_inheritable(lock, True)
            break
        except (BlockingIOError, PermissionError):
            if attempt == 0:
                print("Another set-up is at work in this folder; waiting for it ...", flush=True)
            time.sleep(0.2)
        except OSError:  # a file system without locks
            break
    try:
        yield
    finally:
        os.close(lock)


def state(makers):
    """What an environment is made from and for; where it differs, so must the environment."""
    files = [lock for lock, _ in LOCKS.values()] + ["pyproject.toml", "course.py"]
    content = b"".join((ROOT / name).read_bytes() for name in files)
    digest = hashlib.sha256(content).hexdigest()
    return {"folder": str(ROOT), "python": list(sys.version_info[:2]), "files": digest, "makers": makers}


def made():
    """What the environment that is there was made from; nothing, where it was not finished."""
    try:
        return json.loads(READY.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def works():
    parts = "import importlib.util as u; assert all(map(u.find_spec, ['pip', 'cecourse', 'jupyterlab']))"
    try:
        return run(PYTHON, "-I", "-c", parts, env=os.environ)[0]
    except OSError:
        return False


def fault(makers):
    """(what is wrong with .venv, whether it must be made anew); nothing is wrong: ("", False)."""
    old, new = made(), state(makers)
    if not old:
        return ("it is not finished" if VENV.exists() else "there is none yet"), True
    if old["folder"] != new["folder"]:
        return "the folder was moved or copied", True
    if old["python"] != new["python"]:
        return "it was made with another Python", True
    if not works():
        return "it does not work any more", True
    if old["files"] != new["files"]:
        return "the list of packages is a new one", False
    return ("what makers need is missing", False) if makers > old["makers"] else ("", False)


def surroundings():
    """The caller's environment with nothing that bends an installation, and pip's settings told to uv too."""
    # `user = true` in pip.conf would make `pip config list` leave files out.
    every_file = {"PIP_USER": "0", "PIP_GLOBAL": "0", "PIP_SITE": "0"}
    _, said = run(PYTHON, "-m", "pip", "config", "list", env={**without("PYTHON"), **every_file})
    found = {}
    for section in ("global", "install", ":env:"):
        for name, value in re.findall(rf"^{section}\.([a-z-]+)=(['\"].*)$", said, flags=re.MULTILINE):
            found[name.replace("default-", "")] = ast.literal_eval(value)
    listed = {name: value.split() for name, value in found.items()}
    proxy = found.get("proxy") and re.sub("^(?!.*://)", "http://", found["proxy"])
    uv = {
        "UV_DEFAULT_INDEX": found.get("index-url"),
        "UV_INDEX": " ".join(listed.get("extra-index-url", [])),
        "UV_FIND_LINKS": ",".join(listed.get("find-links", [])),
        "UV_NO_INDEX": found.get("no-index"),
        "UV_INSECURE_HOST": " ".join(listed.get("trusted-host", [])),
        "UV_HTTP_TIMEOUT": found.get("timeout"),
        "UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR"),
        "HTTP_PROXY": proxy,
        "HTTPS_PROXY": proxy,
        "SSL_CERT_FILE": found.get("cert") or os.environ.get("REQUESTS_CA_BUNDLE"),
        "SSL_CLIENT_CERT": found.get("client-cert"),
        # As pip does: the system's certificates, and whichever index has the file that the hash demands.
        "UV_SYSTEM_CERTS": "1",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_NO_CONFIG": "1",
    }
    pip = {
        "PIP_" + name.upper().replace("-", "_"): value
        for name, value in found.items()
        if name in WAYS.split()
    }
    pip.update(PIP_CONFIG_FILE=os.devnull, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    env = without("PYTHON", "PIP_", "UV_", "CONDA_", "VIRTUAL_ENV")
    return {**env, **pip, **{name: value for name, value in uv.items() if value}}


def make_room(megabytes):
    stop(f"The disk of {ROOT} is too small: the course needs {megabytes} MB there. Make room.")


def last_line(said):
    return (said.splitlines() or ["without a word"])[-1].strip()


def make_environment(megabytes):
    shutil.rmtree(str(VENV), ignore_errors=True)
    if shutil.disk_usage(str(ROOT)).free < megabytes * 10**6:
        make_room(megabytes)
    # The Python behind the one that calls: that one may live in the environment that goes.
    base = getattr(sys, "_base_executable", None) or sys.executable
    done, said = run(base, "-I", "-m", "venv", "--clear", VENV, env=without("PYTHON", "VIRTUAL_ENV"))
    if not done and "ensurepip" in said:
        stop(f"{base} makes no environments. On Debian and Ubuntu, install the package python3-venv.")
    if not done:
        stop(f"{VENV} cannot be made: {last_line(said)} Close what runs there, and delete it.")


def install(makers):
    """Install the locked packages and the course itself into the environment."""
    lock, megabytes = LOCKS[makers]
    env = surroundings()
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8"))
    files = {True: VENV / "uv.txt", False: VENV / "packages.txt"}
    for of_uv, file in files.items():
        chosen = [entry for entry in entries if entry.startswith("uv==") == of_uv]
        file.write_text("\n".join(chosen), encoding="utf-8")
    pip = [PYTHON, "-m", "pip", "--quiet"]
    # A lock is complete, so that no dependency is looked up; pip 23 could not match those with extras.
    locked = ["install", "--no-deps", "--require-hashes", "-r"]
    done, said = run(*pip, *locked, files[True], "--only-binary", "uv", env=env)
    if done:
        uv = [PYTHON, "-m", "uv", "pip", "--quiet"]
        done, said = run(*uv, *locked, files[False], "--python", PYTHON, "--compile-bytecode", env=env)
    no_room = "(?i)no space left|os error 28|disk full|not enough space"
    if not done and not re.search(no_room, said):
        print(f"uv could not do it ({last_line(said)}); pip can, in a minute or two ...", flush=True)
        done, said = run(*pip, *locked, files[False], env=env)
    if done:
        done, said = run(*pip, "install", "--no-deps", "--no-build-isolation", "--editable", ".", env=env)
    if done:
        # JupyterLab would build grammars with rfc3987-syntax at each start, which takes it two seconds.
        unused = ["rfc3987-syntax"] if makers else ["rfc3987-syntax", "uv"]
        done, said = run(*pip, "uninstall", "--yes", *unused, env=env)
    if not done and re.search(no_room, said):
        make_room(megabytes)
    if not done:
        stop(f"{said}\nThe packages cannot be installed. Look at the network and at `pip config list`.")


def settings(prefix):
    """Give the Jupyter of a Python the course's settings, beside those that it has."""
    config = Path(prefix) / "etc/jupyter/jupyter_server_config.py"
    lab = Path(prefix) / "share/jupyter/lab/settings/overrides.d/cecourse.json"
    for file in (config, lab):
        file.parent.mkdir(parents=True, exist_ok=True)
    before = config.read_text(encoding="utf-8") if config.exists() else ""
    line = f"load_subconfig({str(ROOT / 'jupyter_server_config.py')!r})\n"
    if line not in before:
        config.write_text(f"{before}\n{line}", encoding="utf-8")
    lab.write_text(json.dumps(LAB, indent=2), encoding="utf-8")


def set_up(makers):
    """Bring .venv to what the locks say, and mend what is found there."""
    if not fault(makers)[0]:
        return
    with alone():
        what, anew = fault(makers)
        if not what:  # the set-up that was waited for has done it
            return
        makers = makers or (not anew and made()["makers"])
        megabytes, started = LOCKS[makers][1], time.monotonic()
        print(f"Setting up .venv ({what}): {megabytes} MB, half a minute to some minutes ...", flush=True)
        with contextlib.suppress(OSError):
            READY.unlink()
        if anew:
            make_environment(megabytes)
        install(makers)
        settings(VENV)
        READY.write_text(json.dumps(state(makers)), encoding="utf-8")
        print(f"Ready after {time.monotonic() - started:.0f} s.", flush=True)


def lab(options):
    print("Opening JupyterLab at notebooks/README.md; Ctrl-C in this window stops it ...", flush=True)
    root = ["--allow-root"] if hasattr(os, "getuid") and os.getuid() == 0 else []
    page = "--LabApp.default_url=/lab/tree/notebooks/README.md"
    command = [str(PYTHON), "-m", "jupyterlab", page, *root, *options]
    os.chdir(str(ROOT))
    if os.name != "nt":
        os.execve(command[0], command, without("PYTHON"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for JupyterLab
    return subprocess.call(command, env=without("PYTHON"))


def test(options):
    for name, command in CHECKS.items():
        print(f"Checking {name} ({command[0]}) ...", flush=True)
        command = [str(PYTHON), "-m", *command, *(options if command[0] == "pytest" else [])]
        failed = subprocess.call(command, cwd=str(ROOT), env=without("PYTHON"))
        if failed:
            return failed
    return 0


def main():
    if sys.version_info[:2] not in PYTHONS:
        given = (
            f"Python {sys.version_info[0]}.{sys.version_info[1]} was given; the course needs 3.11 to 3.14."
        )
        by_make = (
            "make setup PYTHON=python3.13" if "MAKELEVEL" in os.environ else "python3.13 course.py setup"
        )
        sys.exit(f"{given} Install one, then call it by its name: {by_make}")
    for stream in (sys.stdout, sys.stderr):  # a path may hold letters that the terminal does not know
        stream.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(description="Set up the course in .venv, and start it.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser(
        "lab", help="open JupyterLab at the start page (options are JupyterLab's)", add_help=False
    )
    commands.add_parser("test", help="check code, prose and notebooks (options are pytest's)", add_help=False)
    setup = commands.add_parser("setup", help="install what the notebooks need")
    setup.add_argument(
        "--makers", action="store_true", help="also what tests, pages, slides and grading need"
    )
    commands.add_parser("settings", help="give the Jupyter that calls the course's settings (Binder, conda)")
    given, options = parser.parse_known_args()
    if options and given.command in ("setup", "settings"):
        parser.error(f"{options} was given; see: {given.command} --help")
    if given.command == "settings":
        return settings(sys.prefix)
    try:
        set_up(makers=given.command == "test" or getattr(given, "makers", False))
        return {"lab": lab, "test": test}[given.command](options) if given.command != "setup" else 0
    except KeyboardInterrupt:
        stop("Stopped.", "To go on, run")
    except OSError as error:
        stop(f"This did not go: {error}. Look after it.")


if __name__ == "__main__":
    sys.exit(main())
