"""What comes from npm: KaTeX for formulas, reveal.js for decks, axe-core for the tests."""

import filecmp
import functools
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

ROOT = Path("build/npm")


@functools.cache
def part(name):
    """The folder of an npm package, installed into build/npm from the lock file when first asked for."""
    locked = Path(str(files(__package__))) / "npm"
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
    npm = _program("npm")
    ROOT.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(locked / name, ROOT / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=ROOT).returncode:
        raise SystemExit(
            f"npm could not install what {locked / 'package-lock.json'} names; it says above why. It is "
            "fetched once: see whether there is a network, then run this again."
        )
    shutil.copy(locked / "package-lock.json", ROOT / "node_modules" / ".cecourse-lock.json")


def _program(name):
    path = shutil.which(name)
    if path is None:
        raise SystemExit(
            f"The program {name} was not found; slides, handouts and the site are built with Node.js 18 or "
            "newer and its npm. Install it (Debian, Ubuntu: apt install nodejs npm), then run this again."
        )
    return path
