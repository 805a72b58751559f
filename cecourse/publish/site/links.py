"""Where on the site a link of a notebook, or of a page beside the notebooks, leads."""

import posixpath
import re

_ELSEWHERE = re.compile(r"(?:https?|mailto|data):|#")
_HREF = re.compile(r'href="([^"]*)"')
_DOCUMENT = re.compile(r"\.\./docs/(\w+)\.md")
# What is not a notebook and has its place on the site.
_PAGES = {
    "README.md": "index.html",
    "glossary.md": "glossary.html",
    "statements.csv": "index.html#page-lecture",
    "assignments/README.md": "index.html#page-assignments",
}


def on_the_site(target, folder=""):
    """The address of a link's target that is written in `folder` of the notebooks.

    >>> on_the_site("../02_entropy.ipynb#coin", "assignments")
    '02_entropy.html#coin'
    """
    if _ELSEWHERE.match(target):
        return target
    path, mark, anchor = target.partition("#")
    path = posixpath.normpath(posixpath.join(folder, path))
    if path.startswith("assignments/") and path.endswith(".ipynb"):
        return path  # students get the notebook
    if document := _DOCUMENT.fullmatch(path):
        return page_of_document(document[1]) + mark + anchor
    if path in _PAGES:
        return _PAGES[path] if "#" in _PAGES[path] else _PAGES[path] + mark + anchor
    if re.fullmatch(r"\w+\.ipynb", path):
        return path.replace(".ipynb", ".html") + mark + anchor
    raise ValueError(
        f"A link to {target} was given; expected a notebook, an assignment, a page of docs, "
        f"{', '.join(_PAGES)} or an address on the web. Correct the link, or give its target a page."
    )


def page_of_document(name):
    """The address of a page of docs/."""
    return f"docs_{name}.html"


def with_links_on_the_site(html, folder=""):
    """The HTML of a text that is written in `folder` of the notebooks, with links to pages of the site."""
    return _HREF.sub(lambda link: f'href="{on_the_site(link[1], folder)}"', html)


def as_anchor(words):
    """Words as the end of an address.

    >>> as_anchor("Gibbs' inequality")
    'gibbs-inequality'
    """
    return "-".join(re.findall(r"[a-z0-9]+", words.lower()))
