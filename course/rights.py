"""No run of twelve words of an article may stand in anything that we ship or write."""

import json
import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from helpers.articles import find_originals, load_catalogue
from helpers.files import read_text
from helpers.paths import packaged_seeds

LONGEST_RUN = 12
_NOT_OURS = {"originals", "runs", "my-course", "dist", "screenshots", "answers", "__pycache__"}
_NO_TEXT = {".png", ".part", ".pyc", ".whl"}
_WORD = re.compile(r"[a-z0-9]+")
_PICTURES = re.compile(r"base64,[A-Za-z0-9+/=]+")


def shared_runs(paths: Iterable[Path]) -> list[tuple[Path, str]] | None:
    """The files that share twelve words in a row with an original of the case, each with the first such run.

    ``None`` when no original is in place, so that nothing can be compared.
    """
    known = {entry["sha256"] for entry in load_catalogue()["articles"]}
    originals = [path for sha, path in find_originals().items() if sha in known]
    if not originals:
        return None
    runs = {run for path in originals for run in _runs(read_text(path))}
    found = []
    for path in paths:
        shared = next((run for run in _runs(_text_of(path)) if run in runs), None)
        if shared:
            found.append((path, shared))
    return found


def repository_files() -> list[Path]:
    """The files of the checkout that this package runs from, without what git leaves alone; none where it is installed."""
    root = packaged_seeds().parent
    if not (root / "pyproject.toml").is_file():
        return []
    return [path for path in sorted(root.rglob("*")) if path.is_file() and not _left_alone(path.relative_to(root))]


def _left_alone(path: Path) -> bool:
    hidden = any(part.startswith(".") or part in _NOT_OURS for part in path.parts)
    return hidden or path.suffix in _NO_TEXT


def _runs(text: str) -> Iterable[str]:
    words = _WORD.findall(text.lower().replace("’", "").replace("'", ""))
    return (" ".join(words[at : at + LONGEST_RUN]) for at in range(len(words) - LONGEST_RUN + 1))


def _text_of(path: Path) -> str:
    text = path.read_text(encoding="utf-8", errors="ignore")
    # In JSON sentences are split over strings, with escapes in between; HTML writes an apostrophe as a number.
    if path.suffix == ".jsonl":
        text = "\n".join(string for line in text.split("\n") if line.strip() for string in _strings(_parsed(line)))
    elif path.suffix in (".ipynb", ".json"):
        text = "\n".join(_strings(_parsed(text)))
    return unescape(re.sub(r"<[^>]+>", " ", _PICTURES.sub(" ", text)))


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text  # a broken file is another check's business


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(part, str) for part in value):
        yield "".join(value)
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)
