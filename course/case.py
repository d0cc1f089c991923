"""The rules of a case's data: every annotation finds its phrase, every item its evidence, in each edition at hand."""

from helpers.annotation import annotations, unanchored
from helpers.articles import Article, find_originals, load_articles, load_catalogue
from helpers.codebook import load_codebook
from helpers.errors import CourseError
from helpers.paths import seeds_folder
from helpers.questions import load_items
from helpers.stances import evidence
from helpers.treaties import provisions

from .rules import Finding

LONGEST_QUOTE = 8  # words


def check_case() -> list[Finding]:
    """What is missing in the case in use or lost its evidence; empty when all is well."""
    try:
        return [*_check_passages(), *_check_annotations(), *_check_items()]
    except CourseError as error:
        return [Finding(error.where or str(seeds_folder()), f"{error.what}; {error.todo}".rstrip("; "))]


def _editions() -> dict[str, tuple[Article, ...]]:
    editions = {"reading": load_articles("reading")}
    if set(find_originals()) >= {entry["sha256"] for entry in load_catalogue()["articles"]}:
        editions["original"] = load_articles("original")
    return editions


def _check_passages() -> list[Finding]:
    ids = {name: [p.id for one in articles for version in one.versions for p in version.passages] for name, articles in _editions().items()}
    if len(set(map(tuple, ids.values()))) == 1:
        return []
    odd = sorted(set(ids["reading"]) ^ set(ids["original"])) or ["their order"]
    return [Finding("seeds/reading", f"the editions differ in {', '.join(odd[:5])}; give each passage of the original its restatement")]


def _check_annotations() -> list[Finding]:
    findings = []
    evidence()  # raises when a code is not in the codebook
    for edition, articles in _editions().items():
        for mark, why in unanchored(articles, annotations()):
            findings.append(Finding(f"seeds/annotations/{mark.article}.jsonl, {mark.id}", f"in the {edition} edition {why}"))
    for mark in annotations():
        if len(mark.quote.exact.split()) > LONGEST_QUOTE:
            findings.append(Finding(f"seeds/annotations/{mark.article}.jsonl, {mark.id}", f"quotes more than {LONGEST_QUOTE} words"))
    return findings


def _check_items() -> list[Finding]:
    passages = {p.id for one in load_articles("reading") for version in one.versions for p in version.passages}
    known = passages | {mark.id for mark in annotations()} | set(provisions()["provision"]) | set(load_codebook().issues)
    return [
        Finding(f"seeds/questions, {item.id}", f"rests on {id}, which does not exist")
        for item in load_items()
        for id in item.evidence
        if id not in known
    ]
