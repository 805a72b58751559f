"""How published pages are looked at: in Chromium, and as files; everything found is a complaint in words."""

import contextlib
import functools
import gzip
import http.server
import re
import threading
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cecourse.publish.tools.npm import part

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GOOD_PRACTICE = "best-practice"
PHONE, DESK, WALL = (360, 740), (1280, 720), (1920, 1080)


@dataclass
class Looking:
    """A page that is looked at; `complaints` grows with every console error and every outside request."""

    page: object
    home: str
    complaints: list = field(default_factory=list)

    def goto(self, address):
        """Open an address below home, as `goto("index.html#L01")`."""
        self.page.goto(f"{self.home}/{address}")
        return self.page


@contextlib.contextmanager
def looking(browser, home, size=DESK, scheme="light", heard=("error", "warning"), **options):
    """A page of its own in the browser that complains by itself.

    `home` is a folder, whose files are then opened from the file system, or the address of a server;
    `heard` is what counts of the console; `options` are Playwright's, such as `java_script_enabled=False`.
    """
    home = home.resolve().as_uri() if isinstance(home, Path) else home.rstrip("/")
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **options)
    look = Looking(context.new_page(), home)
    say, page = look.complaints.append, look.page
    page.on("console", lambda said: say(f"console: {said.text}") if said.type in heard else None)
    page.on("pageerror", lambda error: say(f"error: {error}"))
    page.on("request", lambda asked: None if _is_at_home(asked.url, look.home) else say(f"asks {asked.url}"))
    page.on("requestfailed", lambda asked: None if _was_left(asked) else say(f"does not get {asked.url}"))
    page.on("response", lambda got: say(f"gets {got.status} from {got.url}") if got.status >= 400 else None)
    try:
        yield look
    finally:
        context.close()


@contextlib.contextmanager
def serving(folder):
    """The address of a server of this machine for a folder."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def _was_left(asked):
    """Whether a request was given up since the page was left before its answer came."""
    return asked.failure == "net::ERR_ABORTED"


def _is_at_home(url, home):
    return url.startswith((f"{home}/", "data:", "blob:", "about:"))


def axe(page, rules=None, more=()):
    """What axe-core finds against WCAG 2.2 AA, a complaint per place; by all rules or by those named.

    `more` are further tags of rules, such as GOOD_PRACTICE.
    """
    if not page.evaluate("'axe' in window"):
        # Not as a <script>, which a page may refuse.
        page.evaluate((part("axe-core") / "axe.min.js").read_text(encoding="utf-8") + "; null")
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": [*WCAG, *more]}
    found = page.evaluate(
        "options => axe.run(document, options)",
        {"runOnly": only, "resultTypes": ["violations"], "preload": False},
    )
    return [
        f"axe {violation['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def too_wide(page):
    """What makes a page scroll sideways."""
    return page.evaluate(
        """() => {
          const room = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= room) return [];
          const clipped = (element) => {
            for (let box = element.parentElement; box; box = box.parentElement)
              if (box !== document.body && getComputedStyle(box).overflowX !== "visible") return true;
            return false;
          };
          const wide = [...document.body.querySelectorAll("*")].filter(
            (each) => each.getBoundingClientRect().right > room + 1 && !clipped(each));
          const name = (each) => `<${each.tagName.toLowerCase()} class="${each.getAttribute("class")}">`;
          return [`scrolls sideways to ${document.documentElement.scrollWidth} of ${room} pixels: `
            + wide.slice(-3).map((each) => `${name(each)} ${each.textContent.slice(0, 60)}`).join(" | ")];
        }"""
    )


def unset_formulas(page):
    """Formulas that are seen as TeX: a dollar, a command, or KaTeX's red letters."""
    return page.evaluate(
        r"""() => {
          const found = [...document.querySelectorAll(".katex-error")].map((each) => each.textContent);
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const text = walker.currentNode;
            if (text.parentElement.closest("pre, code, script, style, annotation, textarea")) continue;
            if (/\$[^$]+\$|\\(?:frac|log|sum|text|mathrm|begin|sigma|ell|le|ge)\b/.test(text.data))
              found.push(text.data);
          }
          return found.map((text) => `not set: ${text.trim().slice(0, 80)}`);
        }"""
    )


