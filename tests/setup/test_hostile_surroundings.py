"""A set-up that starts from nothing works in every circumstance, or says in one sentence what comes next."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

import course

pytestmark = pytest.mark.setup
ROOT = Path(__file__).parents[2]
PYTHON = sys._base_executable
# What a set-up needs of a checkout; and the packages that stand for all, where their number does not matter.
FILES = (
    "cecourse",
    "course.py",
    "jupyter_server_config.py",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "notebooks",
)
FEW = ("jupyterlab", "numpy", "rfc3987-syntax", "setuptools", "uv")
# Root could do everything; a mistake would go unseen.
CALLER = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MAKE"))}


def shorten(folder, names=FEW):
    """Leave only some packages in a folder's lock."""
    lock = folder / "requirements.lock"
    entries = re.split(rb"\n(?=\S)", lock.read_bytes())
    kept = [entry for entry in entries if entry.split(b"==")[0].decode() in names]
    assert len(kept) == len(names)
    lock.write_bytes(b"\n".join(kept))


def checkout(folder, names=FEW):
    folder.mkdir(parents=True)
    for name in (*FILES, *(lock for lock, _ in course.LOCKS.values())):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    if names:
        shorten(folder, names)
    return folder


@pytest.fixture
def setup(record_property):
    """Set up a folder and look at what it brought; the last lines of all set-ups go to the table."""

    def setup(folder, *, wall=(), env=CALLER, python=PYTHON, fails=None, **more):
        started = time.monotonic()
        command = [*wall, python, "course.py", "setup"]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, **more)
        said = (done.stdout + done.stderr).strip()
        last = said.splitlines() or ["nothing to do"]
        record_property(f"{time.monotonic() - started:.0f}", " / ".join(last)[-150:])
        if fails:
            assert done.returncode == 1, said
            assert re.search(fails, last[-1]), said
            assert last[-1].endswith("course.py setup"), said
            assert "Traceback" not in said
        else:
            assert done.returncode == 0, said
            look = "import cecourse; print(cecourse.__file__)"
            found = subprocess.run(
                [folder / ".venv/bin/python", "-c", look],
                cwd="/",
                env={"LC_ALL": "C.UTF-8"},
                capture_output=True,
            )
            assert found.stdout.decode().strip() == str(folder / "cecourse/__init__.py"), found.stderr
        return said

    return setup


def behind_a_wall(*options):
    """Programs behind bubblewrap see this machine, changed by some options."""
    return ["bwrap", "--dev-bind", "/", "/", *map(str, options)]


def start(folder, **more):
    return subprocess.Popen(
        [PYTHON, "course.py", "setup"], cwd=folder, env=CALLER, stdout=subprocess.DEVNULL, **more
    )


@pytest.mark.parametrize("seconds", [1, 5, 15])
def test_killed_and_started_again(setup, tmp_path, seconds):
    folder = checkout(tmp_path / "course", names=None)
    first = start(folder, start_new_session=True)
    time.sleep(seconds)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    setup(folder)
    assert setup(folder) == ""


def test_killed_alone_its_installer_is_waited_for(setup, tmp_path):
    folder = checkout(tmp_path / "course", names=None)
    first = start(folder)
    time.sleep(4)
    first.kill()
    first.wait()
    assert "waiting" in setup(folder)


def test_a_venv_without_pip(setup, tmp_path):
    folder = checkout(tmp_path / "course")
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", ".venv"], cwd=folder, check=True)
    setup(folder)


def test_no_ensurepip_and_then_one(setup, tmp_path):
    folder = checkout(tmp_path / "course")
    place = subprocess.run(
        [PYTHON, "-c", "import ensurepip; print(*ensurepip.__path__)"], capture_output=True, text=True
    )
    setup(folder, wall=behind_a_wall("--tmpfs", place.stdout.strip()), fails="python3-venv")
    setup(folder)


def test_a_moved_folder(setup, tmp_path):
    setup(checkout(tmp_path / "course"))
    (tmp_path / "course").rename(tmp_path / "renamed")
    assert "moved" in setup(tmp_path / "renamed")


def test_a_copied_folder(setup, tmp_path):
    setup(checkout(tmp_path / "course"))
    shutil.copytree(tmp_path / "course", tmp_path / "copy", symlinks=True)
    assert "copied" in setup(tmp_path / "copy")
    assert setup(tmp_path / "course") == ""


def test_spaces_and_umlauts_in_the_path(setup, tmp_path):
    setup(checkout(tmp_path / "Kurs für Übungen (1)"))


