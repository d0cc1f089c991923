"""The learner's code in the name of a file that was renamed on its way: by a browser, a mail program, a learning platform.

Only what such programs are known to do is undone. A name that tells no code for certain tells none, since a wrong guess
gives one learner's answers to another, and a part of somebody's name is no code.
"""

import re
import unicodedata

from helpers.answers import LEARNER_CODE

from .codes import reads_like_a_name
from .handed_in import NOBODY

_LONGEST = 255  # characters of a file's name
_ENDING = re.compile(r"\.(?:jsonl?\.\d{1,3}|jsonl?|ndjson|txt|text|log|dat|bin|download|html?)_?$", re.IGNORECASE)
_COPY_WORDS = r"(?:cop(?:y|ie|ia)|kopie|kopia|kopi|kópia|kopya|cópia|копия)"
_AFTER = re.compile(
    rf"(?:\s*\(\d+\)|\s*\[\d+\]|[\s_–—-]+{_COPY_WORDS}|~|\s+\d{{1,2}}|_+\d{{1,2}}_?)$",
    re.IGNORECASE,
)
_CANVAS = r"[a-z]+_(?:late_)?\d+_\d+_"  # who, and two numbers
_BEFORE = re.compile(
    rf"^(?:(?:{_COPY_WORDS}(?:\s*\(\d+\))?|kopi)\s+(?:of|von|de|di|da|af|av|van)\s+|(?:answers?|antworten|réponses|reponses|respuestas|risposte)[_\s]+"
    rf"|.*_assignsubmission_(?:file_)?|{_CANVAS})",
    re.IGNORECASE,
)
_CANVAS_AGAIN = re.compile(rf"{_CANVAS}.*-\d{{1,2}}\.", re.IGNORECASE)
_WORDS = {
    *("answer", "answers", "antwort", "antworten", "code", "copy", "data", "download", "exercise", "exercises", "export", "file"),
    *("final", "homework", "kopie", "my-answers", "new", "results", "submission", "synthetic", "test", "unknown", "untitled"),
    NOBODY,
}


def recover_code(name: str) -> str:
    """The learner code in a file's name; empty when the name tells none.

    ``learner`` is no code: it is what answers are saved under until somebody chooses one.

    Examples
    --------
    >>> [recover_code(name) for name in ("k7-fox (1).jsonl", "answers_k7-fox.jsonl.txt", "Kopie von k7-fox.jsonl.json")]
    ['k7-fox', 'k7-fox', 'k7-fox']
    >>> [recover_code(name) for name in ("answers.jsonl", "learner (2).jsonl", "Ada Holt.jsonl", "final_v2.jsonl")]
    ['', '', '', '']
    """
    if len(name) > _LONGEST:
        return ""
    stem = _strip(unicodedata.normalize("NFC", name).strip(), _ENDING)
    for _ in range(9):  # a copy of a copy
        before = stem
        stem = _strip(_BEFORE.sub("", stem), _ENDING)
        stem = stem if LEARNER_CODE.fullmatch(stem) else _AFTER.sub("", stem).strip()
        if stem == before:
            break
    known = LEARNER_CODE.fullmatch(stem) and stem.casefold() not in _WORDS
    return stem if known else ""


def first_code(name: str) -> str:
    """The code that a file may have had before Canvas numbered it as handed in again; empty when it did not.

    Examples
    --------
    >>> first_code("holtada_123_4567_k7-fox-1.jsonl"), first_code("k7-fox-1.jsonl")
    ('k7-fox', '')
    """
    code = recover_code(name) if _CANVAS_AGAIN.match(name) else ""
    return code.rpartition("-")[0]


def is_personal(code: str) -> bool:
    """Whether a code reads like somebody's name, which must not stand in what is written.

    Examples
    --------
    >>> is_personal("jane-doe"), is_personal("k7-fox")
    (True, False)
    """
    return reads_like_a_name(code)


def _strip(name: str, pattern: re.Pattern[str]) -> str:
    while (shorter := pattern.sub("", name)) != name and shorter:
        name = shorter
    return name
