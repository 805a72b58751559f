"""What was made before, of the same ingredients, need not be made again."""

import hashlib
import json
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

_KEPT = ".made.json"
_MATTERS = {".py", ".css", ".html", ".js", ".mjs", ".json", ".mplstyle", ".csv", ".txt"}
_LIBRARIES = ("matplotlib", "numpy", "nbconvert", "pygments")


class BuildCache:
    """The digests of what the files in a folder were made of."""

    def __init__(self, folder):
        self._path = folder / _KEPT
        self._digests = json.loads(self._path.read_text()) if self._path.exists() else {}

    def is_stale(self, outputs, *ingredients):
        """Whether one of these files is missing or was made of something else."""
        self._next = {path.name: _digest(ingredients) for path in outputs}
        return any(
            not path.exists() or self._digests.get(path.name) != self._next[path.name] for path in outputs
        )

    def done(self):
        """Keep in mind that the files asked for last are made."""
        self._digests |= self._next
        self._path.write_text(json.dumps(self._digests, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _digest(ingredients):
    told = [repr(each).encode() if not isinstance(each, bytes) else each for each in ingredients]
    return hashlib.sha256(b"\0".join([*told, _course()])).hexdigest()


@cache
def _course():
    """A digest of the course's own code, looks and data, and of the libraries that draw and set it."""
    root = Path(str(files("cecourse")))
    sources = sorted(path for path in root.rglob("*") if path.suffix in _MATTERS)
    versions = [f"{name} {metadata.version(name)}".encode() for name in _LIBRARIES]
    return hashlib.sha256(b"\0".join([*versions, *(path.read_bytes() for path in sources)])).digest()
