"""What is checked of the built site before anybody sees it: links hold, pictures are described, nothing is fetched or told."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from course.rights import shared_runs
from course.withheld import check_notebooks

NOTES = "teach/notes"  # teachers' notes: published on purpose, in part
# Where an element names what the browser fetches by itself. A link that a reader may follow is none of these.
_FETCHED = dict.fromkeys(("img", "script", "iframe", "source", "video", "audio", "embed"), "src") | {"object": "data"}
_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch"}
_IN_STYLE = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)")


def check_pages(folder: Path) -> list[str]:
    """What is wrong with the pages of a built site, a line each: the page, what, and in which words; empty when nothing is.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of the built HTML.
    """
    from lxml import html

    pages = {path.relative_to(folder).as_posix(): html.parse(str(path)).getroot() for path in sorted(folder.rglob("*.html"))}
    places = {name: {*page.xpath("//@id"), *page.xpath("//a/@name")} for name, page in pages.items()}
    found = [f"{name}: {line}" for name, page in pages.items() for line in _problems(folder, name, page, places)]
    for path in sorted(folder.rglob("*.css")):
        fetched = _IN_STYLE.findall(path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(folder)}: fetches {address}" for address in fetched]
    return [*found, *_secrets(folder)]


def _problems(folder: Path, name: str, page: Any, places: dict[str, set[str]]) -> Iterator[str]:
    ids = page.xpath("//@id")
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield f"the id {id!r} stands twice"
    for link in page.xpath("//a[@href]"):
        if broken := _broken(folder, name, link.get("href"), places):
            yield f"“{' '.join(link.text_content().split())[:60]}” leads to {link.get('href')}, {broken}"
    for picture in page.iter("img"):
        if len((picture.get("alt") or "").split()) < 2:
            yield f"the picture {picture.get('src', '')[:60]} has no description"
    for element in page.iter():
        yield from (f"fetches {address}" for address in _fetched(element) if re.match(r"(?:[a-z]+:)?//", address))


def _fetched(element: Any) -> list[str]:
    kind = element.tag if isinstance(element.tag, str) else ""
    addresses = [element.get(_FETCHED[kind], "")] if kind in _FETCHED else []
    if kind == "link" and _RELATIONS & set(element.get("rel", "").split()):
        addresses.append(element.get("href", ""))
    if kind == "style" or element.get("style"):
        addresses += _IN_STYLE.findall((element.text or "") if kind == "style" else element.get("style"))
    return addresses


def _broken(folder: Path, name: str, target: str, places: dict[str, set[str]]) -> str:
    """Why a link of the site does not hold; empty when it does, or leads elsewhere."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return ""
    path = (folder / name).parent / unquote(parts.path) if parts.path else folder / name
    try:
        page = path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return "which is not on the site"
    if not path.is_file():
        return "which is no page"
    anchor = unquote(parts.fragment)
    return "where no such place is" if anchor and page in places and anchor not in places[page] else ""


def _secrets(folder: Path) -> Iterator[str]:
    """What the public must not read: in pages, in the words that are searched, and in what can be downloaded."""
    downloads = [path for path in folder.glob("_downloads/**/*") if path.is_file()]
    paths = sorted([*folder.rglob("*.html"), *folder.glob("searchindex.js"), *downloads])
    notes = [path for path in paths if path.relative_to(folder).as_posix().startswith(NOTES)]
    yield from map(str, check_notebooks(path for path in paths if path not in notes))
    yield from map(str, check_notebooks(notes, notes=False))
    yield from map(str, shared_runs(paths) or [])
