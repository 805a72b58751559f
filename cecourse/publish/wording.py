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
        "checks": "What the text says, checked",
        "further": "Further",
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
        "start-head": "| | Notebook | Minutes | The question it answers |",
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
        "actions": "The code on this page has been run, and every figure that can move moves here. To "
        "change the code:",
        "download": "Download this notebook",
        "live": "Run it live, no installation",
        "minutes": "{minutes} min",
        "minutes-alone": "{minutes} min to teach, {alone} alone",
        "lost": "The states of this figure could not be loaded: {problem}.",
        "pause": "pause",
        "licence": "Prose and figures: CC BY 4.0. Code: BSD 3-Clause License.",
        # the start page
        "works": "Everything on these pages works without a network and without Python. The figures move: "
        "drag a slider, or use the arrow keys.",
        "for-whom": "For whom",
        "learn": "You learn",
        "learn-how": 'Begin with <a href="{page}">notebook {number}</a>. Predict before you read on, move '
        "the figures, and answer the three questions at the end.",
        "teach": "You teach",
        "teach-how": 'Each <a href="#page-notebooks">notebook</a> is worth {least} to {most} minutes, each '
        "section says its share, and notes for you unfold where a class stumbles.",
        "teach-statements": 'The <a href="#page-lecture">table of statements</a> leads from the lecture to '
        "the place that works each one out.",
        "need": "You need a figure",
        "need-how": 'The <a href="gallery.html">{figures} figures</a> are there as SVG, PDF and PNG, with '
        "their data and with a description in words for whoever cannot see them.",
        "hand-out": "You hand out assignments",
        "hand-out-how": 'Give students the <a href="#page-assignments">notebooks below</a>. The copy of the '
        "course that this site was built from grades what comes back with <code>make grade</code>, and "
        "names each mistake.",
        "the-notebooks": "The notebooks",
        "entries": 'Every symbol and every term has one line in the <a href="glossary.html">glossary</a>, '
        "{entries} in all.",
        "live-how": '<a href="lite/index.html">Run it live, no installation</a>: the notebooks in a '
        "JupyterLab inside your browser. The page has to come from a server, and when you run the first "
        "cell the browser fetches NumPy and Matplotlib from the network.",
        "assignment": "Assignment",
        "questions": "Questions",
        "points": "Points",
        "after": "After",
        "assignments-how": "Each is a notebook to download, about an hour of work, with checks that help on "
        'the way. All of them: <a href="assignments.zip" download>assignments.zip</a>.',
        "the-lecture": "The lecture, statement by statement",
        "the-lecture-how": "What the lecture says, in our words, and where the course computes or asserts "
        'it. The table is also a <a href="notebooks/statements.csv" download>file</a>.',
        "statement-number": "No.",
        "statement": "Statement",
        "worked-out": "Worked out in",
        "change": "Change the course",
        # the gallery
        "figures-are": "Every figure of the course, for download.",
        "figures-how": "{count} figures, each drawn by one tested function. You may use them under CC BY "
        "4.0. SVG and PDF are drawings at any size; the letters in them stay letters. CSV is what is "
        "plotted.",
        "draw-how": "In a copy of the course, <code>python -m cecourse.figures NAME</code> draws one anew, "
        "with <code>--theme print</code> for a grey printer, <code>--theme dark</code> for dark slides, "
        "<code>--dpi</code> for a finer PNG and <code>--set p=0.2</code> for another state.",
        "in-the-notebook": "In the notebook",
        # the glossary and the search
        "terms": "Symbols and terms",
        "terms-are": "Every symbol and term, in a line.",
        "search-is": "Search the course: sections, figures, symbols and terms.",
        "search-without": 'Searching needs JavaScript. Without it, the <a href="glossary.html">glossary</a> '
        "says for each term in which notebook it begins, and your browser can search within a page.",
        # the page before the live part
        "run-live": "Run it live",
        "live-is": "This is the course in a JupyterLab that runs in your browser: nothing to install, no "
        "account, no server. What you change stays in this browser.",
        "live-start": "Start at the start page",
        "live-file": "You have opened this page as a file. The live part needs a web server; this one will "
        "do: <code>python -m http.server</code>, started in the folder of this page.",
        "live-before": "Before you start",
        "live-first": "The first start fetches some tens of megabytes and takes a minute or two. It needs a "
        "computer rather than a phone.",
        "live-network": "Python comes from this site. NumPy, Matplotlib and what these need are fetched "
        "from Pyodide's public network of servers when the first cell runs, so <strong>that cell needs a "
        "network connection</strong>.",
        "live-figures": "The figures that you see before you run a cell are stored in the notebooks. Their "
        "sliders move once you have run all cells: choose <em>Run, Run All Cells</em>.",
        "live-straight": "Or go straight to a notebook",
        "live-made": "Made with JupyterLite (BSD 3-Clause) and Pyodide (Mozilla Public License 2.0, "
        "unchanged; its source is at <a "
        'href="https://github.com/pyodide/pyodide">github.com/pyodide/pyodide</a>).',
        # what page.js and search.js say
        "scripts": {
            "dark": "Dark",
            "light": "Light",
            "larger": "Larger figure",
            "smaller": "Smaller figure",
            "scrolls": "{kind}, scrolls sideways",
            "code": "Code or output",
            "figure": "Figure",
            "table": "Table",
            "formula": "Formula",
            "ask": "Type one word or more: a term, a figure, a place in the text.",
            "found-0": "Nothing found for “{text}”.",
            "found-1": "1 place found for “{text}”.",
            "found": "{count} places found for “{text}”.",
            "found-more": "{count} places found for “{text}”, the best {most} of them here.",
        },
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
        "checks": "Was der Text sagt, geprüft",
        "further": "Weiteres",
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
        "start-head": "| | Notebook | Minuten | Die Frage, die es beantwortet |",
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
        "minutes": "{minutes} Min.",
        "minutes-alone": "{minutes} Min. zu lehren, {alone} allein",
        "lost": "Die Zustände dieser Abbildung konnten nicht geladen werden: {problem}.",
        "pause": "anhalten",
        "licence": "Texte und Abbildungen: CC BY 4.0. Code: BSD-3-Clause-Lizenz.",
        # the start page
        "works": "Alles auf diesen Seiten geht ohne Netz und ohne Python. Die Abbildungen lassen sich "
        "bewegen: mit einem Regler oder mit den Pfeiltasten.",
        "for-whom": "Für wen",
        "learn": "Du lernst",
        "learn-how": 'Beginne mit <a href="{page}">Notebook {number}</a>. Sage vorher, was kommt, bewege '
        "die Abbildungen und beantworte die drei Fragen am Ende.",
        "teach": "Du lehrst",
        "teach-how": 'Jedes <a href="#page-notebooks">Notebook</a> dauert {least} bis {most} Minuten, jeder '
        "Abschnitt nennt seinen Anteil, und Hinweise für dich lassen sich ausklappen, wo ein Kurs stolpert.",
        "teach-statements": 'Die <a href="#page-lecture">Tabelle der Aussagen</a> führt von der '
        "Vorlesung zu der Stelle, die jede ausrechnet.",
        "need": "Du brauchst eine Abbildung",
        "need-how": 'Die <a href="gallery.html">{figures} Abbildungen</a> gibt es als SVG, PDF und PNG, mit '
        "ihren Daten und mit einer Beschreibung in Worten für alle, die sie nicht sehen können.",
        "hand-out": "Du gibst Aufgaben aus",
        "hand-out-how": 'Gib Studierenden die <a href="#page-assignments">Notebooks unten</a>. Die Kopie '
        "des Kurses, aus der diese Seiten gebaut sind, bewertet mit <code>make grade</code>, was "
        "zurückkommt, und benennt jeden Fehler.",
        "the-notebooks": "Die Notebooks",
        "entries": 'Jedes Zeichen und jeder Begriff hat eine Zeile im <a href="glossary.html">Glossar</a>, '
        "{entries} im Ganzen.",
        "live-how": '<a href="lite/index.html">Im Browser ausführen, ohne Installation</a>: die Notebooks '
        "in einem JupyterLab in deinem Browser. Die Seite muss von einem Server kommen, und bei der ersten "
        "Zelle holt der Browser NumPy und Matplotlib aus dem Netz.",
        "assignment": "Aufgabe",
        "questions": "Fragen",
        "points": "Punkte",
        "after": "Nach",
        "assignments-how": "Jede ist ein Notebook zum Herunterladen, etwa eine Stunde Arbeit, mit "
        'Prüfungen, die unterwegs helfen. Alle: <a href="assignments.zip" download>assignments.zip</a>.',
        "the-lecture": "Die Vorlesung, Aussage für Aussage",
        "the-lecture-how": "Was die Vorlesung sagt, in unseren Worten, und wo der Kurs es berechnet oder "
        'prüft. Die Tabelle gibt es auch als <a href="notebooks/statements.csv" download>Datei</a>.',
        "statement-number": "Nr.",
        "statement": "Aussage",
        "worked-out": "Ausgerechnet in",
        "change": "Den Kurs ändern",
        # the gallery
        "figures-are": "Jede Abbildung des Kurses zum Herunterladen.",
        "figures-how": "{count} Abbildungen, jede von einer geprüften Funktion gezeichnet. Du darfst sie "
        "unter CC BY 4.0 verwenden. SVG und PDF sind Zeichnungen in jeder Größe; ihre Buchstaben bleiben "
        "Buchstaben. CSV ist, was aufgetragen ist.",
        "draw-how": "In einer Kopie des Kurses zeichnet <code>python -m cecourse.figures NAME</code> eine "
        "neu, mit <code>--theme print</code> für einen grauen Drucker, <code>--theme dark</code> für dunkle "
        "Folien, <code>--dpi</code> für ein feineres PNG und <code>--set p=0.2</code> für einen anderen "
        "Zustand.",
        "in-the-notebook": "Im Notebook",
        # the glossary and the search
        "terms": "Zeichen und Begriffe",
        "terms-are": "Jedes Zeichen und jeder Begriff in einer Zeile.",
        "search-is": "Den Kurs durchsuchen: Abschnitte, Abbildungen, Zeichen und Begriffe.",
        "search-without": 'Die Suche braucht JavaScript. Ohne sagt das <a href="glossary.html">Glossar</a> '
        "zu jedem Begriff, in welchem Notebook er beginnt, und dein Browser kann in einer Seite suchen.",
        # the page before the live part
        "run-live": "Im Browser ausführen",
        "live-is": "Das ist der Kurs in einem JupyterLab, das in deinem Browser läuft: nichts zu "
        "installieren, kein Konto, kein Server. Was du änderst, bleibt in diesem Browser.",
        "live-start": "Auf der Startseite beginnen",
        "live-file": "Du hast diese Seite als Datei geöffnet. Dieser Teil braucht einen Webserver; dieser "
        "genügt: <code>python -m http.server</code>, gestartet im Ordner dieser Seite.",
        "live-before": "Bevor du beginnst",
        "live-first": "Der erste Start holt einige zehn Megabyte und dauert ein bis zwei Minuten. Er "
        "braucht eher einen Rechner als ein Telefon.",
        "live-network": "Python kommt von dieser Seite. NumPy, Matplotlib und was sie brauchen, holt die "
        "erste Zelle aus Pyodides öffentlichem Netz von Servern; <strong>sie braucht also eine Verbindung "
        "zum Netz</strong>.",
        "live-figures": "Die Abbildungen, die du vor dem Ausführen siehst, stehen in den Notebooks. Ihre "
        "Regler bewegen sich, sobald alle Zellen gelaufen sind: wähle <em>Run, Run All Cells</em>.",
        "live-straight": "Oder gleich zu einem Notebook",
        "live-made": "Gemacht mit JupyterLite (BSD 3-Clause) und Pyodide (Mozilla Public License 2.0, "
        "unverändert; Quelltext auf <a "
        'href="https://github.com/pyodide/pyodide">github.com/pyodide/pyodide</a>).',
        # what page.js and search.js say
        "scripts": {
            "dark": "Dunkel",
            "light": "Hell",
            "larger": "Abbildung vergrößern",
            "smaller": "Abbildung verkleinern",
            "scrolls": "{kind}, seitwärts zu rollen",
            "code": "Code oder Ausgabe",
            "figure": "Abbildung",
            "table": "Tabelle",
            "formula": "Formel",
            "ask": "Tippe ein Wort oder mehr: einen Begriff, eine Abbildung, eine Stelle im Text.",
            "found-0": "Nichts gefunden für „{text}“.",
            "found-1": "1 Stelle gefunden für „{text}“.",
            "found": "{count} Stellen gefunden für „{text}“.",
            "found-more": "{count} Stellen gefunden für „{text}“, die besten {most} davon hier.",
        },
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
