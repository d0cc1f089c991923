"""What a case promises about the files that it may leave out: rival explanations, a Council with its seats, rubrics.

A file that is not there is no finding. Rows are checked one by one first, because a finding of a row leads to its line;
when they are well, the loaders that the lessons use have the last word.
"""

from collections.abc import Callable, Collection, Mapping

from helpers.codebook import load_codebook
from helpers.council import load_council, load_draft, seats
from helpers.explanations import SIDES, explanation_passages, explanation_records, rival_explanations
from helpers.files import data_of, read_text, read_toml
from helpers.paths import seeds_folder
from helpers.rubrics import load_rubrics
from helpers.seat_packs import seat_packs
from helpers.treaties import provisions, state_names

from .case_checks import check_days, check_rows, check_words, find_twice
from .case_entries import Entry, find_line, read_entries, read_marks
from .case_references import find_lost, known_ids, known_organisations
from .findings import Finding, Findings
from .rules_items import read_item_entries

_Known = Mapping[str, Collection[str]]


def check_explanations() -> Findings:
    """Every rival explanation, and what bears on it, has its source and names what exists."""
    if (seeds_folder() / "explanations.toml").is_file():
        yield from _then_load(_check_explanation_rows(), rival_explanations, explanation_passages, explanation_records)


def check_seats() -> Findings:
    """The Council, its draft and its seats name passages, clauses, issues and states that exist."""
    if (seeds_folder() / "seats.toml").is_file():
        yield from _then_load(_check_seat_rows(), load_council, load_draft, seats, seat_packs)


def check_rubrics() -> Findings:
    """Every rubric is whole, and every item that is read by one finds it."""
    if (seeds_folder() / "rubrics.toml").is_file():
        yield from _then_load(find_twice(read_entries("rubrics.toml", "rubrics")), load_rubrics)
    known = load_rubrics()
    for entry in read_item_entries():
        if (rubric := entry.data.get("rubric", "")) not in {"", *known}:
            yield Finding(entry.where, f"{entry.data.get('id')}: rubric {rubric!r} is not in rubrics.toml; correct it, or add it there")


OPTIONAL = (check_explanations, check_seats, check_rubrics)


def _then_load(findings: Findings, *loaders: Callable[[], object]) -> Findings:
    """The findings of rows; without one what a loader raises, so that a broken row is told once."""
    found = list(findings)
    yield from found
    for load in () if found else loaders:
        load()


def _check_explanation_rows() -> Findings:
    name = "explanations.toml"
    rivals, passages, records = (read_entries(name, table) for table in ("explanations", "passages", "records"))
    marks = {mark.id for _, mark in read_marks()}
    known = {"explanation": {str(entry.data.get("id")) for entry in rivals}, "side": SIDES, "mark": marks}
    yield from check_rows([*rivals, *records], known)
    yield from check_words(passages, known)
    yield from check_days(records)
    yield from find_twice(rivals)
    yield from _check_prose(name, known)


def _check_seat_rows() -> Findings:
    name, ids, clauses = "seats.toml", known_ids(), provisions()
    speakers = {*load_codebook().actors, *state_names(), *known_organisations()}
    named = dict.fromkeys(("earlier", "read_first", "evidence"), ids)
    known = named | {"speaks_for": speakers, "treaties": {*clauses["provision"]}, "issues": set(load_codebook().issues)}
    rules = {"elements": {*clauses["element"]}, "common": speakers, "consultations_under": {*clauses["provision"]}}
    with data_of(seeds_folder() / name):
        council = Entry(find_line(seeds_folder() / name, r"\[council\]"), dict(read_toml(seeds_folder() / name)["council"]))
    table, draft = read_entries(name, "seats"), read_entries(name, "draft")
    for entries in (table, draft, read_entries(name, "seats.interests"), read_entries(name, "seats.red_lines")):
        yield from check_words(entries, known)
    yield from check_words([council], rules)
    yield from check_days([Entry(council.where, {"date": council.data.get("day", "")})])
    for entries in (table, draft):
        yield from find_twice(entries)
    yield from _check_prose(name, known | rules)


def _check_prose(name: str, fields: _Known) -> Findings:
    """Sentences speak of no id that does not exist; the ``fields`` hold ids and are checked as such."""
    ids, path = known_ids(), seeds_folder() / name
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        for id in () if line.partition(" =")[0] in fields else find_lost(line, ids):
            yield Finding(f"{path}:{number}", f"speaks of {id}, which does not exist; correct the id")
