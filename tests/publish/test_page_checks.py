"""Looking at a page fails when it should: a small page for each fault."""

import pytest

from tests.publish.page_checks import (
    PHONE,
    axe,
    broken_links,
    lonely_marks,
    looking,
    outside_sources,
    too_wide,
    unset_formulas,
    wordless_pictures,
)

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><main id="text"><h1>A page</h1><p>Words.</p>{}</main></body></html>"""
FAULTS = {
    "grey on white": ('<p style="color: #999">Words.</p>', "axe color-contrast"),
    "a slider without a name": ('<input type="range">', "axe label"),
    "a console error": ("<script>console.error('broken')</script>", "console: broken"),
    "an error": ("<script>nobody()</script>", "nobody is not defined"),
    "an outside request": ('<img alt="" src="http://192.0.2.1/x.png">', "asks http://192.0.2.1/x.png"),
    "a file that is missing": ('<script src="nothing.js"></script>', "does not get file:"),
    "a box that is too wide": ('<div style="width: 900px">Words.</div>', "scrolls sideways to 9"),
    "a dollar left over": ("<p>So $p_i$ is.</p>", "not set: So"),
    "a command left over": (r"<p>So \log p is.</p>", "not set: So"),
    "a red formula": ('<span class="katex-error">\\x</span>', "not set"),
    "a full stop on a line of its own": (
        '<p style="width: 1px"><span class="katex">'
        '<span class="katex-base" style="display: inline-block">x</span></span>. So</p>',
        "alone on a line: . So",
    ),
    "a picture without words": ('<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "no words"),
}


def complaints(browser, folder, body):
    (folder / "page.html").write_text(PAGE.format(body), encoding="utf-8")
    with looking(browser, folder, PHONE) as look:
        page = look.goto("page.html")
        found = axe(page) + too_wide(page) + unset_formulas(page) + wordless_pictures(page)
        found += lonely_marks(page)
        return look.complaints + found


def test_a_good_page_passes(browser, tmp_path):
    wide = '<pre style="overflow-x: auto" tabindex="0">' + "word " * 99 + "</pre>"
    assert complaints(browser, tmp_path, wide) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(browser, tmp_path, fault):
    body, complaint = FAULTS[fault]
    assert complaint in "\n".join(complaints(browser, tmp_path, body))


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ('<a href="nowhere.html">x</a>', "page.html: nowhere.html"),
        ('<a href="#nowhere">x</a>', "page.html: #nowhere"),
        ('<a href="page.html#nowhere">x</a>', "page.html: page.html#nowhere"),
        ('<img alt="" src="../outside.png">', "page.html: ../outside.png"),
        ('<a href="file:///etc/hosts">x</a>', "page.html: file:///etc/hosts"),
        ('<p id="text">x</p>', "page.html: id 'text' twice"),
        ('<svg><g id="text"></g></svg>', "page.html: id 'text' twice"),
        ('<svg><path style="fill: url(#nowhere)"/></svg>', "page.html: #nowhere"),
    ],
)
def test_a_link_that_leads_nowhere_is_named(tmp_path, body, complaint):
    (tmp_path / "page.html").write_text(PAGE.format(body), encoding="utf-8")
    assert broken_links(tmp_path) == [complaint]


def test_a_link_that_leads_somewhere_is_not(tmp_path):
    links = '<a href="#text">a</a> <a href="page.html?x=1#text">b</a> <a href="https://example.org/">c</a>'
    (tmp_path / "page.html").write_text(PAGE.format(links), encoding="utf-8")
    assert broken_links(tmp_path) == []


def test_a_style_sheet_that_loads_from_elsewhere_is_named(tmp_path):
    (tmp_path / "page.css").write_text("@import url(https://example.org/x.css);", encoding="utf-8")
    assert outside_sources(tmp_path) == ["page.css: https://example.org/x.css"]
