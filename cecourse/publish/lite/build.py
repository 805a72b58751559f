"""The course as a JupyterLab that runs in the reader's browser: no server, nothing to install."""

import filecmp
import json
import os
import shutil
import subprocess
import sys
import venv
from importlib.resources import files
from pathlib import Path

from ..colours import sheet_of_both
from ..tools.npm import part
from ..tools.templates import filled
from ..wording import wording
from .wheels import course_wheel, with_wheels

ROOT = Path("build/lite-parts")
BESIDE = ("README.md", "glossary.md", "statements.csv")
# What the kernel needs before it answers; the rest comes with the first cell that imports it.
FIRST = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
KERNEL = "@jupyterlite/pyodide-kernel-extension"
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},
}
LONG_AGO = "315532800"  # 1980, in seconds: so that the same sources give the same bytes


def add_options(parser):
    """Nothing beyond the folders."""


def build(options):
    """Write the live part into `options.out`, replacing the one that is there; returns the exit code."""
    if options.out.exists() and not (options.out / "jupyter-lite.json").is_file():
        sys.exit(
            f"--out {options.out} was given, which holds something else; expected a new folder, or one "
            "that an earlier build wrote. Name another one."
        )
    environment = _environment()
    project = ROOT / "project"
    shutil.rmtree(project, ignore_errors=True)
    _write_contents(options.course, project / "contents")
    _write_runtime(environment, project / "static" / "pyodide")
    _write_settings(project, options.course.title)
    _run_jupyterlite(environment, project, project / "out")
    start_page(options.course, project / "out" / "index.html")
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(project / "out", options.out)
    print(
        f"The live part is in {options.out}; look at it with: python -m http.server --directory {options.out}"
    )
    return 0


def _write_contents(course, contents):
    contents.mkdir(parents=True)
    beside = (course.folder / name for name in BESIDE)
    for path in (*course.paths, *filter(Path.is_file, beside)):
        shutil.copy(path, contents)


def _write_runtime(environment, out):
    """Pyodide, the wheels that it does not have, and the list that names them beside its own."""
    out.mkdir(parents=True)
    pyodide = part("pyodide")
    for name in RUNTIME:
        shutil.copy(pyodide / name, out)
    lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    wheels = [course_wheel(out)]
    for source in (*_browser_wheels(), *_kernel_wheels(environment)):
        wheels.append(Path(shutil.copy(source, out)))
    lock = with_wheels(lock, wheels, f"{_elsewhere(environment, pyodide)}/")
    (out / "pyodide-lock.json").write_text(
        json.dumps(lock, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def _write_settings(project, title):
    kernel = {"loadPyodideOptions": {"packages": FIRST}}
    config = {"appName": title, "litePluginSettings": {f"{KERNEL}:kernel": kernel}}
    lite = {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}
    (project / "jupyter-lite.json").write_text(json.dumps(lite), encoding="utf-8")
    (project / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")


def _run_jupyterlite(environment, project, out):
    command = [_python(environment), "-m", "jupyterlite_core", "build", "--apps", "lab", "--no-sourcemaps"]
    command += [
        "--no-unused-shared-packages",
        "--contents",
        "contents",
        "--lite-dir",
        ".",
        "--output-dir",
        out.name,
    ]
    answer = subprocess.run(
        command,
        cwd=project,
        env={**os.environ, "SOURCE_DATE_EPOCH": LONG_AGO, "PYTHONPATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if answer.returncode:
        sys.exit(f"JupyterLite could not be built; it said:\n{answer.stdout}")


def start_page(course, out):
    """The page before JupyterLab: what will be fetched, and a link to every notebook."""
    notebooks = [(path.name, _title(path)) for path in course.paths]
    content = {"course": course, "notebooks": notebooks, "colours": sheet_of_both()}
    page = filled(__package__, "lite.html", words=wording(course.language), **content)
    out.write_text(page, encoding="utf-8")


def _title(notebook):
    first = json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]
    return "".join(first["source"]).splitlines()[0].removeprefix("# ")


def _environment():
    """A Python environment with JupyterLite, away from the course's own, whose JupyterLab it would change."""
    return _filled(ROOT / "env", "lite.lock", _fill_environment)


def _fill_environment(lock, folder):
    venv.create(folder, with_pip=True)
    _pip(_python(folder), "install", "--require-hashes", "--requirement", lock)


def _browser_wheels():
    """The wheels that run in the browser and that Pyodide does not have."""
    return sorted(_filled(ROOT / "wheels", "browser.lock", _fill_wheels).glob("*.whl"))


def _fill_wheels(lock, folder):
    target = ["--python-version", "3.14", "--implementation", "py", "--abi", "none", "--platform", "any"]
    options = ["--no-deps", "--require-hashes", "--only-binary", ":all:", *target, "--dest", folder]
    _pip(sys.executable, "download", *options, "--requirement", lock)


def _filled(folder, lock, fill):
    """A folder filled from a lock file of this package, anew when the file has changed."""
    lock = Path(str(files(__package__)), lock)
    filled = folder / lock.name
    if not (filled.is_file() and filecmp.cmp(lock, filled, shallow=False)):
        print(f"Installing what stands in {lock.name} into {folder} (once) ...", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        fill(lock, folder)
        shutil.copy(lock, filled)
    return folder


def _pip(python, *arguments):
    command = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    if subprocess.run(command, env={**os.environ, "PYTHONPATH": ""}).returncode:
        sys.exit(
            "What the live part is made of could not be installed (what pip said stands above); expected a "
            "connection to the package index, once. Connect, then run this again."
        )


def _python(environment):
    return environment.absolute() / ("Scripts" if os.name == "nt" else "bin") / "python"


def _kernel_wheels(environment):
    """The wheels of the kernel itself, which JupyterLite's extension brings along."""
    folder = environment / "share/jupyter/labextensions" / KERNEL / "static/pypi"
    # Of the two stand-ins for the widgets' extension the newer one fits ipywidgets 8.
    return sorted(path for path in folder.glob("*.whl") if not path.name.startswith("widgetsnbextension-3"))


def _elsewhere(environment, pyodide):
    """Where a reader's browser gets Pyodide's other packages, NumPy and Matplotlib among them."""
    told = "from jupyterlite_pyodide_kernel.constants import *; print(PYODIDE_VERSION, PYODIDE_CDN_URL)"
    version, url = subprocess.check_output([_python(environment), "-c", told], text=True).split()
    here = json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"]
    if here != version:
        sys.exit(
            f"Pyodide {here} stands in cecourse/publish/tools/npm_packages/package.json; expected {version}, "
            "which the kernel in cecourse/publish/lite/lite.lock is made for. Write it there, then run "
            "npm install --package-lock-only in that folder."
        )
    return url
