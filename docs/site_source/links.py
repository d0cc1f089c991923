"""How a text of the repository is linked into the site.

Links between files become links between pages, and what a reader would like to open (the id of a passage, of a code, of an
item) becomes a link to where it stands. What stands in code is left alone.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from course.glossary_page import PAGE
from helpers.errors import CourseError

ROOT = Path(__file__).resolve().parents[2]
_NAME = r"(?<![\w:.-])[\w-]+(?::[\w-]+)?(?![\w-])"
# What is code, a heading, or a link already, comes before what might be a name.
_TOKENS = re.compile(
    r"^[ ]*(?P<ticks>`{3,})[^\n]*\n.*?^[ ]*(?P=ticks)`*[ ]*$"
    r"|^#{1,6} [^\[\n]*$"
    r"|(?P<html>^<details>.*?^</details>$)"
    r"|(?P<bang>!?)\[(?P<text>(?:[^\[\]`]|`[^`\n]*`)*)\]\((?P<target>[^()\s]+)\)"
    r"|`[^`\n]+`|<[^<>\s][^<>\n]*>"
    rf"|(?P<name>{_NAME})",
    re.MULTILINE | re.DOTALL,
)
_HTML_NAME = re.compile(_NAME)
_TAG = re.compile(r"(<[^>]*>)")
_KIND = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_UNLINKED = {"a", "button", "code", "label", "pre", "script", "strong", "style", "summary"}  # no link there


@dataclass(frozen=True)
class Places:
    """What stands where on the site.

    ``pages`` has the staged file of each file or folder of the repository, ``anchors`` the staged file that an anchor is in,
    ``names`` the anchor of each id that a text may name. All paths have slashes.
    """

    pages: Mapping[str, str]
    anchors: Mapping[str, str]
    names: Mapping[str, str]


def anchor_of(*parts: str) -> str:
    """The anchor that these parts make: small letters and digits, anything else is a hyphen.

    Examples
    --------
    >>> anchor_of("lesson", "03", "Who is bound on the day?")
    'lesson-03-who-is-bound-on-the-day'
    """
    return re.sub(r"[^a-z0-9]+", "-", " ".join(parts).lower()).strip("-")


def term_anchor(slug: str) -> str:
    """The anchor of a glossary term by the slug that lessons link it with."""
    return anchor_of("term", slug)


def link_markdown(text: str, page: str, origin: str, places: Places) -> str:
    """A Markdown text of the repository as a page of the site has it.

    Parameters
    ----------
    text : str
        The text.
    page : str
        The staged file that it goes into.
    origin : str
        The file of the repository that it is from, which its links are relative to.
    places : Places
        What stands where.

    Raises
    ------
    CourseError
        When a link leads to a file that is not there.

    Examples
    --------
    >>> places = Places({"docs/b.md": "deep/b.md"}, {"code-e03": "c.md"}, {"E03": "code-e03"})
    >>> link_markdown("[b](b.md#part) says `E03`, E03.", "a.md", "docs/a.md", places)
    '[b](deep/b.md#part) says `E03`, [E03](#code-e03).'
    """

    def settle(match: re.Match[str]) -> str:
        if match["target"]:
            return _link(match, page, origin, places)
        if match["html"]:
            return link_html(match["html"], page, places)
        anchor = places.names.get(match["name"] or "")
        return f"[{match['name']}](#{anchor})" if anchor else match[0]

    return _TOKENS.sub(settle, text)


def link_html(html: str, page: str, places: Places) -> str:
    """An HTML fragment with links at the ids that stand in its text.

    Examples
    --------
    >>> places = Places({}, {"code-e03": "case/x.md"}, {"E03": "code-e03"})
    >>> link_html('<p title="E03">E03 <code>E03</code></p>', "lessons/a.ipynb", places)
    '<p title="E03"><a href="../case/x.html#code-e03">E03</a> <code>E03</code></p>'
    """

    def settle(match: re.Match[str]) -> str:
        anchor = places.names.get(match[0])
        return f'<a href="{address(anchor, page, places)}">{match[0]}</a>' if anchor else match[0]

    parts, inside = [], 0
    for part in _TAG.split(html):
        if kind := _KIND.match(part):
            inside += (kind[2] in _UNLINKED) * (-1 if kind[1] else 1)
        parts.append(part if inside or part.startswith("<") else _HTML_NAME.sub(settle, part))
    return "".join(parts)


def address(anchor: str, page: str, places: Places) -> str:
    """The address of an anchor on the built site, seen from a page."""
    target = places.anchors[anchor]
    return ("" if target == page else _relative(posixpath.splitext(target)[0] + ".html", page)) + f"#{anchor}"


def _link(match: re.Match[str], page: str, origin: str, places: Places) -> str:
    target, text = match["target"], match["text"]
    if re.match(r"[a-z]+:|#", target):
        return match[0]
    path, _, fragment = target.partition("#")
    if posixpath.basename(path) == PAGE and fragment:
        return f"[{text}](#{term_anchor(fragment.removeprefix('cell-id='))})"
    path = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))
    if path in places.pages:
        return f"{match['bang']}[{text}]({_relative(places.pages[path], page)}{'#' * bool(fragment)}{fragment})"
    if not (ROOT / path).exists():
        raise CourseError(f"links to {target}, which is not there", where=origin, todo="mend the link")
    return text  # a file that is in the repository and not on the site


def _relative(path: str, page: str) -> str:
    return posixpath.relpath(path, posixpath.dirname(page) or ".")
