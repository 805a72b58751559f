"""How long grading takes: python -m tests.measurements.bench_grader [COUNT] [--cluster]

Right, wrong and hostile submissions of A1, a third each, in an order that is the same every time."""

import argparse
import contextlib
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import distributed
import numpy as np

from cecourse.assignments.sandbox import sandbox
from cecourse.assignments.sandbox.sandbox import Limits, why_unavailable
from tests.assignments.banks import BANKS, hostile
from tests.assignments.banks.__main__ import grade_into, write_right, write_wrong


def write(folder, count):
    """So many submissions."""
    kinds = [folder.with_name(name) for name in ("right", "wrong", "hostile")]
    write_right("a1", BANKS["a1"], kinds[0])
    write_wrong("a1", BANKS["a1"], kinds[1])
    hostile.submissions(BANKS["a1"], kinds[2])
    folder.mkdir()
    order = np.random.default_rng(0)
    originals = [order.permutation(sorted(kind.iterdir())) for kind in kinds]
    for number in range(count):
        kind = originals[number % 3]
        original = kind[number // 3 % len(kind)]
        _again(original, folder / f"{number:05}{original.suffix}")


def _again(original, place):
    """The same entry under another name: a notebook, a folder, or a link or pipe that attacks."""
    if original.is_dir() and not original.is_symlink():
        place.mkdir()
        for inside in original.iterdir():
            os.link(inside, place / inside.name, follow_symlinks=False)
    else:
        os.link(original, place, follow_symlinks=False)


def measured(folder, out, **how):
    """Grade the folder, print how long it took; the table of grades."""
    begin = time.perf_counter()
    with _counted() as used:
        records, _ = grade_into(out, folder, **how)
        seconds = time.perf_counter() - begin
    count = len(records)
    print(f"{count} submissions in {seconds:.1f} s: {seconds / count:.3f} s each", end="")
    print(f"; {sum(used) / count:.3f} s of the processors each" * (not how), end="")
    print(f"; load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
    return (out / "grades.csv").read_bytes()


@contextlib.contextmanager
def _counted():
    """Seconds of the processors that this process and its sandboxes use: a list that is whole afterwards."""
    close, seconds = sandbox.Sandbox.close, [-sum(resource.getrusage(resource.RUSAGE_SELF)[:2])]

    def counting(box):
        seconds.append(_below(box.process.pid))
        close(box)

    sandbox.Sandbox.close = counting
    try:
        yield seconds
    finally:
        sandbox.close_all()
        sandbox.Sandbox.close = close
        seconds.append(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))


def _below(process):
    """Seconds that a process, all below it and those that they waited for have used."""
    tree = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            tree[int(stat.parent.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    ticks = (used for each, (_, used) in tree.items() if process in _line(each, tree))
    return sum(ticks) / os.sysconf("SC_CLK_TCK")


def _line(process, tree):
    while process in tree:
        yield process
        process = tree[process][0]


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.measurements.bench_grader", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=200)
    parser.add_argument("--cluster", action="store_true", help="once more through a cluster on this machine")
    options = parser.parse_args()
    if missing := why_unavailable(Limits()):
        sys.exit(missing)
    sandbox.close_all()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "in")
        write(folder, options.count)
        table = measured(folder, Path(scratch, "out"))
        if options.cluster:
            size = {"n_workers": os.cpu_count(), "threads_per_worker": 2, "dashboard_address": ":0"}
            with distributed.LocalCluster(**size) as cluster:
                again = measured(folder, Path(scratch, "cluster"), scheduler=cluster.scheduler_address)
            rows = zip(table.decode().splitlines(), again.decode().splitlines(), strict=True)
            other = [f"here:    {here}\ncluster: {there}" for here, there in rows if here != there]
            print("the same grades" if again == table else "OTHER GRADES", *other, sep="\n")
            return int(again != table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
