"""The articles of the case: Article > Version > Passage, in the reading edition or from the originals.

A passage has the same id in both editions. An article that was seen in one version has one version with id ``None``.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from .errors import CourseError, SeedError
from .files import data_of, read_text, read_toml
from .layouts import Span, cut
from .parameters import check_choice
from .paths import originals_folder, seeds_folder

_HEADING = re.compile(r"^## (\S+)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Passage:
    """A paragraph of an article.

    ``start`` and ``end`` are offsets into the original file's text (code points, end exclusive), ``None`` in the
    reading edition. ``basis`` says how its place is known, ``confidence`` (0-1) how surely when it is inferred.
    """

    id: str
    text: str
    basis: str
    start: int | None = None
    end: int | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class Version:
    """One state of an article: its passages in reading order."""

    id: str | None
    basis: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Article:
    """An article with what is known of its origin and on what basis."""

    id: str
    outlet: str
    title: str | None  # None: the file has no headline; the reading edition cuts a long one short
    published: date | None  # None: the file does not say
    published_basis: str
    authors: tuple[str, ...]
    authors_basis: str
    edition: str
    versions: tuple[Version, ...]
    furniture: tuple[Span, ...] = ()

    def version(self, id: str | None = None) -> Version:
        """One version: the one asked for, or the latest. There is no view over two: counting both is counting twice."""
        if id is None:
            return self.versions[-1]
        known = {version.id: version for version in self.versions}
        return known[check_choice("version", id, [name for name in known if name])]

    def passage(self, id: str) -> Passage:
        """The passage with this id, whichever version it stands in."""
        for version in self.versions:
            for passage in version.passages:
                if passage.id == id:
                    return passage
        ids = [passage.id for version in self.versions for passage in version.passages]
        raise CourseError(f"passage {id} does not exist", todo=f"{self.id} has {ids[0]} to {ids[-1]}")


def load_articles(edition: str = "auto") -> tuple[Article, ...]:
    """All articles of the case, in the catalogue's order.

    Parameters
    ----------
    edition : str
        ``"reading"``, ``"original"``, or ``"auto"``: the original where its file is in place, else the reading edition.

    Raises
    ------
    SeedError
        When a data file is missing or malformed, or ``original`` is asked for and a file is not in place.
    ParameterError
        When there is no such edition.

    Examples
    --------
    >>> [article.id for article in load_articles("reading")]
    ['stripes-2015', 'atlantic-2015', 'nyt-2015', 'wsws-2015']
    """
    check_choice("edition", edition, ["auto", "reading", "original"])
    files = find_originals() if edition != "reading" else {}
    with data_of(seeds_folder() / "catalogue.toml"):
        return tuple(_load(entry, edition, files) for entry in load_catalogue()["articles"])


def load_article(id: str, edition: str = "auto") -> Article:
    """One article by its id.

    Examples
    --------
    >>> load_article("stripes-2015", edition="reading").published_basis
    'caption'
    """
    check_choice("article", id, [entry["id"] for entry in load_catalogue()["articles"]])
    return next(article for article in load_articles(edition) if article.id == id)


def index_passages(articles: Iterable[Article]) -> dict[str, Passage]:
    """The passages of some articles by their ids, in reading order, every version included.

    Examples
    --------
    >>> index_passages(load_articles("reading"))["stripes-2015:p03"].basis
    'stated'
    """
    return {passage.id: passage for article in articles for version in article.versions for passage in version.passages}


def load_catalogue() -> dict[str, Any]:
    """The case's catalogue as it stands in ``catalogue.toml``: ``case`` and ``articles``."""
    path = seeds_folder() / "catalogue.toml"
    catalogue = read_toml(path)
    if not catalogue.get("articles"):
        raise SeedError("there are no [[articles]]", where=str(path))
    needed = {"id", "outlet", "published", "published_basis", "authors", "authors_basis", "rights", "sha256"}
    for number, entry in enumerate(catalogue.get("articles", []), start=1):
        for name in sorted(needed - set(entry)):
            raise SeedError(f"article {entry.get('id', number)} lacks {name!r}", where=str(path))
    return catalogue


