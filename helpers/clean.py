"""HTML that reaches a notebook or a packet passes here: nothing in it runs, loads from elsewhere or hides its direction."""

import functools
from typing import Any

# What we write ourselves besides nh3's own list: items, pictures, code of a packet.
_TAGS = {"section", "main"}
_ANYWHERE = {"class", "id", "style", "role", "lang", "title", "tabindex", "aria-label"}
_STYLES = {
    "background", "border", "border-radius", "color", "display", "font-size", "font-weight", "list-style", "margin",
    "max-width", "min-width", "overflow-wrap", "overflow-x",
    "padding", "text-align", "vertical-align", "white-space", "width",
}  # fmt: skip
_PICTURES = "data:image/"
# A reader sees these work, not the characters: text that runs backwards can hide what a sentence says.
_HIDDEN = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def clean_html(html: str) -> str:
    """The fragment without scripts, event handlers, foreign addresses in pictures, comments and bidirectional controls.

    Examples
    --------
    >>> clean_html('<p onclick="steal()">a <img src="https://x.example/a.png"><script>steal()</script>b</p>')
    '<p>a <img>b</p>'
    """
    return _cleaner().clean(html.translate(_HIDDEN))


@functools.cache
def _cleaner() -> Any:
    import nh3

    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    attributes["*"] = _ANYWHERE
    attributes["details"] = {"open"}
    return nh3.Cleaner(
        tags=nh3.ALLOWED_TAGS | _TAGS,
        clean_content_tags={"script", "style"},
        attributes=attributes,
        attribute_filter=_keep,
        filter_style_properties=_STYLES,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
    )


def _keep(tag: str, name: str, value: str) -> str | None:
    if name == "src" and not value.startswith(_PICTURES):
        return None
    if name == "href" and value.startswith("data:"):
        return None
    if name == "style" and "(" in value:  # url(…) would load
        return None
    return value
