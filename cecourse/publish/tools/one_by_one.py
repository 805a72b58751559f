"""Something made of each notebook, where it is not made yet; a notebook at fault stops no other."""

import sys

from .cache import BuildCache


def one_by_one(what, paths, out, endings, make, *ingredients):
    """Call `make(path)` for each notebook whose files in `out` are missing or made of something else.

    `endings` are those of its files behind the notebook's name.  Returns the exit code: 1 where a notebook
    could not be made, for the reason that is printed.
    """
    out.mkdir(parents=True, exist_ok=True)
    cache, faults = BuildCache(out), 0
    for number, path in enumerate(paths, start=1):
        files = [out / f"{path.stem}{ending}" for ending in endings]
        if not cache.is_stale(files, path.read_bytes(), *ingredients):
            continue
        print(f"{what} {number} of {len(paths)}: {path.stem} ...", file=sys.stderr, flush=True)
        try:
            make(path)
        except ValueError as fault:
            faults += 1
            print(f"{what} {path.stem} was not made. {fault}", file=sys.stderr)
        else:
            cache.done()
    print(f"{len(paths) - faults} {what}s in {out}")
    return 1 if faults else 0
