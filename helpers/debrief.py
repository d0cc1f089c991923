"""A class's answers counted: where its codes agree, which passages split it, how forecasts scored, what changed.

Everything is told of the class as a whole; no table here names a learner. Measures: Krippendorff's alpha
(:mod:`helpers.agreement`), the mean difference of two learners (Gini's mean difference), the Brier score
(:mod:`helpers.forecasts`), Wilson's interval for a share.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from math import nan, sqrt
from statistics import fmean
from textwrap import shorten
from typing import Any

import pandas as pd

from .agreement import alpha, explain_undefined
from .annotation import Annotation, annotations
from .answers import read_answers
from .codebook import load_codebook, with_minus
from .forecasts import brier_score
from .parameters import check_choice
from .questions import CHOICES, NO_EVIDENCE, Field, Item, fields_of, load_item, load_items
from .tables import format_range, name_evidence

_ALL_STANCES = "all stances"
_PASSAGE = "a whole passage"
_Z = 1.96  # standard deviations that hold 95 %


def tabulate_class_agreement(answers: pd.DataFrame) -> pd.DataFrame:
    """How far the class's codings agree: all stances of a lesson, the stance issue by issue, every other code by its name.

    Parameters
    ----------
    answers : pandas.DataFrame
        From :func:`helpers.class_answers.load_class`, like ``answers`` of every function here.

    Returns
    -------
    pandas.DataFrame
        Columns ``lesson, what, level, units, coders, codings, alpha, same, alpha_reference, remark``. ``alpha`` is among
        the learners, missing where it is not defined; ``same`` the share of codings equal to the reference (0-1);
        ``alpha_reference`` the alpha of each coding paired with the reference. “No evidence” counts as no coding. Within
        a lesson, rows with more units stand first.
    """
    groups: dict[tuple[str, str], list[tuple[str, str, Field, str]]] = {}
    marks, book = {mark.id: mark for mark in annotations()}, load_codebook()
    for item, rows in _by_item(answers, ("code",)):
        for field in fields_of(item):
            mark = _mark_behind(item, field, marks)
            names = [_ALL_STANCES, book.issues[str(mark.codes["issue"])].label] if mark else [field.label]
            found = [(row.learner, item.id, field, row.answer[field.name]) for row in rows if field.name in row.answer]
            for name in names:
                groups.setdefault((item.lesson, name), []).extend(coding for coding in found if coding[3] != NO_EVIDENCE)
    columns = ["lesson", "what", "level", "units", "coders", "codings", "alpha", "same", "alpha_reference", "remark"]
    table = pd.DataFrame([(*key, *_agree(codings)) for key, codings in groups.items() if codings], columns=columns)
    return table.sort_values(["lesson", "units"], ascending=[True, False], kind="stable", ignore_index=True)


def tabulate_splits(answers: pd.DataFrame) -> pd.DataFrame:
    """The coded passages, those that split the class most first, each with a question to it.

    Returns
    -------
    pandas.DataFrame
        Columns ``item, evidence, passage, issue, n, none, steps, codes, question``. ``steps`` is the mean difference in
        steps of the scale of two learners drawn at random: 0 where all agree, 2 where half stand at each end of five
        steps (a little more in a small class). ``codes`` holds pairs of a stance and the learners who chose it, in the
        order of the scale; ``none`` counts those who saw no evidence, who are in none of the other numbers.
    """
    marks, book, rows = {mark.id: mark for mark in annotations()}, load_codebook(), []
    for item, found in _by_item(answers, ("code",)):
        for field in fields_of(item):
            mark = _mark_behind(item, field, marks)
            codes = [row.answer[field.name] for row in found if field.name in row.answer]
            stances = sorted(int(code) for code in codes if mark and code != NO_EVIDENCE)
            if mark is None or not stances:
                continue
            issue, counts = book.issues[str(mark.codes["issue"])], Counter(stances)
            tallies = tuple(sorted(counts.items()))
            question = _question(issue.proposition, counts, mark.passage)
            none = len(codes) - len(stances)
            rows.append((item.id, mark.id, mark.passage, issue.label, len(stances), none, _mean_difference(stances), tallies, question))
    names = ["item", "evidence", "passage", "issue", "n", "none", "steps", "codes", "question"]
    return pd.DataFrame(rows, columns=names).sort_values("steps", ascending=False, kind="stable", ignore_index=True)


def tabulate_forecasts(answers: pd.DataFrame) -> pd.DataFrame:
    """The forecasts whose outcome is known: ``item, question, n, mean, outcome, known, brier``.

    ``mean`` is the mean probability of yes (0-1), ``outcome`` yes or no, ``known`` the day (ISO text), ``brier`` the mean
    of the learners' scores (0 best, 1 worst; always saying one half scores 0.25).
    """
    rows = []
    for item, found in _by_item(answers, ("forecast",)):
        if item.outcome is not None:
            given, happened = [row.answer for row in found], item.outcome.happened
            scores = [brier_score(value, happened) for value in given]
            rows.append((item.id, item.prompt, len(given), fmean(given), "yes" if happened else "no", item.outcome.known, fmean(scores)))
    return pd.DataFrame(rows, columns=["item", "question", "n", "mean", "outcome", "known", "brier"])


def score_learners(answers: pd.DataFrame) -> pd.DataFrame:
    """The learners' mean Brier scores, best first and without their codes: ``forecasts`` (how many), ``brier``."""
    scores: dict[str, list[float]] = {}
    for item, rows in _by_item(answers, ("forecast",)):
        if item.outcome is not None:
            for row in rows:
                scores.setdefault(row.learner, []).append(brier_score(row.answer, item.outcome.happened))
    table = pd.DataFrame([(len(own), fmean(own)) for own in scores.values()], columns=["forecasts", "brier"])
    return table.sort_values(["brier", "forecasts"], ignore_index=True)


