"""Codings side by side: the reference beside another coder, the learner or the machine, and how far they agree.

The reference coding is one person's, and the coder ``second`` may be a program: a case says so where it tells of them.
"""

from collections.abc import Collection, Iterable
from math import nan

import pandas as pd

from .agreement import alpha, explain_undefined
from .annotation import REFERENCE, annotations, load_coders
from .answers import read_answers
from .codebook import load_codebook
from .machine_coder import machine_coding
from .parameters import check_choice, check_choices
from .questions import NO_EVIDENCE, Item, load_items, problems
from .tables import format_range

YOU, MACHINE = "you", "machine"
ALL = "all"
_OTHER = "other actor or issue"
_NONE = "codes no stance"
_COLUMNS = ["unit", "article", "passage", "actor", "issue", "phrase", "stance", "other_stance", "voice", "other_voice", "left_out"]
_Coding = tuple[int | None, str | None, str]  # stance, voice, why the stance is left out


def compare_coding(coder: str, item_ids: Collection[str] | None = None) -> pd.DataFrame:
    """The units that the reference and another coder both coded, side by side.

    Parameters
    ----------
    coder : str
        A coder of the case, ``"you"`` (the learner's own answers, as far as they are whole) or ``"machine"`` (the
        rule-based finder: voices only).
    item_ids : collection of str, optional
        Items of mode ``code``: only the phrases that they ask about. For ``"you"`` all such items when left out.

    Returns
    -------
    pandas.DataFrame
        Columns ``unit, article, passage, actor, issue, phrase, stance, other_stance (-2..2), voice, other_voice,
        left_out``. ``other_stance`` is missing where the two cannot be compared, and ``left_out`` then says why: another
        actor or issue, "no evidence", or a coder that codes no stance. No rows where nothing is coded yet.

    Raises
    ------
    ParameterError
        When the coder or an item is unknown.

    Examples
    --------
    >>> table = compare_coding("second")
    >>> len(table), int(table["other_stance"].notna().sum())
    (76, 67)
    """
    check_choice("coder", coder, [*load_coders()[1:], YOU, MACHINE])
    items = code_items(item_ids)
    other = _own(items) if coder == YOU else _heard() if coder == MACHINE else _coded(coder)
    asked = {item.evidence[0] for item in items}
    marks = [mark for mark in annotations() if mark.unit in other and (item_ids is None or mark.unit in asked)]
    rows = []
    for mark in marks:
        stance, voice, why = other[mark.unit]
        codes = [mark.codes["stance"], pd.NA if stance is None else stance, mark.codes["voice"], voice]
        rows.append((mark.unit, mark.article, mark.passage, mark.codes["actor"], mark.codes["issue"], mark.quote.exact, *codes, why))
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"stance": "Int64", "other_stance": "Int64"})


def code_items(item_ids: Collection[str] | None = None) -> list[Item]:
    """The items that ask for the stance and the voice of one phrase, or those of them that are named, in that order."""
    units = {mark.unit for mark in annotations()}
    known = {item.id: item for item in load_items() if item.mode == "code" and not item.fields and units.issuperset(item.evidence[:1])}
    return [known[id] for id in (known if item_ids is None else check_choices("item_ids", item_ids, known))]


def tabulate_agreement(compared: pd.DataFrame) -> pd.DataFrame:
    """How far the two agree: voices in all and article by article, stances in all and issue by issue.

    Returns
    -------
    pandas.DataFrame
        Columns ``code, part, level, n, left_out, agreement, alpha, remark``. ``part`` is ``all``, an article or an issue,
        ``n`` the number of units that count, ``agreement`` the share of them that both coded alike (0-1), ``alpha``
        Krippendorff's (voices nominal, stances ordinal), missing where it is not defined, and ``remark`` then says why.

    Examples
    --------
    >>> table = tabulate_agreement(compare_coding("second"))
    >>> [(row.code, row.n, round(row.alpha, 2)) for row in table.itertuples() if row.part == "all"]
    [('voice', 76, 0.82), ('stance', 67, 0.92)]
    """
    rows = [_agree("voice", part, own) for part, own in _parts(compared, "article")]
    if (compared["left_out"] != _NONE).any():
        rows += [_agree("stance", part, own) for part, own in _parts(compared, "issue")]
    return pd.DataFrame(rows, columns=["code", "part", "level", "n", "left_out", "agreement", "alpha", "remark"])


