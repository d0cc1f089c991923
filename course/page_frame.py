"""The frame of every page that is made of a run: one file with its style in it, one heading, one main part, no script."""

from functools import cache
from html import escape
from pathlib import Path

_STYLE = Path(__file__).with_name("packet.css")
FOR_TEACHERS = "For teachers only: this page holds keys. Do not hand it to learners."


def page_html(title: str, body: str, *, kind: str = "", for_teachers: bool = False) -> str:
    """A whole page as HTML.

    Parameters
    ----------
    title : str
        The page's title and its one heading of the first level, escaped here.
    body : str
        What stands under it, as clean HTML.
    kind : str
        A class of the page for its style.
    for_teachers : bool
        Whether a notice says first that the page is not for learners.

    Examples
    --------
    >>> page = page_html("Packet of <Ankara>", "<p>hello</p>")
    >>> page.startswith("<!DOCTYPE html>"), "<h1>Packet of &lt;Ankara&gt;</h1>" in page, "<script" in page
    (True, True, False)
    """
    name = escape(title)
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    notice = f'<p class="audience">{FOR_TEACHERS}</p>' if for_teachers else ""
    head = f"<head>{meta}<title>{name}</title><style>{_style()}</style></head>"
    frame = f' class="{kind}"' if kind else ""
    return f'<!DOCTYPE html>\n<html lang="en">{head}<body{frame}><main><h1>{name}</h1>{notice}{body}</main></body></html>\n'


def size_text(size: int) -> str:
    """A size in bytes in words.

    Examples
    --------
    >>> size_text(900), size_text(200_000), size_text(52_400_000)
    ('1 kB', '200 kB', '52.4 MB')
    """
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


@cache
def _style() -> str:
    return "\n" + _STYLE.read_text(encoding="utf-8")
