"""What the documents promise and what the files hold stay in step."""

import ast
import re
import subprocess
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parent.parent
HELPERS = [
    # the ground
    "errors", "paths", "files", "parameters", "codebook", "layouts", "articles",
    # any article file
    "sources", "furniture", "paragraphs", "saved_pages", "beliefs", "cuts", "seams", "sniffer", "readers",
    # annotations: anchored, exchanged, agreed on
    "anchors", "annotation", "publication", "explanations", "conflict", "exchange", "agreement",
    # what a text names
    "mentions", "patterns", "numerals", "counted_nouns", "amounts", "tenses", "date_words", "periods", "date_phrases",
    "date_rules", "dates",
    "reporting", "names", "people", "metonyms", "mention_rules", "article_numbers", "provision_rules", "lexicon",
    # who says what
    "noun_phrases", "speakers", "antecedents", "attribution", "quote_marks", "quotations", "annotator", "machine_coder",
    # positions, treaties, events
    "stances", "versions", "treaties", "events", "marks", "mark_agreement", "mark_desk",
    # what a learner sees
    "tables", "clean", "inputs", "views", "drawing",
    "installation", "figures_agreement", "figures_consultations", "figures_contributions", "figures_debrief",
    "figures_explanations", "figures_forecasts", "figures_matrix", "figures_pairs",
    "figures_publication", "figures_seats", "figures_timeline",
    "figures_versions", "figures",
    # a Council: its seats and their packs
    "council", "seat_packs",
    # items, answers, what a learner clicks
    "items", "questions", "answers", "forecasts",
    "codings", "controls", "passages", "mark_views", "item_views", "seat_views", "rubrics", "memo_diff", "memo_widgets",
    "mark_widget", "case_marks", "item_widgets", "clause_comparator", "passage_browser", "passage_coder",
    "matrix_view", "conflict_view", "timeline_view", "incident_tester", "widgets",
    # a class's answers
    "class_answers", "debrief",
]  # fmt: skip
COURSE = [
    # lessons and runs
    "lessons", "findings", "glossary_page", "page_frame", "words", "codes", "folder_names", "roster", "plan", "store",
    # a learner's copy, and JupyterLab on it; the notebook in which a case's author codes
    "given", "whats_new", "working_copy", "lab", "lab_server", "case_notebook",
    # runs: what they come to, how one is executed, many at once, here or on a cluster
    "results", "fingerprint", "warm_child", "warm_process", "kernels", "soundness", "engine", "runner", "pool", "worker", "cluster",
    "run_folder", "group_answers", "classroom", "progress",
    # checks
    "case_entries", "case_references", "quoted", "rules_form", "rules_text", "rules_items", "rules_outputs", "rules",
    "rights", "withheld", "balance", "teaching",
    "case_checks", "case_optional", "case_lessons", "case", "nbval_types", "validate",
    # pages of a run: packets, exercises, an index
    "executed", "shown_outputs", "fragments", "item_keys", "exercises", "class_index", "packet_pages", "packets",
    # a teacher reads memos
    "spreadsheets", "marking",
    # a class's answers come back and are marked
    "handed_in", "archives", "learner_codes", "collect", "gradebook", "rubric_marks", "grade_summary", "grade_files",
    # what learners get
    "whole_folder", "release", "wheels", "bundle", "nbgrader_course",
    # a class that never was
    "synthetic_class",
    # the command
    "originals", "skeleton", "new_lesson", "printing", "terminal",
    "cli_case", "cli_class", "cli_lab", "cli_lesson", "cli_packet", "cli_run",
    "cli_plan", "cli_release", "cli_bundle", "cli",
]  # fmt: skip
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def modules(package: str) -> dict[str, ast.Module]:
    return {path.stem: ast.parse(path.read_text()) for path in (ROOT / package).glob("*.py") if not path.stem.startswith("__")}


def imports(tree: ast.Module) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names] if node.level and not node.module else [node.module or ""]
            found += [(node.level, name) for name in names]
        elif isinstance(node, ast.Import):
            found += [(0, alias.name) for alias in node.names]
    return found


@pytest.mark.parametrize(("package", "order"), [("helpers", HELPERS), ("course", COURSE)])
def test_inside_a_package_a_module_imports_only_those_listed_before_it(package, order):
    found = modules(package)
    assert sorted(found) == sorted(order)
    for name, tree in found.items():
        for level, target in imports(tree):
            if level:
                module = target.split(".")[0]
                assert order.index(module) < order.index(name), f"{package}/{name}.py imports {module}, which lies above it"


def test_helpers_never_import_the_course():
    for name, tree in modules("helpers").items():
        assert not [target for level, target in imports(tree) if not level and target.split(".")[0] == "course"], name


def code_texts(tree: ast.Module) -> list[str]:
    """Every text in the code that is not a docstring."""
    holders = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docstrings = {id(node.body[0].value) for node in holders if node.body and isinstance(node.body[0], ast.Expr)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings]
    return [node.value for node in constants if isinstance(node.value, str)]


