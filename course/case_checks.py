"""What a case promises about its data, checked row by row; every finding leads to a file and a line.

Each check is a generator of findings. It stops with a :class:`CourseError` at a file that cannot be read, which its
caller makes a finding of, too, so that one broken file hides nothing of the others.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from helpers.annotation import Annotation, annotations, unanchored
from helpers.articles import Article, find_originals, load_articles, load_catalogue
from helpers.codebook import load_codebook
from helpers.events import consultations, contributions, incident_tests, incidents, invocations, timeline
from helpers.files import data_of, read_rows, read_text, read_toml, require
from helpers.paths import seeds_folder
from helpers.patterns import load_patterns
from helpers.treaties import organisations, provisions, state_names

from .case_entries import Entry, find_line, read_entries, read_marks
from .case_references import find_lost, known_ids, known_organisations
from .findings import Finding, Findings
from .rules_items import check_item_rules, read_item_entries

LONGEST_QUOTE = 8  # words
_DAYS = ("date", "end", "requested", "met", "outcome_known", "published", "known", "joined", "left", "as_of")
_TABLES = ("timeline", "consultations", "invocations", "contributions")


def check_articles() -> Findings:
    """Every article has its layout, its restatement, and words of the codebook for how things are known."""
    load_catalogue()  # raises when a part is missing
    entries, files = read_entries("catalogue.toml", "articles"), find_originals()
    layouts = read_toml(seeds_folder() / "layouts.toml")
    for entry in entries:
        id, sha = entry.data["id"], entry.data["sha256"]
        if sha not in layouts:
            size = f", characters = {len(read_text(files[sha]))}" if sha in files else ""
            yield Finding(entry.where, f"{id} has no layout under its SHA-256; add [{sha}]{size} to layouts.toml")
    for sha, path in files.items():
        if not path.name.startswith(".") and sha not in {entry.data["sha256"] for entry in entries}:
            message = f"belongs to no article of catalogue.toml; add it there with sha256 = {sha}, or remove the file"
            yield Finding(str(path), message)
    bases = load_codebook().bases  # last, because a case that is being made has no codebook yet
    for entry in entries:
        for name in ("published_basis", "authors_basis", "versions_basis"):
            if (basis := entry.data.get(name, "stated")) not in bases:
                yield Finding(entry.where, f"{entry.data['id']}: {name} {basis!r} is unknown; use one of {', '.join(bases)}")
    yield from check_days(entries)
    yield from find_twice(entries)
    passages = {passage.id for article in load_articles("reading") for passage in _passages(article)}
    for article in entries:
        for part in article.data.get("inferred", []):
            for local in part["passages"]:
                if f"{article.data['id']}:{local}" not in passages:
                    message = f"{article.data['id']}: the inferred passage {local} does not exist; correct or remove it"
                    yield Finding(find_line(seeds_folder() / "catalogue.toml", rf'passages = .*"{local}"'), message)


def check_editions() -> Findings:
    """Every passage of an original has its restatement, and every file belongs to an article."""
    for editions in zip(*_editions().values(), strict=True):  # an article in the reading edition and, at hand, in the original
        reading, known = ([passage.id for passage in _passages(article)] for article in (editions[0], editions[-1]))
        if reading != known:
            odd = sorted(set(reading) ^ set(known)) or ["their order"]
            message = f"the editions differ in {', '.join(odd[:5])}; give each passage of the original its restatement"
            yield Finding(str(seeds_folder() / "reading" / f"{editions[0].id}.md"), message)
    articles = [entry["id"] for entry in load_catalogue()["articles"]]
    for path in sorted([*seeds_folder().glob("annotations/**/*.jsonl"), *seeds_folder().glob("reading/*.md")]):
        if path.stem not in articles:
            yield Finding(str(path), "belongs to no article of catalogue.toml; rename or remove it")


def check_annotations() -> Findings:
    """Every annotation of every coder finds its phrase in each edition at hand, and uses codes that are in the book."""
    marks, places = read_marks(), {}
    vocabularies = _vocabularies()
    for where, mark in marks:
        places[mark.id] = where
        for name, known in vocabularies.items():
            value = mark.codes.get(name)
            if value not in known and value not in (None, ""):
                yield Finding(where, f"{mark.id}: {name} {value!r} is not in the codebook or the treaties; correct it or add it there")
        if len(mark.quote.exact.split()) > LONGEST_QUOTE:
            yield Finding(where, f"{mark.id} quotes more than {LONGEST_QUOTE} words; shorten the phrase")
    for edition, articles in _editions().items():
        for mark, why in unanchored(articles, [mark for _, mark in marks]):
            yield Finding(places[mark.id], f"{mark.id}: in the {edition} edition {why}; restore the phrase or code anew")
    annotations(kind=None, coder=None)  # raises when an id stands twice, or in another coder's file
    yield from _check_second_codings(marks)
    for id in (entry["id"] for entry in load_catalogue()["articles"]):
        if not annotations(id):
            yield Finding(str(seeds_folder() / "annotations" / f"{id}.jsonl"), "there are no annotations; code a passage of the article")


def _check_second_codings(marks: list[tuple[str, Annotation]]) -> Findings:
    units = {mark.id for _, mark in marks}
    for where, mark in marks:
        if mark.unit not in units:
            yield Finding(where, f"{mark.id} codes {mark.unit} again, which does not exist; correct the id or remove the line")


def check_conflicts() -> Findings:
    """Every contradiction between the sources has its passages, and every passage of that kind its contradiction."""
    path = seeds_folder() / "conflicts.toml"
    entries = read_entries(path.name, "conflicts") if path.is_file() else []
    with data_of(path):
        for entry in entries:
            require(entry.data, ("id", "point", "record"))
    yield from check_rows(entries, {})
    yield from find_twice(entries)
    coded = [(where, mark) for where, mark in read_marks() if mark.kind == "conflict"]
    named = {mark.codes["conflict"] for _, mark in coded}
    for entry in entries:
        id, wanted = entry.data["id"], entry.data.get("in_articles", True)
        if wanted and id not in named:
            todo = "add an annotation of the kind conflict, or set in_articles = false and say why in a note"
            yield Finding(entry.where, f"conflict {id} has no passage; {todo}")
        if not wanted and (id in named or not entry.data.get("note")):
            yield Finding(entry.where, f"conflict {id} is not in the articles: take in_articles out if it is, or say why in a note")
    for where, mark in coded:
        if mark.codes["conflict"] not in {entry.data["id"] for entry in entries}:
            yield Finding(where, f"{mark.id}: conflict {mark.codes['conflict']!r} is not in conflicts.toml; correct it or add it there")


def check_events() -> Findings:
    """Every dated row has a source, a confidence, and names of states, provisions and organisations that are known."""
    for load in (timeline, consultations, invocations, contributions):
        load()  # raises when a column is missing or a day is none
    states, clauses = set(state_names()), set(provisions()["provision"])
    spoken_of = states | set(load_codebook().actors) | known_organisations()
    known = {"state": states, "requested_by": states, "actors": spoken_of, "provision": clauses}
    for name in _TABLES:
        entries = read_entries(f"events/{name}.csv")
        yield from check_rows(entries, known)
        yield from check_days(entries)
        yield from find_twice(entries)


def check_treaties() -> Findings:
    """Every element of a clause and every membership has its source, and names what is known."""
    for load in (organisations, provisions):
        load()  # raises when a part is missing
    members = read_entries("treaties/memberships.csv")
    yield from check_rows(members, {"state": set(state_names())})
    yield from check_days(members)
    clauses = read_entries("treaties/provisions.toml", "provisions")
    elements = {entry.data["id"] for entry in read_entries("treaties/provisions.toml", "elements")}
    yield from check_rows(clauses, {"org": known_organisations()})
    yield from find_twice(clauses)
    yield from check_rows(read_entries("treaties/provisions.toml", "provisions.elements"), {"element": elements})


def check_incidents() -> Findings:
    """Every incident answers every test of a known provision, with a source."""
    for load in (incidents, incident_tests):
        load()  # raises when a part is missing
    name, known = "events/incidents.toml", {"provision": set(provisions()["provision"]), "ally": set(state_names())}
    tests, found = read_entries(name, "tests"), read_entries(name, "incidents")
    yield from check_words(tests, known)
    yield from check_rows(found, known)
    yield from find_twice(found)
    findings = read_entries(name, "incidents.findings")
    yield from check_rows(findings, {})
    yield from check_days([*found, *findings])
    elements = {entry.data["element"] for entry in tests}
    for entry in found:
        lost = elements.symmetric_difference(row["element"] for row in entry.data["findings"])
        for element in sorted(lost):
            yield Finding(entry.where, f"{entry.data['id']}: {element} is missing or has no test; add the finding or the test")


def check_glossary() -> Findings:
    """Every term has a definition and a source."""
    terms = read_entries("glossary.toml", "terms")
    yield from check_rows(terms, {})
    for entry in terms:
        if not entry.data.get("definition"):
            yield Finding(entry.where, f"{entry.data.get('term')!r} has no definition; write one sentence")
    yield from find_twice(terms, "term")


def check_items() -> Findings:
    """Every item keeps the rules of items, rests on evidence that exists, and speaks of none that does not."""
    ids = known_ids()  # raises for an item that is malformed
    known = ids | set(load_codebook().issues)
    for entry in read_item_entries():
        for id in entry.data.get("evidence", []):
            if id not in known:
                yield Finding(entry.where, f"{entry.data['id']} rests on {id}, which does not exist; name other evidence")
    for path in sorted((seeds_folder() / "questions").glob("*.toml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            for id in find_lost(line, ids) if not line.startswith("evidence =") else ():
                yield Finding(f"{path}:{number}", f"speaks of {id}, which does not exist; correct the id")
    yield from check_item_rules()


def check_lexicon() -> Findings:
    """Every line of the lexicon is a pattern, and every given name has its two cells."""
    load_patterns()  # raises at a line that is none
    names = seeds_folder() / "given_names.csv"
    if names.is_file():
        read_rows(names, ["name", "gender"])
    yield from ()


CHECKS = (
    check_articles,
    check_editions,
    check_treaties,
    check_annotations,
    check_conflicts,
    check_events,
    check_incidents,
    check_glossary,
    check_items,
    check_lexicon,
)


def _vocabularies() -> dict[str, Collection[str | int]]:
    """What the codes of annotations may be, by their names."""
    book, clauses = load_codebook(), set(provisions()["provision"])
    speakers = set(book.actors) | set(state_names()) | known_organisations()
    kinds = {"actor": book.actors, "issue": book.issues, "stance": book.stances, "voice": book.voices}
    return kinds | {"provision": clauses, "on_behalf_of": speakers}


def check_rows(entries: list[Entry], known: Mapping[str, Collection[str]]) -> Findings:
    """Every row has its source and a confidence that the codebook has, and names what is known; see :func:`check_words`."""
    book = load_codebook()
    for entry in entries:
        if not entry.data.get("source"):
            yield Finding(entry.where, "the row has no source; say where it was read")
        if (mark := entry.data.get("confidence")) not in book.confidence:
            yield Finding(entry.where, f"confidence {mark!r} is unknown; use one of {', '.join(sorted(book.confidence))}")
    yield from check_words(entries, known)


def check_days(entries: list[Entry]) -> Findings:
    """What stands for a day is one."""
    for entry in entries:
        for name in _DAYS:
            day = entry.data.get(name, "")
            if day != "" and not _is_day(day, in_csv=".csv:" in entry.where):
                message = f"{name} {day!r} is no day; write it like 2024-01-31, in a table also 2024-01 for a month"
                yield Finding(entry.where, message)


def _is_day(value: Any, in_csv: bool) -> bool:
    if not in_csv:  # TOML has days of its own, without quotation marks
        return type(value) is date
    whole = value if len(value) > len("2024-01") else f"{value}-01"
    with suppress(ValueError):  # the comparison refuses other forms of ISO 8601, such as 20240131
        return date.fromisoformat(whole).isoformat() == whole
    return False


def check_words(entries: list[Entry], known: Mapping[str, Collection[str]]) -> Findings:
    """Every word of a field, or of its list, is among those known for it."""
    for entry in entries:
        for name in known.keys() & entry.data.keys():
            value = entry.data[name]
            for word in value if isinstance(value, list) else str(value).split():
                if word not in known[name]:
                    yield Finding(entry.where, f"{name} {word!r} is unknown; correct it, or add it to the case")


def find_twice(entries: list[Entry], name: str = "id") -> Findings:
    """What is to be an entry's own and stands in two."""
    first: dict[str, str] = {}
    for entry in entries:
        id = entry.data.get(name)
        if id in first:
            yield Finding(entry.where, f"{name} {id} stands twice, first at {Path(first[id]).name}; give each its own")
        first.setdefault(id, entry.where)


def _editions() -> dict[str, tuple[Article, ...]]:
    editions = {"reading": load_articles("reading")}
    if set(find_originals()) >= {entry["sha256"] for entry in load_catalogue()["articles"]}:
        editions["original"] = load_articles("original")
    return editions


def _passages(article: Article) -> list:
    return [passage for version in article.versions for passage in version.passages]
