"""What pages, decks and handouts say of themselves, in the languages that a course may be in.

Another language is one more table.  What a reader is to do ("Predict first") stands in the notebook, in the
notebook's words; the words here are for a cell that has the tag and no opening in bold.
"""

WORDING = {
    "en": {
        "predict": "Predict first",
        "try": "Try",
        "break": "Break it",
        "repair": "Repair it",
        "read-on": "Read on",
        "instructor": "For the instructor",
        "broken": "Broken on purpose",
        "repaired": "Repaired",
        "solution": "The answers, computed",
        "checked": "Checked in the notebook:",
        "clock": "<strong>{minutes} minutes</strong>, from minute {begin} to minute {end}.",
        "move": "Move the figure",
        "figure": "Figure",
        "in-words": "In words",
        "move-it": "Move the figure “{title}”",
        "weights": "weights, divided by their sum",
        "one-of-these": "{label} (one of these; in the notebook, any)",
        "moves": "moves",
        "take-back": "take back",
        "play": "play",
        "one-back": "one back",
        "one-on": "one on",
        "reset": "reset",
        "notebook": "Notebook",
        "notebooks": "Notebooks",
        "figures": "Figures",
        "assignments": "Assignments",
        "lecture": "Lecture",
        "glossary": "Glossary",
        "course": "Course",
        "search": "Search",
        "search-the-course": "Search the course",
        "skip": "Skip to the text",
        "contents": "On this page",
        "turn": "Previous and next notebook",
        "previous": "Previous",
        "next": "Next",
        "actions": "The code on this page has been run, and every figure that can move moves here. To change "
        "the code:",
        "download": "Download this notebook",
        "live": "Run it live, no installation",
    },
    "de": {
        "predict": "Erst vorhersagen",
        "try": "Probieren",
        "break": "Kaputt machen",
        "repair": "Reparieren",
        "read-on": "Weiterlesen",
        "instructor": "Für Lehrende",
        "broken": "Absichtlich kaputt",
        "repaired": "Repariert",
        "solution": "Die Antworten, berechnet",
        "checked": "Im Notebook geprüft:",
        "clock": "<strong>{minutes} Minuten</strong>, von Minute {begin} bis Minute {end}.",
        "move": "Abbildung bewegen",
        "figure": "Abbildung",
        "in-words": "In Worten",
        "move-it": "Die Abbildung „{title}“ bewegen",
        "weights": "Gewichte, geteilt durch ihre Summe",
        "one-of-these": "{label} (eines von diesen; im Notebook jedes)",
        "moves": "Züge",
        "take-back": "zurücknehmen",
        "play": "abspielen",
        "one-back": "einen zurück",
        "one-on": "einen weiter",
        "reset": "zurücksetzen",
        "notebook": "Notebook",
        "notebooks": "Notebooks",
        "figures": "Abbildungen",
        "assignments": "Aufgaben",
        "lecture": "Vorlesung",
        "glossary": "Glossar",
        "course": "Kurs",
        "search": "Suchen",
        "search-the-course": "Im Kurs suchen",
        "skip": "Zum Text",
        "contents": "Auf dieser Seite",
        "turn": "Voriges und nächstes Notebook",
        "previous": "Zurück",
        "next": "Weiter",
        "actions": "Der Code auf dieser Seite wurde ausgeführt, und jede Abbildung, die sich bewegen lässt, "
        "bewegt sich hier. Um den Code zu ändern:",
        "download": "Dieses Notebook herunterladen",
        "live": "Im Browser ausführen, ohne Installation",
    },
}


def wording(language):
    """The words of a language, such as "en"."""
    if language not in WORDING:
        raise ValueError(
            f"course.toml says language = {language!r}; expected {' or '.join(map(repr, WORDING))}. Write "
            "one of these, or add a table for it to cecourse/publish/wording.py."
        )
    return WORDING[language]
