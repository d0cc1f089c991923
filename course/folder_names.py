"""Safe folder names: whatever a group is called, its folder is one plain component of a path, on every file system."""

import hashlib
import re
import unicodedata

LIMIT = 80  # bytes; file systems allow 255, but a path is more than its folder
_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.DOTALL)
# What a run writes beside the groups' folders, now or one day: a link, folders of its own, and files by their endings.
_OURS = re.compile(r"latest|packets|answers|notebooks|.*\.(?:html?|jsonl?|csv|tsv|txt|md|zip|ipynb|part|lock|tmp)", re.DOTALL)
# Letters and marks that nobody sees: two names that differ in them alone look the same.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def folder_name(group: str) -> str:
    """The folder of a group: letters, digits, ``-``, ``_`` and ``.`` of its name, at most 80 bytes in UTF-8.

    Everything else becomes a hyphen. Names that Windows or a run keeps for itself begin with ``group-``; a name without a
    letter or digit, and one that was cut, end in a short hash of the whole. Two groups may come to one name, or to two that
    some file systems take for one: compare their :func:`folder_key`.

    Examples
    --------
    >>> [folder_name(group) for group in ("k7-fox", "Team A/B", "../etc", "con", "index.html")]
    ['k7-fox', 'Team-A-B', 'etc', 'group-con', 'group-index.html']
    """
    group = unicodedata.normalize("NFC", group)
    name = "".join(one if _stays(one) else "-" for one in _UNSEEN.sub("-", group))
    name = re.sub(r"-+", "-", name).strip("-.")
    if not any(one.isalnum() for one in name):
        return f"group-{_hash(group)}"
    key = folder_key(name)
    if _WINDOWS.fullmatch(key) or _OURS.fullmatch(key):
        name = f"group-{name}"
    return name if len(name.encode()) <= LIMIT else _cut(name, f"-{_hash(group)}")


def folder_key(folder: str) -> str:
    """What tells folders apart everywhere: without case and compatibility forms, as macOS and Windows compare names.

    Examples
    --------
    >>> folder_key("Straße") == folder_key("STRASSE")
    True
    """
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", folder).casefold())
    return unicodedata.normalize("NFKC", once.casefold())


def _stays(character: str) -> bool:
    # Marks belong to the letters before them: without, words of many scripts fall apart.
    return character.isalnum() or character in "-_." or unicodedata.category(character).startswith("M")


def _cut(name: str, ending: str) -> str:
    return name.encode()[: LIMIT - len(ending)].decode(errors="ignore").rstrip("-.") + ending


def _hash(group: str) -> str:
    return hashlib.sha256(group.encode(errors="surrogatepass")).hexdigest()[:8]
