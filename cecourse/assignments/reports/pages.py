"""What people read: a table of grades, a page of feedback for each student, a page about the class."""

import csv
import hashlib
import re
from collections import Counter, defaultdict
from html import escape
from pathlib import Path

from ..questions.catalogue import ASSIGNMENTS
from ..release import TEXT_STUB

COLUMNS = ("student", "assignment", "question", "points", "of", "status", "mistake", "graded in")
LONGEST_WORDS = 20000
# Status to colour; the picture says each in words as well.
STATUSES = {
    "right": "#4477aa",
    "partly right": "#99bbdd",
    "wrong": "#cc6677",
    "failed": "#aa4499",
    "not answered": "#bbbbbb",
}
STYLE = """
:root { color-scheme: light dark; }
:root { --ink: #222; --paper: #fff; --code: #f0f0f0; --line: #ccc; --link: #0645ad; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --paper: #181818; --code: #2b2b2b; --line: #555; --link: #8ab4f8; }
}
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
body { color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
a { color: var(--link); }
h1 { line-height: 1.2; }
h2 { margin-top: 2.5rem; }
h3 { margin: 0; font-size: 1.05rem; }
p, ul { margin: .3rem 0; }
section { margin: 1.2rem 0; padding-left: .8rem; border-left: .35rem solid var(--line); }
table { border-collapse: collapse; }
td, th { padding: .25rem .8rem .25rem 0; text-align: left; vertical-align: top; }
td, th { border-bottom: 1px solid var(--line); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
code, pre { background: var(--code); padding: 0 .2rem; }
pre { padding: .5rem; white-space: pre-wrap; }
.key { white-space: nowrap; }
svg { max-width: 100%; display: block; margin-top: .3rem; }
"""


def write(records, folder):
    """Write grades.csv, feedback/*.html and summary.html; the paths of the first and the last."""
    folder = Path(folder)
    table, summary = folder / "grades.csv", folder / "summary.html"
    pages = folder / "feedback"
    pages.mkdir(parents=True, exist_ok=True)
    with open(table, "w", newline="", encoding="utf-8", errors="replace") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        rows.writerows(row for record in records for row in _rows(record))
    of_student = defaultdict(list)
    for record in sorted(records, key=lambda record: record["student"].casefold()):
        of_student[record["student"]].append(record)
    for student, theirs in of_student.items():
        _save(pages / f"{slug(student)}.html", f"Feedback for {student}", map(_feedback, theirs))
    _save(summary, "Grades of the class", _class(records, of_student))
    return table, summary


def slug(student):
    """A file name for a student: plain letters, and a digest where that loses anything."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", student).strip("-")[:40]
    if plain and plain == student and not re.search(r"-[0-9a-f]{8}$", plain):  # nobody takes another's page
        return plain
    digest = hashlib.sha256(student.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{plain}-{digest}".lstrip("-")


def _save(path, title, parts):
    title = escape(title)
    page = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{STYLE}</style></head>
<body><main><h1>{title}</h1>
{"".join(parts)}
</main></body></html>
"""
    path.write_text(page, encoding="utf-8", errors="replace")


# The table


def _rows(record):
    student = _no_formula(record["student"])
    wall = "no sandbox" if record["trusted"] else "sandbox"
    if record["complaint"]:
        yield student, record["assignment"], "", "", "", "unreadable", record["complaint"], wall
        return
    for result in record["questions"]:
        named = "; ".join(name for name, _ in result["mistakes"])
        if not named and result["failure"] and result["status"] != "not answered":
            named = result["failure"]["kind"]
        status, points = result["status"], f"{result['points']:g}"
        yield student, record["assignment"], result["question"], points, result["of"], status, named, wall
    assignment = ASSIGNMENTS[record["assignment"]]
    yield student, record["assignment"], assignment.words_id, "", assignment.words_points, "by hand", "", wall


