"""Rules that a lesson keeps, read from the notebook as it stands; nothing is run here.

Each rule is a function from lesson and notebook to messages; the modules ``rules_*`` register theirs in ``RULES``.
"""

from pathlib import Path

from helpers.errors import CourseError

from . import rules_form, rules_items, rules_outputs, rules_text
from .findings import Finding, finding_of
from .lessons import read_lesson, read_notebook

RULES = (*rules_form.RULES, *rules_text.RULES, *rules_items.RULES, *rules_outputs.RULES)
WARNINGS = (*rules_form.WARNINGS, rules_items.items_are_asked)


def check_notebook(path: Path) -> list[Finding]:
    """The findings for one notebook: file and cell (1-based), what is wrong, what to do."""
    findings = []
    try:
        lesson, notebook = read_lesson(path), read_notebook(path)
    except CourseError as error:
        return [finding_of(error, path.name)]
    for rule in RULES:
        try:
            for cell, message in rule(lesson, notebook):
                findings.append(Finding(f"{path.name}, cell {cell}" if cell else path.name, message, "W" if rule in WARNINGS else "F"))
        except CourseError as error:  # a broken data file hides nothing of what the other rules see
            findings.append(finding_of(error, path.name))
    return list(dict.fromkeys(findings))