def test_the_posix_locale(setup, tmp_path):
    poor = {**CALLER, "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    setup(checkout(tmp_path / "Übung"), env=poor)


def test_umask_077(setup, tmp_path):
    setup(checkout(tmp_path / "course"), umask=0o077)


def test_a_parent_that_cannot_be_written(setup, tmp_path):
    folder = checkout(tmp_path / "parent/course")
    setup(folder, wall=behind_a_wall("--ro-bind", tmp_path, tmp_path, "--bind", folder, folder))


def test_a_folder_that_cannot_be_written(setup, tmp_path):
    folder = checkout(tmp_path / "course")
    setup(folder, wall=behind_a_wall("--ro-bind", folder, folder), fails="cannot be written")


def test_poisoned_variables(setup, tmp_path):
    folder = checkout(tmp_path / "course")
    for name in ("numpy", "pip", "uv", "setuptools"):
        (tmp_path / "poison" / name).mkdir(parents=True)
        (tmp_path / "poison" / name / "__init__.py").write_text("raise SystemExit('poison')")
    nowhere = str(tmp_path / "nowhere")
    setup(
        folder,
        env={
            **CALLER,
            **dict.fromkeys(
                ("VIRTUAL_ENV", "CONDA_PREFIX", "PIP_TARGET", "PIP_PREFIX", "PIP_CONSTRAINT"), nowhere
            ),
            **dict.fromkeys(("PYTHONOPTIMIZE", "PYTHONDONTWRITEBYTECODE", "PIP_REQUIRE_VIRTUALENV"), "1"),
            **dict.fromkeys(("PIP_USER", "PIP_DRY_RUN", "UV_SYSTEM_PYTHON", "UV_OFFLINE"), "1"),
            **dict.fromkeys(("UV_DEFAULT_INDEX", "UV_INDEX_URL"), "http://127.0.0.1:9/simple"),
            **dict.fromkeys(("PIP_NO_BINARY", "UV_NO_BINARY"), ":all:"),
            "PYTHONPATH": str(tmp_path / "poison"),
            "UV_PYTHON": "3.8",
        },
    )
    assert not Path(nowhere).exists()
    assert list(folder.glob(".venv/lib/python*/site-packages/numpy/__pycache__/*.pyc"))


def test_no_network_after_the_set_up(setup, tmp_path):
    folder = checkout(tmp_path / "course", names=None)
    setup(folder)
    assert setup(folder, wall=behind_a_wall("--unshare-net")) == ""
    serve = f"""
import subprocess, sys, time, urllib.request
lab = subprocess.Popen([{PYTHON!r}, "course.py", "lab", *"--no-browser --port=8765".split()])
for _ in range(600):
    time.sleep(0.1)
    try:
        page = urllib.request.urlopen("http://127.0.0.1:8765/login").read().decode()
        break
    except OSError:
        pass
lab.terminate()
sys.exit("Jupyter Server" not in page)
"""
    execute = [
        ".venv/bin/python",
        "-m",
        "nbconvert",
        "--to",
        "notebook",
        "--execute",
        "--output-dir",
        tmp_path,
    ]
    for command in ([PYTHON, "-c", serve], [*execute, "notebooks/00_classification.ipynb"]):
        started = subprocess.run([*behind_a_wall("--unshare-net"), *command], cwd=folder, env=CALLER)
        assert started.returncode == 0


def test_an_index_that_only_pip_conf_names(setup, tmp_path):
    folder = checkout(tmp_path / "course")
    wheels = tmp_path / "wheels"
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", wheels, "-r"]
    subprocess.run([*fetch, folder / "requirements.lock"], env=CALLER, check=True)
    for wheel in wheels.iterdir():
        page = tmp_path / "simple" / wheel.name.split("-")[0].replace("_", "-").lower() / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<a href="{wheel.as_uri()}">{wheel.name}</a>')
    (tmp_path / "home").mkdir()
    settings = tmp_path / "home/.config/pip/pip.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[global]\nindex-url = {(tmp_path / 'simple').as_uri()}\n")
    env = {name: value for name, value in CALLER.items() if not name.startswith(("PIP_", "UV_", "XDG_"))}
    env |= {"HOME": str(tmp_path / "home")}
    assert "uv could not" not in setup(folder, wall=behind_a_wall("--unshare-net"), env=env)