def _no_formula(text):
    """A spreadsheet must not calculate what a student is called."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


# Feedback for a student


def _feedback(record):
    if record["complaint"]:
        return (
            f"<h2>Not graded</h2><p><code>{escape(record['place'])}</code> could not be read: "
            f"{escape(record['complaint'])}.</p>"
        )
    assignment = ASSIGNMENTS[record["assignment"]]
    reached = sum(result["points"] for result in record["questions"])
    of = assignment.points - assignment.words_points
    parts = [
        f"<h2>{assignment.name.upper()}: {escape(assignment.title)}</h2>",
        f"<p><strong>{reached:g} of {of} points</strong>, and up to {assignment.words_points} more for the "
        "question in words, which a person reads.</p>",
    ]
    if record["trusted"]:
        parts.append("<p>Graded without a sandbox.</p>")
    cells = [f"<li>{_failure(item['failure'])}</li>" for item in record["cells"]]
    if cells:
        parts.append(
            "<section><h3>Cells that stopped with an error</h3><p>Run from top to bottom, these did not "
            f"finish. What they define is missing below.</p><ul>{''.join(cells)}</ul></section>"
        )
    parts += [_result(number, result) for number, result in enumerate(record["questions"], 1)]
    words = record["words"][:LONGEST_WORDS]
    words = "Not answered." if words.strip() in ("", TEXT_STUB) else escape(words)
    number = len(record["questions"]) + 1
    parts.append(f"<section><h3>{number}. In words: read by a person</h3><pre>{words}</pre></section>")
    return "\n".join(parts)


def _result(number, result):
    name = result["question"].partition("-")[2].replace("-", "_")
    status = result["status"]
    parts = [
        f'<section style="border-color: {STATUSES[status]}"><h3>{number}. <code>{name}</code>: {status}, '
        f"{result['points']:g} of {result['of']} points</h3>"
    ]
    parts += [
        f"<p><strong>{escape(name[:1].upper() + name[1:])}.</strong> {escape(help_)}</p>"
        for name, help_ in result["mistakes"]
    ]
    if result["failure"] and result["status"] != "not answered":
        parts.append(f"<p>{_failure(result['failure'])}</p>")
    elif not result["mistakes"] and result["status"] == "wrong":
        parts.append(
            "<p>The numbers differ from the right ones in a way that is none of the usual mistakes. Compute "
            "a small example by hand, and compare.</p>"
        )
    elif not result["mistakes"] and result["status"] == "partly right":
        parts.append("<p>Ordinary inputs are right. Look at the special cases that the question names.</p>")
    parts.append("</section>")
    return "\n".join(parts)


def _failure(failure):
    name = escape(failure["name"])
    where = f" in cell {failure['cell']} from the top, line {failure['line']}" if failure["cell"] else ""
    text = f": <code>{escape(failure['text'].strip()[:200])}</code>" if failure["text"].strip() else ""
    match failure["kind"]:
        case "TimeoutError":
            what = "It was stopped because it took too long. Look for a loop that does not end"
        case "Stopped":
            what = "It ended the process that runs your notebook, or was not reached before the time was over"
        case "ModuleNotFoundError" | "ImportError":
            module = f"<code>{name}</code>" if name else "A module"
            what = f"{module} cannot be imported: only NumPy and the standard library are there"
        case "NameError" if name:
            what = f"The name <code>{name}</code> is not defined when it is needed"
        case "SystemExit":
            what = "It leaves the program: take out <code>exit</code> and <code>quit</code>"
        case "MemoryError":
            what = "It needs more memory than there is"
        case kind:
            what = f"It stops with <code>{escape(kind)}</code>"
    return f"{what}{where}{text}."


# The class


def _class(records, of_student):
    graded = [record for record in records if not record["complaint"]]
    unread = [record for record in records if record["complaint"]]
    yield f"<p>{len(of_student)} students, {len(graded)} notebooks graded, {len(unread)} not readable.</p>"
    if unread:
        yield "<h2>Not readable</h2><ul>"
        for record in unread:
            student, place = escape(record["student"]), escape(record["place"])
            yield f"<li>{student} (<code>{place}</code>): {escape(record['complaint'])}</li>"
        yield "</ul>"
    for name, assignment in ASSIGNMENTS.items():
        theirs = [record for record in graded if record["assignment"] == name]
        if theirs:
            yield from _of_assignment(assignment, theirs)
    yield from _table(of_student)


def _table(of_student):
    """A row for each student: the points for each assignment, and the way to the feedback."""
    names = [
        name for name in ASSIGNMENTS if any(r["assignment"] == name for rs in of_student.values() for r in rs)
    ]
    yield "<h2>Points and feedback</h2><p>Without the questions in words.</p><table><tr><th>Student</th>"
    yield "".join(f'<th class="number">{name.upper()}</th>' for name in names) + "</tr>"
    for student, records in of_student.items():
        reached = {record["assignment"]: _points(record) for record in records}
        yield f'<tr><td><a href="feedback/{slug(student)}.html">{escape(student)}</a>'
        yield "</td>" if all(record["assignment"] for record in records) else " (not readable)</td>"
        yield "".join(f'<td class="number">{reached.get(name, "")}</td>' for name in names) + "</tr>"
    yield "</table>"


def _points(record):
    if record["complaint"]:
        return "not readable"
    of = sum(result["of"] for result in record["questions"])
    return f"{sum(result['points'] for result in record['questions']):g} of {of}"


def _of_assignment(assignment, records):
    reached = sum(result["points"] for record in records for result in record["questions"]) / len(records)
    of = assignment.points - assignment.words_points
    yield f"<h2>{assignment.name.upper()}: {escape(assignment.title)}</h2>"
    yield f"<p>{len(records)} notebooks, on average {reached:.1f} of {of} points. The question in words "
    yield f"({assignment.words_points} points) is left for you; the rubric stands in the source notebook.</p>"
    for index, question in enumerate(assignment.questions):
        results = [record["questions"][index] for record in records]
        yield f"<section><h3>{index + 1}. <code>{question.name}</code></h3>"
        yield _picture(Counter(result["status"] for result in results))
        yield f"{_mistakes(results)}</section>"


def _picture(counts, width=640):
    """One bar per question, a stretch for each status, with its number; the words go with it."""
    total, x, parts = sum(counts.values()), 0.0, []
    words = ", ".join(f"{counts[status]} {status}" for status in STATUSES if counts[status])
    for status, colour in STATUSES.items():
        w = width * counts[status] / total
        parts.append(f'<rect x="{x:.1f}" y="0" width="{w:.1f}" height="24" fill="{colour}"/>')
        x += w
    return (
        f'<svg viewBox="0 0 {width} 24" width="{width}" height="24" role="img" aria-label="{words}">'
        f"{''.join(parts)}</svg><p>{_key(counts)}</p>"
    )


def _key(counts):
    square = '<span class="key"><span aria-hidden="true" style="color:{}">&#9632;</span> {} {}</span>'
    return ", ".join(square.format(STATUSES[s], counts[s], s) for s in STATUSES if counts[s])


def _mistakes(results):
    named = Counter(name for result in results for name, _ in result["mistakes"])
    items = [f"<li>{count} &times; {escape(name)}</li>" for name, count in named.most_common()]
    return f"<ul>{''.join(items)}</ul>" if items else ""
