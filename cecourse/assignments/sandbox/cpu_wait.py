"""How long a process stood in the queue for a processor: what a busy machine took, not the code itself."""

import contextlib
from pathlib import Path

PROC = Path("/proc")


def queued(process):
    """Seconds for which the youngest process below this one has been kept waiting for a processor; 0 where
    the system does not tell."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int((PROC / str(_youngest(process)) / "schedstat").read_text().split()[1]) / 1e9
    return 0.0


def _youngest(process):
    """Down from parent to child, to the one that has none: in a sandbox, where a student's code runs."""
    below = _children()
    while process in below:
        process = below[process]
    return process


def _children():
    """For each process that has children, the one of them that was started last."""
    latest = {}
    for stat in PROC.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            parent, begin = int(fields[1]), int(fields[19])
            latest[parent] = max(latest.get(parent, (0, 0)), (begin, int(stat.parent.name)))
    return {parent: child for parent, (_, child) in latest.items()}
