"""How long a process waited for a processor because the machine was busy."""

import contextlib
from pathlib import Path

PROC = Path("/proc")


def seconds_waited(process):
    """Seconds for which the youngest descendant of a process has waited for a processor; 0 where the system
    does not report it."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int((PROC / str(_youngest(process)) / "schedstat").read_text().split()[1]) / 1e9
    return 0.0


def _youngest(process):
    """The last process of the chain from parent to newest child: in a sandbox, the one that runs a student's
    code."""
    below = _children()
    while process in below:
        process = below[process]
    return process


def _children():
    """For each process that has children, the child that started last."""
    latest = {}
    for stat in PROC.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            parent, begin = int(fields[1]), int(fields[19])
            latest[parent] = max(latest.get(parent, (0, 0)), (begin, int(stat.parent.name)))
    return {parent: child for parent, (_, child) in latest.items()}