def test_no_code_names_an_article_an_actor_or_an_issue_of_the_case():
    from helpers.articles import load_catalogue
    from helpers.codebook import load_codebook

    book = load_codebook()
    codes = {entry["id"] for entry in load_catalogue()["articles"]} | {*book.actors, *book.issues}
    for package in ("helpers", "course"):
        for name, tree in modules(package).items():
            words = {word for text in code_texts(tree) for word in re.findall(r"[\w-]+", text)}
            assert not words & codes, f"{package}/{name}.py names {words & codes}"


def test_modules_and_functions_fit_on_a_few_screens():
    for package in ("helpers", "course"):
        for path in (ROOT / package).glob("*.py"):
            assert len(path.read_text().splitlines()) <= 300, path.name
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef):
                    body = node.body[1:] if ast.get_docstring(node) else node.body
                    lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
                    assert lines <= 40, f"{path.name}: {node.name} has {lines} lines"


def test_every_module_has_its_tests():
    for package in ("helpers", "course"):
        for name in modules(package):
            assert (ROOT / "tests" / f"test_{name}.py").is_file() or name == "nbval_types", name  # nbval_types: see test_validate


def test_environment_yml_installs_what_pyproject_names_and_nothing_else():
    # The file is read and compared; no conda solve is run here, because no conda channel can be reached.
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    conda, pip = environment["dependencies"][:-1], environment["dependencies"][-1]["pip"]
    assert environment["name"] == PROJECT["name"]
    assert re.fullmatch(r"python=3\.\d+", conda[0])  # see the file: repo2docker understands no range
    assert conda[1:] == ["pip"]
    assert pip == ["--constraint constraints.txt", "-e ."]
    versions = {line.rsplit(" :: ", 1)[1] for line in PROJECT["classifiers"] if "Python :: 3." in line}
    assert versions == {"3.11", "3.12", "3.13"}
    assert conda[0].removeprefix("python=") in versions


def test_constraints_are_bare_pins_that_cover_the_direct_dependencies():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line) for line in pins)
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in pins}
    extras = PROJECT["optional-dependencies"]
    direct = [*PROJECT["dependencies"], *(name for name in extras["test"] if "[" not in name), *extras["site"]]
    assert {re.split(r"[>=\[]", name)[0].lower() for name in direct} <= pinned


def test_every_pin_can_be_installed_on_the_oldest_python_that_is_promised():
    oldest = PROJECT["requires-python"].removeprefix(">=") + ".0"
    needs = {one.name: one.metadata.get("Requires-Python") for one in distributions()}
    assert [name for name, spec in needs.items() if spec and not SpecifierSet(spec).contains(oldest)] == []


def test_the_extras_are_those_that_the_readme_names():
    assert set(PROJECT["optional-dependencies"]) == {"test", "site", "dist", "nbgrader", "bench"}


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_package_registrys_address():
    pattern = re.compile(r"https?://[^\s\"')]*(?:pypi|/simple\b|registry\.npm|conda\.anaconda)", re.IGNORECASE)
    for name in tracked():
        if not name.endswith((".png", ".ipynb")):
            assert not pattern.search((ROOT / name).read_text(encoding="utf-8")), name


def test_originals_and_outputs_are_not_in_the_repository():
    kept_out = re.compile(r"^(seeds/originals|runs|my-course|\.venv|dist)/|/answers/|\.part$")
    assert [name for name in tracked() if kept_out.search(name)] == []


def test_the_readme_shows_the_commands_that_make_and_the_course_have():
    readme = (ROOT / "README.md").read_text()
    makefile = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"^make (\w+)", readme, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    from course.cli import app

    verbs = {command.name or command.callback.__name__ for command in app.registered_commands}
    verbs |= {group.name for group in app.registered_groups}
    used = set(re.findall(r"(?:^|`)(?:\.venv/bin/)?course (?:--seeds \S+ )?([a-z]+)", readme, re.MULTILINE))
    assert {"run", "validate", "originals", "lab", "lesson", "list"} <= used
    assert used <= verbs


def test_every_folder_on_the_readmes_map_exists():
    readme = (ROOT / "README.md").read_text()
    folders = re.findall(r"^\| `(\w+)/` \|", readme, re.MULTILINE)
    assert set(folders) >= {"notebooks", "seeds", "helpers", "course", "tests", "docs", "benchmarks"}
    assert all((ROOT / folder).is_dir() for folder in folders)


def test_links_between_the_documents_hold():
    for name in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *(str(p.relative_to(ROOT)) for p in (ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / name).read_text()):
            assert (ROOT / name).parent.joinpath(target).exists(), f"{name} links to {target}"


def test_the_version_of_the_package_is_in_the_changelog_and_the_citation():
    from helpers import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text()
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"] == __version__
