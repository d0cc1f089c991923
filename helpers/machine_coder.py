"""What the rule-based finder hears in the phrases that people coded: whose words, and in which voice.

The finder reads the reading edition, as a learner does, so that nothing of an original is shown. It codes no stance.
"""

import unicodedata
from collections.abc import Iterable

import pandas as pd

from .anchors import find_quote
from .annotation import Annotation, annotations
from .annotator import annotate_article, as_text
from .articles import Article, index_passages, load_articles
from .mentions import Mention
from .parameters import check_choice

_KINDS = ("stance", "quotation")  # the kinds that have a voice
_VOICES = {"quote": "Q", "paraphrase": "P"}
_NOBODY = "J"  # no quotation, or one without a speaker: the reporter's own words
_COLUMNS = [
    "unit", "kind", "passage", "phrase", "speaker", "machine_speaker", "same_speaker", "voice", "machine_voice", "same_voice",
    "confidence",
]  # fmt: skip


def machine_coding(article: str | None = None) -> pd.DataFrame:
    """The reference coding of voices and speakers beside what the finder hears at the same place.

    Parameters
    ----------
    article : str, optional
        An article's id; all articles when left out.

    Returns
    -------
    pandas.DataFrame
        Columns ``unit, kind (stance or quotation), passage, phrase, speaker, machine_speaker, same_speaker, voice,
        machine_voice, same_voice, confidence``. ``speaker`` is the reference's, empty for a stance, and ``same_speaker``
        is then missing; ``machine_voice`` is J where the finder hears no quotation or nobody in it. ``confidence`` (0-1)
        is the finder's own, missing where it hears nothing.

    Raises
    ------
    ParameterError
        When there is no such article.

    Examples
    --------
    >>> table = machine_coding("stripes-2015")
    >>> table[table["unit"] == "S03"][["speaker", "machine_speaker", "voice", "machine_voice"]].to_numpy().tolist()
    [['unnamed NATO official', 'unnamed NATO official', 'Q', 'P']]
    """
    articles = {one.id: one for one in load_articles("reading")}
    wanted = articles if article is None else [check_choice("article", article, articles)]
    rows = [row for id in wanted for row in _rows(articles[id])]
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"same_speaker": "boolean"})


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for accents, capitals and initials in the middle.

    Examples
    --------
    >>> same_name("Ivo H. Daalder", "Ivo Daalder"), same_name("Thomas de Maiziere", "Thomas de Maizière"), same_name("Ada", "Bo")
    (True, True, False)
    """
    return _plain(one) == _plain(other)


def _plain(name: str) -> list[str]:
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    return [word for word in letters.split() if not (len(word) == 2 and word.endswith("."))]


def _rows(article: Article) -> Iterable[tuple]:
    placed, text = as_text(article)
    passages = index_passages([placed])
    heard = [mention for _, mention in annotate_article(placed, text) if mention.kind == "quotation"]
    for kind in _KINDS:
        for mark in annotations(article.id, kind):
            passage = passages[mark.passage]
            span = find_quote(passage.text, mark.quote)
            if span:
                start = passage.start or 0
                yield _row(mark, _at(heard, start + span[0], start + span[1]))


def _at(heard: list[Mention], start: int, end: int) -> Mention | None:
    """The quotation that covers most of a stretch, if any touches it."""
    shares = [(min(one.end, end) - max(one.start, start), one) for one in heard]
    share, found = max(shares, key=lambda pair: pair[0], default=(0, None))
    return found if share > 0 else None


def _row(mark: Annotation, found: Mention | None) -> tuple:
    details = found.details if found else {}
    speaker, heard = str(mark.codes.get("speaker", "")), str(details.get("speaker", ""))
    voice = _VOICES.get(str(details.get("voice", "")), _NOBODY)
    same = same_name(speaker, heard) if mark.kind == "quotation" else pd.NA
    return (
        mark.unit, mark.kind, mark.passage, mark.quote.exact, speaker, heard, same, mark.codes["voice"], voice,
        voice == mark.codes["voice"], details.get("confidence"),
    )  # fmt: skip