def tabulate_misconceptions(answers: pd.DataFrame) -> pd.DataFrame:
    """The wrong options of marked items, those chosen most first: ``item, misconception, chosen, n, share, low, high``.

    ``n`` learners answered the item; ``low`` to ``high`` is Wilson's 95 % interval for the share (0-1): what a class of
    this size says about learners like it, not about itself. Exam items are left out, since their keys are not shown.
    """
    rows = []
    for item, found in _by_item(answers, ("check",)):
        chosen = Counter(row.answer for row in found)
        for option in item.options:
            if not option.correct and chosen[option.key]:
                count, n = chosen[option.key], len(found)
                rows.append((item.id, option.misconception or option.text, count, n, count / n, *wilson_interval(count, n)))
    table = pd.DataFrame(rows, columns=["item", "misconception", "chosen", "n", "share", "low", "high"])
    return table.sort_values(["share", "n"], ascending=False, kind="stable", ignore_index=True)


def tabulate_choices(answers: pd.DataFrame, item_id: str) -> pd.DataFrame:
    """What the class chose in one item of options: ``key, option, chosen, n``, in the item's order."""
    item = load_item(item_id)
    chosen = Counter(row.answer for one, rows in _by_item(answers, CHOICES) if one.id == item.id for row in rows)
    rows = [(option.key, option.text, chosen[option.key], chosen.total()) for option in item.options]
    return pd.DataFrame(rows, columns=["key", "option", "chosen", "n"])