def lonely_marks(page):
    """Formulas whose comma or full stop stands at the beginning of the next line."""
    return page.evaluate(
        """() => [...document.querySelectorAll("main .katex")]
          .filter((formula) => !formula.closest(".katex-display") && formula.offsetParent)
          .filter((formula) => /^[.,;:?!)”]/.test(formula.nextSibling?.data ?? ""))
          .filter((formula) => {
            const mark = document.createRange();
            mark.setStart(formula.nextSibling, 0);
            mark.setEnd(formula.nextSibling, 1);
            const end = [...formula.querySelectorAll(".katex-base")].at(-1).getBoundingClientRect();
            const { top, bottom } = mark.getBoundingClientRect();
            return (top + bottom) / 2 > end.bottom;
          })
          .map((formula) => `alone on a line: ${formula.nextSibling.data.slice(0, 40)}`)"""
    )


def wordless_pictures(page):
    """Pictures without a description of twenty letters or more."""
    return page.evaluate(
        """() => {
          const words = (each) => each.getAttribute("alt") ?? each.getAttribute("aria-label")
            ?? (each.getAttribute("aria-labelledby") ?? each.getAttribute("aria-describedby") ?? "")
              .split(/ +/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
          return [...document.querySelectorAll("main img, main svg[role=img], main figure svg")]
            .filter((each) => !each.closest("[aria-hidden=true], [role=img] *, .katex"))
            .filter((each) => words(each).trim().length < 20)
            .map((each) => `no words: ${each.outerHTML.slice(0, 120)}`);
        }"""
    )


class Page(HTMLParser):
    """An HTML file: its ids, and the addresses that it links or loads."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.targets = [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        """Note what a tag is named, where it leads, and what a drawing takes its clips and hatches from."""
        given = {name: value for name, value in attributes if value}
        self.ids += [given["id"]] if "id" in given else []
        self.targets += [given[name] for name in ("href", "src", "data-frames") if name in given]
        self.targets += re.findall(r"url\((#[^)]+)\)", " ".join(given.values()))


def broken_links(folder, pages="*.html"):
    """Links and sources that lead nowhere, out of the folder or to no anchor of a page; ids used twice."""
    complaints, page_of = [], functools.cache(Page)
    for path in sorted(folder.resolve().glob(pages)):
        page = page_of(path)
        complaints += [
            f"{path.name}: id {id_!r} twice" for id_ in sorted(set(page.ids)) if page.ids.count(id_) > 1
        ]
        complaints += [
            f"{path.name}: {target}"
            for target in page.targets
            if not _leads_somewhere(target, path, folder, page_of)
        ]
    return complaints


def _leads_somewhere(target, page, folder, page_of):
    parts = urlsplit(target)
    if parts.scheme in ("http", "https", "mailto", "data") and target != "data:":
        return (
            True  # a link to the web is for the reader to follow; that nothing is loaded is seen in Chromium
        )
    if parts.scheme or parts.netloc:
        return False
    there = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not (there.is_file() and there.is_relative_to(folder.resolve())):
        return False
    return not parts.fragment or there.suffix != ".html" or unquote(parts.fragment) in page_of(there).ids


def outside_sources(folder, pattern="*.css"):
    """Addresses in style sheets that lead nowhere or to the web."""
    return [
        f"{sheet.name}: {address}"
        for sheet in sorted(folder.rglob(pattern))
        for address in re.findall(r"url\([\"']?([^)\"']+)", sheet.read_text(encoding="utf-8"))
        if not address.startswith(("data:", "#")) and not (sheet.parent / address).is_file()
    ]


def weight(folder, without=()):
    """The bytes of all files in a folder, but for those in the folders named."""
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not set(path.relative_to(folder).parts[:-1]) & set(without)
    )


def compressed(path):
    """The bytes of a file as a server sends it."""
    return len(gzip.compress(path.read_bytes(), 6))
