"""What comes from npm: KaTeX for formulas, reveal.js for decks, axe-core for the tests."""

import contextlib
import filecmp
import functools
import os
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

ROOT = Path("build/npm")


@functools.cache
def part(name):
    """The folder of an npm package, installed into build/npm from the lock file when first asked for."""
    locked = Path(str(files(__package__))) / "npm_packages"
    if not _is_installed(locked):
        _install(locked)
    return (ROOT / "node_modules" / name).resolve(strict=True)


def node():
    """The path of the program node."""
    return _program("node")


def _is_installed(locked):
    mine = ROOT / "node_modules" / ".cecourse-lock.json"
    return mine.exists() and filecmp.cmp(locked / "package-lock.json", mine, shallow=False)


def _install(locked):
    """Install beside the place and move there: who comes second finds a whole folder."""
    npm, aside = _program("npm"), ROOT.with_name(f"{ROOT.name}-{os.getpid()}")
    aside.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(locked / name, aside / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=aside).returncode:
        shutil.rmtree(aside)
        raise SystemExit(
            f"npm could not install what {locked / 'package-lock.json'} names; it says above why. It is "
            "fetched once: see whether there is a network, then run this again."
        )
    shutil.copy(locked / "package-lock.json", aside / "node_modules" / ".cecourse-lock.json")
    if not _is_installed(locked):
        shutil.rmtree(ROOT, ignore_errors=True)
        with contextlib.suppress(OSError):  # another process was faster
            aside.rename(ROOT)
    shutil.rmtree(aside, ignore_errors=True)


def _program(name):
    path = shutil.which(name)
    if path is None:
        raise SystemExit(
            f"The program {name} was not found; slides, handouts and the site are built with Node.js 18 or "
            "newer and its npm. Install it (Debian, Ubuntu: apt install nodejs npm), then run this again."
        )
    return path