def tabulate_revisions(answers: pd.DataFrame, before: str, after: str) -> pd.DataFrame:
    """What went and what came between two memos, by piece of evidence: ``evidence, what, kept, dropped, added, n``.

    Only the ``n`` learners who wrote both memos count; the pieces that moved most stand first.
    """
    kept, dropped, added, n = Counter(), Counter(), Counter(), 0
    for first, second in _memo_pairs(answers, before, after):
        n += 1
        kept.update(first & second)
        dropped.update(first - second)
        added.update(second - first)
    names = name_evidence()
    rows = [(id, names.get(id, _PASSAGE), kept[id], dropped[id], added[id], n) for id in sorted({*kept, *dropped, *added})]
    table = pd.DataFrame(rows, columns=["evidence", "what", "kept", "dropped", "added", "n"])
    moved = (table["dropped"] + table["added"]).rename("moved")
    return table.iloc[moved.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def tabulate_reviews(answers: pd.DataFrame, before: str, after: str) -> pd.DataFrame:
    """How learners changed the evidence of their memo: ``change, learners, n``, one row a kind of change."""
    kinds = {(False, False): "none", (False, True): "added only", (True, False): "dropped only", (True, True): "added and dropped"}
    counts = Counter(kinds[bool(first - second), bool(second - first)] for first, second in _memo_pairs(answers, before, after))
    return pd.DataFrame([(kind, counts[kind], counts.total()) for kind in kinds.values()], columns=["change", "learners", "n"])


def tabulate_cited(answers: pd.DataFrame, item_id: str) -> pd.DataFrame:
    """The evidence that one memo item was answered with, cited most first: ``evidence, what, cited, n`` (learners who wrote)."""
    item, names = load_item(item_id), name_evidence()
    memos = [set(row.answer["evidence"]) for one, rows in _by_item(answers, ("memo",)) if one.id == item.id for row in rows]
    cited = Counter(id for memo in memos for id in memo)
    order = sorted(cited.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [(id, names.get(id, _PASSAGE), count, len(memos)) for id, count in order]
    return pd.DataFrame(rows, columns=["evidence", "what", "cited", "n"])


def tabulate_completion(answers: pd.DataFrame, by: str = "lesson") -> pd.DataFrame:
    """How much was answered, by ``"lesson"`` or by ``"objective"``: that column, ``items, learners, answered``.

    ``learners`` counts who answered anything there; ``answered`` is the share (0-1) of what the whole class could have.
    An exam item, which no lesson asks, is among the ``items`` only if somebody answered it.
    """
    answered = set(answers["item"])
    items = [item for item in load_items() if item.mode != "exam" or item.id in answered]
    group_of = {item.id: getattr(item, check_choice("by", by, ["lesson", "objective"])) for item in items}
    everybody, sizes = answers["learner"].nunique(), Counter(group_of.values())
    given = answers.assign(group=answers["item"].map(group_of)).groupby("group")["learner"]
    counts, learners = given.count(), given.nunique()
    rows = [(key, sizes[key], int(learners.get(key, 0)), counts.get(key, 0) / max(sizes[key] * everybody, 1)) for key in sorted(sizes)]
    return pd.DataFrame(rows, columns=[by, "items", "learners", "answered"])


def compare_own(answers: pd.DataFrame, own: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """A learner's own answers beside the class: ``item, about, yours, alike, n`` for options chosen and passages coded.

    ``alike`` of the ``n`` in the class chose the same; the rarest answers stand first. Exam items are left out.

    Parameters
    ----------
    own : mapping, optional
        Answers by item id; those of the learner at this computer when left out.
    """
    own, names, rows = read_answers()[0] if own is None else own, name_evidence(), []
    for item, found in _by_item(answers, ("check", "poll", "code")):
        texts = {option.key: option.text for option in item.options}
        for field in [None] if texts else fields_of(item):
            mine, theirs = _part(own.get(item.id), field), [_part(row.answer, field) for row in found]
            theirs = [value for value in theirs if value]
            if mine and theirs:
                about = item.prompt if not field or item.fields or item.incident else names[item.evidence[0]]
                asked = f"{about} [{field.label}]" if field else about
                rows.append((item.id, shorten(asked, 170, placeholder=" …"), texts.get(mine, mine), theirs.count(mine), len(theirs)))
    table = pd.DataFrame(rows, columns=["item", "about", "yours", "alike", "n"])
    return table.iloc[(table["alike"] / table["n"]).argsort(kind="stable")].reset_index(drop=True)


def wilson_interval(count: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval for a share ``count / n`` (0-1 both).

    Examples
    --------
    >>> [round(end, 2) for end in wilson_interval(12, 24)]
    [0.31, 0.69]
    """
    if not n:
        return 0.0, 1.0
    share, square = count / n, _Z**2
    middle, half = share + square / (2 * n), _Z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    ends = (middle - half) / (1 + square / n), (middle + half) / (1 + square / n)
    return max(0.0, min(ends[0], share)), min(1.0, max(ends[1], share))  # the share lies inside, whatever the rounding


def _by_item(answers: pd.DataFrame, modes: Iterable[str]) -> list[tuple[Item, list]]:
    rows: dict[str, list] = {}
    for row in answers.itertuples():
        rows.setdefault(row.item, []).append(row)
    return [(item, rows[item.id]) for item in load_items() if item.mode in modes and item.id in rows]


def _mark_behind(item: Item, field: Field, marks: Mapping[str, Annotation]) -> Annotation | None:
    """The coded passage whose stance a field asks for; none for any other field."""
    return marks.get(item.evidence[0]) if item.evidence and not item.fields and _is_ordered(field) else None


def _is_ordered(field: Field) -> bool:
    return all(choice.lstrip("+-").isdecimal() for choice in field.choices if choice != NO_EVIDENCE)


def _agree(codings: list[tuple[str, str, Field, str]]) -> tuple:
    level = "ordinal" if all(_is_ordered(field) for _, _, field, _ in codings) else "nominal"

    def value(code: str) -> int | str:
        return int(code) if level == "ordinal" else code

    units, coders = ({coding[at] for coding in codings} for at in (1, 0))
    among = [(who, unit, value(code)) for who, unit, _, code in codings]
    pairs = [(coder, f"{who} {unit}", value(code)) for who, unit, field, own in codings for coder, code in _with_reference(own, field)]
    same = fmean(code == field.reference for _, _, field, code in codings)
    against = alpha(pairs, level) if len(units) > 1 else nan  # a unit stands there once a learner, which makes it no two
    return level, len(units), len(coders), len(codings), alpha(among, level), same, against, explain_undefined(among)


def _with_reference(own: str, field: Field) -> list[tuple[str, str]]:
    return [("learner", own), ("reference", field.reference)] if field.reference != NO_EVIDENCE else []


def _mean_difference(values: list[int]) -> float:
    pairs = list(combinations(values, 2))
    return sum(abs(one - other) for one, other in pairs) / len(pairs) if pairs else 0.0


def _question(proposition: str, counts: Counter, passage: str) -> str:
    if len(counts) == 1:
        return f"All chose the same code. Which words of {passage} left no room for another?"
    book = load_codebook()
    (first, most), (second, next_most) = sorted(sorted(counts.items()), key=lambda pair: -pair[1])[:2]
    one, other = (f"{format_range(value)} ({book.stances[value].label})" for value in (first, second))
    told = f"“{proposition.rstrip('.')}”: {most} chose {one}, and {next_most} chose {other}."
    return f"{told} Which words of {passage} speak for the one, and which for the other?"


def _memo_pairs(answers: pd.DataFrame, before: str, after: str) -> list[tuple[set[str], set[str]]]:
    memos = {(row.learner, item.id): set(row.answer["evidence"]) for item, rows in _by_item(answers, ("memo",)) for row in rows}
    learners = [learner for learner, id in memos if id == before and (learner, after) in memos]
    return [(memos[learner, before], memos[learner, after]) for learner in learners]


def _part(answer: object, field: Field | None) -> str:
    if field is None:
        return "" if answer is None or isinstance(answer, dict) else str(answer)
    code = str(answer.get(field.name, "")) if isinstance(answer, dict) else ""
    return with_minus(code)