def cross_codes(compared: pd.DataFrame, code: str) -> pd.DataFrame:
    """How often which code of the reference met which code of the other: one row a reference code, one column a code of the other.

    Parameters
    ----------
    compared : pandas.DataFrame
        What :func:`compare_coding` gave.
    code : str
        ``"stance"`` or ``"voice"``.

    Returns
    -------
    pandas.DataFrame
        Column ``reference``, then one for each code and, of stances, for each reason to leave a unit out; cells count units.

    Examples
    --------
    >>> cross_codes(compare_coding("second"), "voice").to_numpy().tolist()
    [['Q', 23, 0, 0], ['P', 0, 1, 0], ['J', 0, 7, 45]]
    """
    check_choice("code", code, ["stance", "voice"])
    book = load_codebook()
    names = [format_range(value) for value in sorted(book.stances)] if code == "stance" else list(book.voices)
    own = [format_range(value) for value in compared["stance"]] if code == "stance" else list(compared["voice"])
    other = _told(compared) if code == "stance" else list(compared["other_voice"])
    columns = [*names, *sorted(set(other) - set(names))]
    pairs = list(zip(own, other, strict=True))
    return pd.DataFrame([[name, *(pairs.count((name, one)) for one in columns)] for name in names], columns=["reference", *columns])


def line_up(item_ids: Collection[str], coders: Iterable[str]) -> pd.DataFrame:
    """The stances of several coders on the phrases of items, each in words: ``item, unit, actor, issue, reference``, then the coders.

    Only phrases that the learner has coded are in it, so that nobody reads the reference first. A cell is a stance with
    its sign, or why there is none.
    """
    done = set(compare_coding(YOU, item_ids)["unit"])
    tables = {coder: compare_coding(coder, item_ids) for coder in coders}
    told = {coder: dict(zip(table["unit"], _told(table), strict=True)) for coder, table in tables.items()}
    marks = {mark.unit: mark.codes for mark in annotations()}
    rows = []
    for item in code_items(item_ids):
        unit = item.evidence[0]
        if unit in done:
            codes = marks[unit]
            others = [told[coder].get(unit, "not coded") for coder in told]
            rows.append((item.id, unit, codes["actor"], codes["issue"], format_range(int(codes["stance"])), *others))
    return pd.DataFrame(rows, columns=["item", "unit", "actor", "issue", REFERENCE, *told])


def _own(items: Iterable[Item]) -> dict[str, _Coding]:
    answers, found = read_answers()[0], {}
    for item in items:
        answer = answers.get(item.id) or {}
        if not problems(item, answer):
            silent = answer["stance"] == NO_EVIDENCE
            found[item.evidence[0]] = (None if silent else int(answer["stance"]), answer["voice"], NO_EVIDENCE if silent else "")
    return found


def _heard() -> dict[str, _Coding]:
    table = machine_coding()
    table = table[table["kind"] == "stance"]
    return {row.unit: (None, row.machine_voice, _NONE) for row in table.itertuples()}


def _coded(coder: str) -> dict[str, _Coding]:
    first, found = {mark.unit: mark.codes for mark in annotations()}, {}
    for mark in annotations(coder=coder):
        own, codes = first.get(mark.unit, {}), mark.codes
        same = all(own.get(name) == codes[name] for name in ("actor", "issue"))
        found[mark.unit] = (int(codes["stance"]) if same else None, str(codes["voice"]), "" if same else _OTHER)
    return found


def _told(compared: pd.DataFrame) -> list[str]:
    stances = zip(compared["other_stance"], compared["left_out"], strict=True)
    return [why if pd.isna(stance) else format_range(stance) for stance, why in stances]


def _parts(compared: pd.DataFrame, column: str) -> list[tuple[str, pd.DataFrame]]:
    parts = [(str(name), own) for name, own in compared.groupby(column, sort=True)]
    return [(ALL, compared), *parts] if len(compared) else []


def _agree(code: str, part: str, own: pd.DataFrame) -> tuple:
    kept = own[own[f"other_{code}"].notna()]
    pairs = list(zip(kept["unit"], kept[code], kept[f"other_{code}"], strict=True))
    share = sum(first == second for _, first, second in pairs) / len(pairs) if pairs else nan
    level = "ordinal" if code == "stance" else "nominal"
    codings = [(coder, unit, value) for unit, *both in pairs for coder, value in zip(("first", "second"), both, strict=True)]
    return code, part, level, len(pairs), len(own) - len(pairs), share, alpha(codings, level), explain_undefined(codings)