def find_originals() -> dict[str, Path]:
    """The files of the originals folder by their SHA-256, whatever their names."""
    folder = originals_folder()
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
        return {fingerprint(path): path for path in files}
    except OSError as error:
        raise SeedError(f"cannot be read: {error.strerror}", where=str(error.filename or folder)) from None


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_original(path: Path) -> Article | None:
    """The article of the case that this file is the original of, wherever it lies; ``None`` when it is none."""
    digest = fingerprint(path)
    entry = next((entry for entry in load_catalogue()["articles"] if entry["sha256"] == digest), None)
    return _load(entry, "original", {digest: path}) if entry else None


def _load(entry: dict[str, Any], edition: str, files: dict[str, Path]) -> Article:
    path = files.get(entry["sha256"])
    if path is None and edition == "original":
        raise SeedError(
            f"the original of {entry['id']} is not in place", where=str(originals_folder()), todo="run 'course originals add PATH'"
        )
    names: list[str | None] = entry.get("versions") or [None]
    if path is None:
        versions, furniture = _read_reading_edition(entry, names), ()
    else:
        versions, furniture = _cut_original(entry, names, path)
    return Article(
        id=entry["id"],
        outlet=entry["outlet"],
        title=next((span.text.lstrip("# ") for span in furniture if span.name == "title"), entry.get("title")),
        published=entry["published"],
        published_basis=entry["published_basis"],
        authors=tuple(entry["authors"]),
        authors_basis=entry["authors_basis"],
        edition="reading" if path is None else "original",
        versions=versions,
        furniture=furniture,
    )


def _read_reading_edition(entry: dict[str, Any], names: list[str | None]) -> tuple[Version, ...]:
    path = seeds_folder() / "reading" / f"{entry['id']}.md"
    _, *parts = _HEADING.split(read_text(path).replace("\r\n", "\n"))
    texts = {local: " ".join(body.split()) for local, body in zip(parts[::2], parts[1::2], strict=True)}
    if len(texts) != len(parts) // 2 or not texts:
        raise SeedError("a passage id stands twice, or there is none", where=str(path), todo="give each '## id' once")
    sides = {name: [local for local in texts if name is None or local.startswith(f"{name}-")] for name in names}
    if lost := set(texts).difference(*sides.values()):
        raise SeedError(f"passage {min(lost)} belongs to none of the versions {', '.join(map(str, names))}", where=str(path))
    return tuple(
        _version(entry, name, [Passage(f"{entry['id']}:{local}", texts[local], "") for local in own]) for name, own in sides.items()
    )


def _cut_original(entry: dict[str, Any], names: list[str | None], path: Path) -> tuple[tuple[Version, ...], tuple[Span, ...]]:
    file = seeds_folder() / "layouts.toml"
    layouts = read_toml(file)
    if entry["sha256"] not in layouts:
        raise SeedError(f"no layout for {entry['id']}", where=str(file), todo=f"add [{entry['sha256']}]")
    where = f"{file}:{_line_of(file, entry['sha256'])}"
    with data_of(Path(where)):
        spans = cut(read_text(path), layouts[entry["sha256"]], where=where)
    versions = []
    for name in names:
        own = [span for span in spans if span.is_passage and span.version == name]
        stem = f"{entry['id']}:{name}-p" if name else f"{entry['id']}:p"
        passages = [Passage(f"{stem}{number:02}", span.text, "", span.start, span.end) for number, span in enumerate(own, 1)]
        versions.append(_version(entry, name, passages))
    return tuple(versions), tuple(span for span in spans if not span.is_passage)


def _line_of(file: Path, key: str) -> int:
    return next((number for number, line in enumerate(read_text(file).split("\n"), start=1) if key in line), 1)


def _version(entry: dict[str, Any], name: str | None, passages: list[Passage]) -> Version:
    basis = entry.get("versions_basis", "stated")
    inferred = {f"{entry['id']}:{local}": known for known in entry.get("inferred", []) for local in known["passages"]}
    settled = []
    for passage in passages:
        known = inferred.get(passage.id, {})
        settled.append(Passage(passage.id, passage.text, known.get("basis", basis), passage.start, passage.end, known.get("confidence")))
    return Version(name, basis, tuple(settled))
