"""The list of the notebooks on the start page, notebooks/README.md, from course.toml and the notebooks.

python -m cecourse.publish.start_page
"""

import sys
from pathlib import Path

import nbformat

from ..course import course
from .wording import wording

BEGIN, END = "<!-- notebooks: written by make start-page -->", "<!-- end of notebooks -->"


def start_page(course, text):
    """The text of the start page, with the list of the notebooks as it is now."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(
            f"{course.folder / 'README.md'} has no place for the list of the notebooks; expected the lines "
            f"{BEGIN} and {END}. Write them where it belongs."
        )
    words = wording(course.language)
    rows = "\n".join(_row(entry, words) for entry in course.notebooks)
    return f"{before}{BEGIN}\n\n{words['start-head']}\n|---|---|---|---|\n{rows}\n\n{END}{after}"


def _row(entry, words):
    cell = nbformat.read(entry.path, as_version=4).cells[0]
    title = cell.source.splitlines()[0].removeprefix("# ")
    facts = cell.metadata
    form = words["minutes-alone"] if "alone" in facts else words["minutes"]
    took = form.format_map(facts) if "minutes" in facts else ""
    return f"| {entry.name[:2]} | [{title}]({entry.path.name}) | {took} | {entry.question} |"


def main(folder="."):
    """Write the list; returns the exit code."""
    try:
        said = course(Path(folder))
        page = said.folder / "README.md"
        page.write_text(start_page(said, page.read_text(encoding="utf-8")), encoding="utf-8")
    except ValueError as fault:
        return str(fault)
    print(f"{page} lists {len(said.notebooks)} notebooks.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
