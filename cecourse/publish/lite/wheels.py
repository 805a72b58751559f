"""The wheels of the live part: the course's own, and what they say to Pyodide, the Python of a browser."""

import base64
import csv
import email
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# A lecturer's rooms: they hold the answers to the assignments, and what builds this site.
LEFT_OUT = ("cecourse/assignments/", "cecourse/publish/")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same sources give the same bytes


def course_wheel(out):
    """Build the course's wheel into a folder, without the answers to the assignments; its path."""
    project = Path(str(files("cecourse"))).parent
    if not (project / "pyproject.toml").is_file():
        raise SystemExit(
            f"{project} holds an installed cecourse; expected the project's sources beside it, with "
            "pyproject.toml. Start at the top of a copy of the repository."
        )
    with TemporaryDirectory() as copied:
        # Setuptools would put what it finds in an old build/lib into the wheel as well.
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(project / name, copied)
        code = Path(copied, "cecourse")
        shutil.copytree(project / "cecourse", code, ignore=shutil.ignore_patterns("__pycache__"))
        command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel"]
        command += ["--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", copied, copied]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": ""})
        (built,) = Path(copied).glob("*.whl")
        out.mkdir(parents=True, exist_ok=True)
        return _thinned(built, out / built.name)


def _thinned(wheel, target):
    """Copy a wheel without the rooms that are left out, its record with them."""
    with zipfile.ZipFile(wheel) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        kept = [name for name in sorted(before.namelist()) if not name.startswith(LEFT_OUT)]
        record = next(name for name in kept if name.endswith(".dist-info/RECORD"))
        contents = {name: before.read(name) for name in kept if name != record}
        for name, content in {**contents, record: _record(contents, record)}.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            after.writestr(entry, content)
    return target


def _record(contents, record):
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    for name, content in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        writer.writerow([name, f"sha256={digest}", len(content)])
    writer.writerow([record, "", ""])
    return lines.getvalue().encode()


def with_wheels(lock, wheels, elsewhere):
    """Pyodide's list of packages, in which our wheels lie beside it and all others at a URL, `elsewhere`."""
    packages = {
        name: {**entry, "file_name": elsewhere + entry["file_name"]}
        for name, entry in lock["packages"].items()
    }
    python = lock["info"]["python"]
    ours = {entry["name"]: entry for entry in (_entry(wheel, python) for wheel in wheels)}
    packages.update(ours)
    for entry in ours.values():
        missing = [name for name in entry["depends"] if name not in packages]
        if missing:
            raise SystemExit(
                f"{entry['file_name']} depends on {', '.join(missing)}; expected a wheel of it, or a package "
                "of Pyodide. Run `make lock`, which writes cecourse/publish/lite/browser.lock."
            )
    return {**lock, "packages": packages}


def _entry(wheel, python):
    """What Pyodide wants to know about a wheel: its name, what it is imported as and what it depends on."""
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        headers = email.message_from_bytes(opened.read(metadata))
    browser = {
        "extra": "",
        "platform_system": "Emscripten",
        "python_full_version": python,
        "python_version": re.match(r"\d+\.\d+", python).group(),
        "sys_platform": "emscripten",
    }
    named = map(Requirement, headers.get_all("Requires-Dist", []))
    depends = [each for each in named if each.marker is None or each.marker.evaluate(browser)]
    return {
        "name": canonicalize_name(headers["Name"]),
        "version": headers["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": _imports(names),
        "depends": [canonicalize_name(each.name) for each in depends],
        "unvendored_tests": False,
    }


def _imports(names):
    """The modules at the top of a wheel."""
    tops = {re.sub(r"\.py$", "", name.split("/")[0]) for name in names if name.endswith(".py")}
    return sorted(top for top in tops if top.isidentifier())
