"""Whose submission a file or folder is: the names that learning platforms give in their downloads."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Owner:
    """Who handed in, as the platform writes it, and what it says about when and how often."""

    student: str
    known_as: tuple[str, ...] = ()
    time: str = ""
    attempt: int = 0
    late: bool = False


# lovelaceada_LATE_12345_67890_a1_entropy-1.ipynb: the user's number, that of the file, and from the second
# attempt on its number less one.
CANVAS = re.compile(r"(?P<who>[^_]+)(?P<late>_LATE)?_(?P<user>\d+)_\d+_.*?(?:-(?P<attempt>\d+))?(?:\.\w+)?")
# Ada Lovelace_12345_assignsubmission_file_ as a folder or before the name of a file; the number is that of
# the student in this one assignment.
MOODLE = re.compile(r"(?P<who>.+?)_\d+_assignsubmission_(?:file|onlinetext)(?:_.*)?")
# 12345-67890 - Ada Lovelace - Nov 28, 2026 1031 AM as a folder or before the name of a file
BRIGHTSPACE = re.compile(
    r"\d+-\d+ - (?P<who>.+?) - (?P<day>[A-Z][a-z]+ \d{1,2}, \d{4}) (?P<clock>\d{3,4}) (?P<half>[AP]M)"
    r"(?: - .*)?"
)
# ada+a1+2026-11-28 10:31:00 UTC+aGVsbG8: the inbound folder of nbgrader's exchange
NBGRADER = re.compile(
    r"(?P<who>[^+]+)\+[^+]+\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d+)? UTC(?:\+.*)?"
)
# Ada Lovelace - a1_information_and_entropy.ipynb
GOOGLE = re.compile(r"(?P<who>.+?) - (?:Copy of )?a\d_.*\.ipynb", re.IGNORECASE)


def owner(name, whole):
    """The owner of an entry of this name; `whole` is the student where no platform is seen."""
    if found := BRIGHTSPACE.fullmatch(name):
        return Owner(found["who"], time=_brightspace_time(found))
    if found := NBGRADER.fullmatch(name):
        return Owner(found["who"], time=f"{found['time'].replace(' ', 'T')}+00:00")
    if found := MOODLE.fullmatch(name):
        return Owner(found["who"])
    if found := CANVAS.fullmatch(name):
        attempt = int(found["attempt"] or 0)
        return Owner(found["who"], (found["user"],), attempt=attempt, late=bool(found["late"]))
    if found := GOOGLE.fullmatch(name):
        return Owner(found["who"])
    return Owner(whole)


def is_of_a_platform(name):
    """Whether a platform gave this name."""
    return any(pattern.fullmatch(name) for pattern in (BRIGHTSPACE, NBGRADER, MOODLE, CANVAS, GOOGLE))


def _brightspace_time(found):
    """The time of this machine's zone; nothing in a language that it does not know."""
    text = f"{found['day'][:3]} {found['day'].partition(' ')[2]} {found['clock']:0>4} {found['half']}"
    try:
        return datetime.strptime(text, "%b %d, %Y %I%M %p").astimezone(UTC).isoformat()
    except ValueError:
        return ""


def gradescope_owners(text):
    """The owners of the folders of a Gradescope export, from its submission_metadata.yml, line by line."""
    owners, folder, facts = {}, None, {}
    for line in [*text.splitlines(), "end:"]:
        if found := re.match(r"(\S+):\s*$", line):
            if folder and ":name" in facts:
                known_as = tuple(facts[key] for key in (":sid", ":email") if facts.get(key))
                owners[folder] = Owner(facts[":name"], known_as, facts.get(":created_at", ""))
            folder, facts = found[1], {}
        elif found := re.match(r"\s*(?:- )?(:name|:sid|:email|:created_at):\s*(.+?)\s*$", line):
            value = found[2].strip("'\"")
            facts.setdefault(found[1], as_moment(value) if found[1] == ":created_at" else value)
    return owners


def as_moment(text):
    """A time such as 2026-11-28 10:31:00.123 Z with its zone; nothing if it is none."""
    text = re.sub(r"\s+(?=Z|UTC|[+-]\d)", "", text).replace("UTC", "Z").replace(" ", "T")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def github_owner(name, clones):
    """The user in a folder of GitHub Classroom, assignment-user, from what they all begin with."""
    alike = [clone for clone in clones if clone.partition("-")[0] == name.partition("-")[0]]
    first, last = min(alike), max(alike)  # what these share, all share
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    shared = name[:same] if len(alike) > 1 else name.partition("-")[0] + "-"
    return Owner(name[shared.rfind("-") + 1 :] or name)
