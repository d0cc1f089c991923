"""The rules of a case's data: every annotation finds its phrase, every item its evidence, in each edition at hand."""

from helpers.annotation import annotations, unanchored
from helpers.articles import Article, find_originals, load_articles, load_catalogue
from helpers.codebook import load_codebook
from helpers.errors import CourseError
from helpers.events import consultations, contributions, incident_tests, incidents, invocations, timeline
from helpers.files import read_toml
from helpers.paths import seeds_folder
from helpers.questions import load_items
from helpers.stances import evidence
from helpers.treaties import memberships, organisations, provisions, state_names

from .rules import Finding, finding_of

LONGEST_QUOTE = 8  # words


def check_case() -> list[Finding]:
    """What is missing in the case in use or lost its evidence; empty when all is well."""
    findings = []
    for check in (_check_data, _check_passages, _check_annotations, _check_items):
        try:
            findings += check()
        except CourseError as error:
            findings.append(finding_of(error, str(seeds_folder())))
    return findings


def _check_data() -> list[Finding]:
    marks, names = load_codebook().confidence, set(state_names())
    tables = {"events/timeline.csv": timeline(), "events/consultations.csv": consultations(), "events/invocations.csv": invocations()}
    tables |= {"events/contributions.csv": contributions(), "treaties/provisions.toml": provisions()}
    tables |= {f"treaties/memberships.csv, {org}": memberships(org) for org in organisations()}
    findings = []
    for name, table in tables.items():
        where = f"seeds/{name}"
        if table.empty:
            findings.append(Finding(where, "there are no rows"))
        for column, known in {"confidence": marks, "state": names}.items():
            odd = sorted(set(table.get(column, [])) - set(known))
            findings += [Finding(where, f"{column} {value!r} is unknown; use one of {', '.join(sorted(known))}") for value in odd]
        if "id" in table:
            findings += [Finding(where, f"id {id} stands twice") for id in table["id"][table["id"].duplicated()]]
        if not all(table["source"]):
            findings.append(Finding(where, "a row has no source"))
    elements = {test["element"] for test in incident_tests()}
    for id, incident in incidents().items():
        lost = elements.symmetric_difference(row["element"] for row in incident["findings"])
        findings += [Finding("seeds/events/incidents.toml", f"{id}: {element} is missing or has no test") for element in sorted(lost)]
    return findings


def _editions() -> dict[str, tuple[Article, ...]]:
    editions = {"reading": load_articles("reading")}
    if set(find_originals()) >= {entry["sha256"] for entry in load_catalogue()["articles"]}:
        editions["original"] = load_articles("original")
    return editions


def _check_passages() -> list[Finding]:
    layouts = read_toml(seeds_folder() / "layouts.toml")
    for entry in load_catalogue()["articles"]:
        if entry["sha256"] not in layouts:
            return [Finding("seeds/layouts.toml", f"{entry['id']} has no layout under its SHA-256")]
    ids = {name: [p.id for one in articles for version in one.versions for p in version.passages] for name, articles in _editions().items()}
    if len(set(map(tuple, ids.values()))) == 1:
        return []
    odd = sorted(set(ids["reading"]) ^ set(ids["original"])) or ["their order"]
    return [Finding("seeds/reading", f"the editions differ in {', '.join(odd[:5])}; give each passage of the original its restatement")]


def _check_annotations() -> list[Finding]:
    evidence()  # raises when a code is not in the codebook
    ids = [entry["id"] for entry in load_catalogue()["articles"]]
    findings = [Finding(f"seeds/annotations/{id}.jsonl", "there are no annotations") for id in ids if not annotations(id)]
    for path in [*seeds_folder().glob("annotations/*.jsonl"), *seeds_folder().glob("reading/*.md")]:
        if path.stem not in ids:
            findings.append(Finding(f"seeds/{path.parent.name}/{path.name}", "belongs to no article of catalogue.toml"))
    for edition, articles in _editions().items():
        for mark, why in unanchored(articles, annotations()):
            findings.append(Finding(f"seeds/annotations/{mark.article}.jsonl, {mark.id}", f"in the {edition} edition {why}"))
    for mark in annotations():
        if len(mark.quote.exact.split()) > LONGEST_QUOTE:
            findings.append(Finding(f"seeds/annotations/{mark.article}.jsonl, {mark.id}", f"quotes more than {LONGEST_QUOTE} words"))
    return findings


def _check_items() -> list[Finding]:
    if not load_items():
        return [Finding("seeds/questions", "there are no items")]
    passages = {p.id for one in load_articles("reading") for version in one.versions for p in version.passages}
    known = passages | {mark.id for mark in annotations()} | set(provisions()["provision"]) | set(load_codebook().issues)
    return [
        Finding(f"seeds/questions, {item.id}", f"rests on {id}, which does not exist")
        for item in load_items()
        for id in item.evidence
        if id not in known
    ]
