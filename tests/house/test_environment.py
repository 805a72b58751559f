"""Two locks, one list of commands: environment.yml, pyproject.toml, Makefile and README agree with them."""

import os
import re
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import course

ROOT = Path(__file__).parents[2]
# Each lock, and how many packages it has at the least.
LOCKS = {
    "requirements.lock": 90,
    "requirements-makers.lock": 140,
    "cecourse/publish/lite/lite.lock": 50,
    "cecourse/publish/lite/browser.lock": 15,
}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
PYTHONS = [f"3.{minor}" for minor in range(11, 15)]


# What each kind of environment holds: its lock, and the extras of pyproject.toml.
EXTRAS = {
    "requirements.lock": ("course", "setup"),
    "requirements-makers.lock": ("course", "test", "publish", "setup"),
}


def locked(name):
    """(requirement, its hashes) for every entry of a lock."""
    lock = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", lock.replace("\\\n", " ").strip())
    return [(Requirement(entry.split("--hash")[0]), re.findall(r"--hash=(\S+)", entry)) for entry in entries]


def wanted():
    """(lock, requirement) for everything that pyproject.toml asks of a lock."""
    extras = PROJECT["optional-dependencies"]
    lines = {
        lock: sum((extras[name] for name in names), PROJECT["dependencies"]) for lock, names in EXTRAS.items()
    }
    return [(lock, Requirement(line)) for lock in EXTRAS for line in dict.fromkeys(lines[lock])]


def version_of(requirement, entries, python):
    """The version to which a lock's entries hold a requirement on one Python."""
    here = {"python_version": python, "python_full_version": f"{python}.0"}
    (version,) = (
        next(iter(entry.specifier)).version
        for entry in entries
        if canonicalize_name(entry.name) == canonicalize_name(requirement.name)
        and (entry.marker is None or entry.marker.evaluate(here))
    )
    return version


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(("lock", "requirement"), wanted(), ids=str)
def test_a_lock_satisfies_the_project_on_every_python(lock, requirement, python):
    assert version_of(requirement, [entry for entry, _ in locked(lock)], python) in requirement.specifier


def test_what_a_learner_has_a_maker_has_in_the_same_version():
    learner, makers = (
        {(entry.name, str(entry.specifier), *sorted(hashes)) for entry, hashes in locked(lock)}
        for lock in EXTRAS
    )
    assert not [entry[:2] for entry in learner - makers], "the two locks are of two days: make lock"


@pytest.mark.parametrize(("group", "python"), [("lite", "3.11"), ("lite", "3.14"), ("browser", "3.14")])
def test_the_locks_of_the_live_part_satisfy_its_groups(group, python):
    entries = [entry for entry, _ in locked(f"cecourse/publish/lite/{group}.lock")]
    for requirement in map(Requirement, PYPROJECT["dependency-groups"][group]):
        assert version_of(requirement, entries, python) in requirement.specifier


@pytest.mark.parametrize(("lock", "least"), list(LOCKS.items()))
def test_every_package_is_locked_to_one_version_with_its_hashes(lock, least):
    entries = locked(lock)
    assert len(entries) >= least
    for requirement, hashes in entries:
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_download_from(lock):
    places = r"://|--(?:index-url|extra-index-url|find-links)|\bwww\.|\.(?:org|com|net|io)\b"
    assert not re.search(places, (ROOT / lock).read_text(encoding="utf-8"))


def test_conda_installs_the_course_and_what_is_locked():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, rest = environment["dependencies"]
    assert python.removeprefix("python=") in PYTHONS
    assert pip == "pip"
    itself, *packages = rest["pip"]
    assert itself == "-e ."
    wanted = [str(entry) for entry, _ in locked("requirements.lock") if entry.name != "uv"]
    assert [str(Requirement(line)) for line in packages] == wanted, "make lock writes environment.yml"


def test_the_supported_pythons_are_the_same_everywhere():
    assert PROJECT["requires-python"] == ">=3.11,<3.15"
    assert [f"{major}.{minor}" for major, minor in course.PYTHONS] == PYTHONS


def test_what_pip_is_told_of_the_way_to_packages_reaches_uv(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("PIP_TIMEOUT", "7")
    monkeypatch.setenv("PIP_TARGET", "/nowhere")
    monkeypatch.setenv("UV_PYTHON", "3.8")
    (tmp_path / "pip.conf").write_text(
        "[global]\nindex-url = https://a.example/simple\nproxy = b.example:3128\ntimeout = 5\nuser = true\n"
        "[install]\ntrusted-host =\n    a.example\n    b.example\n"
    )
    env = course.surroundings()
    expected = {
        "PIP_INDEX_URL": "https://a.example/simple",
        "UV_DEFAULT_INDEX": "https://a.example/simple",
        "HTTPS_PROXY": "http://b.example:3128",
        "UV_INSECURE_HOST": "a.example b.example",
        "UV_HTTP_TIMEOUT": "7",
    }
    assert {name: env.get(name) for name in expected} == expected
    assert not {"PIP_TARGET", "PIP_USER", "UV_PYTHON"} & set(env)


@pytest.mark.parametrize("script", ["postBuild", ".ci/run"])
def test_a_script_can_be_started(script):
    assert os.stat(ROOT / script).st_mode & stat.S_IXUSR
    assert subprocess.run(["bash", "-n", ROOT / script]).returncode == 0


def targets():
    """Every target of the Makefile that is a command, with its line of help."""
    lines = re.findall(r"^([a-z][a-z-]*):(.*)$", MAKEFILE, flags=re.MULTILINE)
    return {name: rest.partition("## ")[2] for name, rest in lines}


def test_every_target_has_a_line_of_help():
    assert not [name for name, words in targets().items() if not words]
    assert set(targets()) == set(re.findall(r"^\.PHONY: (\S+)$", MAKEFILE, flags=re.MULTILINE))


def test_make_help_lists_every_target_on_one_line():
    lines = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    assert sorted(line.split()[1] for line in lines if line.startswith("make ")) == sorted(targets())
    assert max(map(len, lines)) <= 110


def test_the_commands_of_the_readme_exist():
    commands = set(re.findall(r"(?:^    |`)make ([a-z-]+)", README, flags=re.MULTILINE))
    assert {"lab", "test"} <= commands <= set(targets())


def test_ci_runs_the_readme_s_test_command():
    assert re.search(r"^make test$", (ROOT / ".ci/run").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_readme_s_example_gives_the_numbers_it_says():
    example = re.search(r"```python\n(.*?)```", README, flags=re.DOTALL).group(1)
    imports, *lines = example.strip().splitlines()
    names = {}
    exec(imports, names)
    quoted = [(eval(line, names), line.partition("# ")[2].split()[0]) for line in lines if line]
    assert len(quoted) == 2
    for value, number in quoted:
        assert f"{value:.{len(number.partition('.')[2])}f}" == number
