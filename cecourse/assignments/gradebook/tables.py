"""Tables that people write, in an editor or a spreadsheet: read here, never written."""

import csv
import io

DELIMITERS = ",;\t"


class NotUnderstood(ValueError):
    """A file that a person wrote and that cannot be read, in words for that person."""


def read_table(path, *needed):
    """The rows of a table as dictionaries by the columns, in small letters; none without a file."""
    if not path.exists():
        return []
    lines = _text(path).splitlines()
    # A spreadsheet separates by semicolons where the comma is the decimal point.
    delimiter = max(DELIMITERS, key=lines[0].count) if lines else ","
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter)
    names = [name.strip().casefold() for name in next(reader, [])]
    for name in needed:
        if name not in names:
            raise NotUnderstood(
                f"{path} has the columns {', '.join(names) or '(none)'}; expected one with the name {name}. "
                "Add it in the first line."
            )
    rows = [dict(zip(names, (cell.strip() for cell in row), strict=False)) for row in reader]
    return [row for row in rows if any(row.values())]


def _text(path):
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:  # what a spreadsheet on Windows writes unless it is told otherwise
        return content.decode("cp1252", errors="replace")


def number(text, path, row):
    """A number above or at zero, with a point or a comma."""
    try:
        value = float(text.replace(",", "."))
        if 0 <= value < float("inf"):
            return value
    except ValueError:
        pass
    raise NotUnderstood(
        f"{path} has {text!r} in the row {', '.join(row.values())}; expected a number such as 3 or 2.5. "
        "Correct it there."
    )
