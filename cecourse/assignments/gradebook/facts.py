"""The folder of facts: what was found in each download, a grading of each notebook, the secret seed.

Every file is written once, under another name and then moved, so that a killed run leaves no half of one;
none is ever overwritten by another content."""

import contextlib
import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

STAMP = "%Y-%m-%dT%H-%M-%S.%fZ"  # names of files sort as time does


@dataclass(frozen=True)
class HandIn:
    """One notebook that somebody handed in, as it was found in a download; `key` names its grading."""

    student: str
    known_as: tuple[str, ...]
    assignment: str
    place: str
    digest: str
    modified: int
    time: str
    attempt: int
    late: bool
    key: str
    source: str = ""
    seen: str = ""

    @property
    def moment(self):
        """When it was handed in; where no platform says that, when it was first seen."""
        seen = datetime.strptime(self.seen, STAMP).replace(tzinfo=UTC)
        return datetime.fromisoformat(self.time).astimezone() if self.time else seen


def write_aside(path, text, encoding="utf-8"):
    """Write to another name and move: nobody ever reads half a file."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text(text, encoding=encoding, errors="replace", newline="")
        aside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise


def secret_seed(folder):
    """The seed of the class's hidden inputs, drawn the first time."""
    path = folder / "seed"
    if not path.exists():
        write_aside(path, f"{secrets.randbits(128)}\n")
        path.chmod(0o600)
    return int(path.read_text())


def add_run(folder, source, hand_ins, other):
    """Note what a download held, unless the last run of the same download noted the same."""
    content = {"source": os.fspath(Path(source).resolve()), "other": other}
    content["hand_ins"] = [_found(hand_in) for hand_in in hand_ins]
    content = json.loads(json.dumps(content))
    last = [run for _, run in runs(folder) if run["source"] == content["source"]][-1:]
    if last != [content]:
        (folder / "runs").mkdir(parents=True, exist_ok=True)
        now = datetime.now(UTC).strftime(STAMP)
        write_aside(folder / "runs" / f"{now}.json", json.dumps(content))


def _found(hand_in):
    return {name: value for name, value in asdict(hand_in).items() if name not in ("source", "seen")}


def runs(folder):
    """Pairs of a time and what was found then, oldest first."""
    for path in sorted((folder / "runs").glob("*.json")):
        yield path.stem, json.loads(path.read_text(encoding="utf-8"))


def hand_ins(folder):
    """Every hand-in once, with its newest grading, in the order in which they were first seen."""
    found, newest = {}, {}
    for seen, run in runs(folder):
        newest[run["source"]] = run
        for entry in run["hand_ins"]:
            entry = {**entry, "known_as": tuple(entry["known_as"])}
            new = HandIn(**entry, source=run["source"], seen=seen)
            name = (new.student, new.assignment, new.digest or (new.source, new.place))
            old = found.get(name, new)
            found[name] = replace(new, seen=old.seen, time=old.time or new.time)
    renamed = {source: _places_and_files(run) for source, run in newest.items()}
    return [hand_in for hand_in in found.values() if not _was_renamed(hand_in, *renamed[hand_in.source])]


def _places_and_files(run):
    return (
        {entry["place"] for entry in run["hand_ins"]},
        {(entry["digest"], entry["modified"]) for entry in run["hand_ins"] if entry["digest"]},
    )


def _was_renamed(hand_in, places, files):
    """Whether the same file stands in the same download under another name now."""
    return hand_in.place not in places and (hand_in.digest, hand_in.modified) in files


def other_files(folder):
    """What the newest run of each download found besides notebooks: pairs of a place and a reason."""
    newest = {run["source"]: run["other"] for _, run in runs(folder)}
    return sorted({tuple(pair) for pairs in newest.values() for pair in pairs})