def test_a_disk_of_300_megabytes(setup, tmp_path):
    folder = checkout(tmp_path / "course", names=None)
    (tmp_path / "small").mkdir()
    small = tmp_path / "small"
    inside = 'cp -r "$0"/. . && exec "$@"'
    wall = behind_a_wall(
        "--size", 300 * 2**20, "--tmpfs", small, "--chdir", small, "sh", "-c", inside, folder
    )
    assert len(setup(folder, wall=wall, fails="450 MB there. Make room").splitlines()) == 2


def test_a_disk_that_fills_on_the_way(setup, tmp_path):
    folder = checkout(tmp_path / "course", names=None)
    (folder / "course.py").write_text(
        (folder / "course.py").read_text().replace('requirements.lock", 450', 'requirements.lock", 9')
    )
    (tmp_path / "small").mkdir()
    small = tmp_path / "small"
    inside = 'cp -r "$0"/. . && exec "$@"'
    wall = behind_a_wall(
        "--size", 200 * 2**20, "--tmpfs", small, "--chdir", small, "sh", "-c", inside, folder
    )
    assert "pip can" not in setup(folder, wall=wall, fails="Make room")


def test_two_at_once(setup, tmp_path):
    folder = checkout(tmp_path / "course")
    first = start(folder)
    time.sleep(1)
    assert "waiting" in setup(folder)
    assert first.wait() == 0


def test_a_clone_with_windows_line_ends(setup, tmp_path):
    folder = tmp_path / "course"
    subprocess.run(["git", "-c", "core.autocrlf=true", "clone", "--quiet", ROOT, folder], check=True)
    assert not [
        path
        for path in (*folder.glob("*"), *folder.glob("notebooks/*"))
        if path.is_file() and b"\r" in path.read_bytes()
    ]
    shorten(folder)
    setup(folder)


def test_a_zip_without_git(setup, tmp_path):
    folder = tmp_path / "course"
    folder.mkdir()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "x"], cwd=folder, input=archive.stdout, check=True)
    shorten(folder)
    setup(folder)


@pytest.mark.skipif(os.getuid() != 0, reason="Every set-up of this file is one without root already.")
def test_without_root(setup):
    with tempfile.TemporaryDirectory(dir="/var/tmp") as place:
        folder = checkout(Path(place) / "course")
        subprocess.run(["chown", "-R", "nobody", place], check=True)
        wall = ["setpriv", "--reuid=nobody", "--clear-groups"]
        setup(
            folder,
            wall=wall,
            env={**CALLER, "HOME": place, "PATH": "/usr/bin:/bin"},
            python="/usr/bin/python3",
        )


def test_an_interpreter_that_is_gone(setup, tmp_path):
    folder = checkout(tmp_path / "course")
    setup(folder)
    for link in folder.glob(".venv/bin/python*"):
        link.unlink()
        link.symlink_to("/nowhere/python")
    assert "does not work" in setup(folder)


def test_another_python(setup, tmp_path):
    folder = checkout(tmp_path / "course")
    setup(folder)
    ready = folder / ".venv/.ready"
    ready.write_text(json.dumps({**json.loads(ready.read_text()), "python": [3, 10]}))
    assert "another Python" in setup(folder)


def test_an_old_lock_is_brought_up_to_date_in_place(setup, tmp_path):
    folder = checkout(tmp_path / "course")
    setup(folder)
    theirs = next(folder.glob(".venv/lib/python*/site-packages")) / "theirs.py"
    theirs.touch()
    shutil.copy(ROOT / "requirements.lock", folder)
    shorten(folder, (*FEW, "webcolors"))
    assert "new one" in setup(folder)
    assert theirs.exists()
    assert (theirs.parent / "webcolors").exists()


def test_pip_alone_where_uv_cannot_be_had(setup, tmp_path):
    folder = checkout(tmp_path / "course", (*FEW, "jsonschema", "jupyter-events", "jupyter-server"))
    lock = folder / "requirements.lock"
    lock.write_text(
        re.sub(
            r"^(uv==.*\\\n)(    --hash.*\n)+",
            r"\1    --hash=sha256:" + 64 * "0" + "\n",
            lock.read_text(),
            flags=re.M,
        )
    )
    assert "pip can" in setup(folder)


def test_no_network_at_all(setup, tmp_path):
    folder = checkout(tmp_path / "course")
    env = {**CALLER, "UV_CACHE_DIR": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    setup(folder, wall=behind_a_wall("--unshare-net"), env=env, fails="Look at the network")
    setup(folder)
