"""The static twin of an item, as text and as HTML: what a headless run, a packet and a reader without a kernel see.

What is kept from learners (an exam item's key and feedback) is in neither; the reference codes of a ``code`` item appear
once the learner has coded every field.
"""

from html import escape
from typing import Any

from .mark_views import marks_view, told_marks
from .marks import read_marks
from .questions import MARKED, Item, Option, fields_of, problems, sound_memo

_KINDS = {
    "exam": "marked by your teacher",
    "forecast": "a probability, not marked",
    "code": "to code, not marked",
    "mark": "phrases to choose and to code, no points",
    "memo": "to write",
}


def item_text(item: Item, answer: Any) -> str:
    """The item as plain text: prompt, options or fields, and what the learner answered."""
    if item.mode == "mark":
        return f"{item.id} [{describe(item)}] {item.prompt}\n{marks_view(item, answer).text}"
    parts = [f"  ({option.key}) {option.text}" for option in item.options]
    parts += [f"  {field.label}: {' / '.join(field.choices)}" for field in fields_of(item)]
    return "\n".join([f"{item.id} [{describe(item)}] {item.prompt}", *parts, tell_answer(item, answer)])


def item_html(item: Item, answer: Any) -> str:
    """The item as HTML that needs no kernel: every option's feedback opens on request."""
    if item.mode == "mark":
        return f'<section class="item">{item_head(item)}{marks_view(item, answer).html}</section>'
    parts = "".join(f"<li>({escape(option.key)}) {escape(option.text)}{_details(item, option)}</li>" for option in item.options)
    parts += "".join(f"<li>{escape(field.label)}: {escape(' / '.join(field.choices))}</li>" for field in fields_of(item))
    listed = f'<ul style="list-style:none">{parts}</ul>' if parts else ""
    told = "".join(f"<p>{escape(line)}</p>" for line in tell_answer(item, answer).split("\n") if line.strip())
    return f'<section class="item">{item_head(item)}{listed}{told}</section>'


def item_head(item: Item) -> str:
    """Id, status and prompt of an item as HTML."""
    return f"<p><strong>{escape(item.id)}</strong> ({escape(describe(item))})<br>{escape(item.prompt)}</p>"


def describe(item: Item) -> str:
    """Status, kind and minutes of an item in words."""
    kind = _KINDS.get(item.mode, "marked" if item.status in MARKED else "a poll, not marked")
    status = "" if item.mode in ("code", "mark", "memo") else f"{item.status}, "  # there, to sort by status may be the task
    return f"{status}{kind}, {item.minutes} min"


def feedback(option: Option) -> str:
    """What the learner reads after choosing the option."""
    verdict = "Right. " if option.correct else "Not right. " if option.misconception else ""  # a poll has neither
    return f"{verdict}{option.feedback}" + (f" (Misconception: {option.misconception}.)" if option.misconception else "")


def has_answer(item: Item, answer: Any) -> bool:
    """Whether something was answered that is an answer to this item, finished or not."""
    if item.mode == "code":
        return isinstance(answer, dict) and bool(answer)
    if item.mode == "memo":
        return sound_memo(answer) is not None
    if item.mode == "mark":
        return bool(read_marks(answer, item.kind, item.evidence).marks)
    if item.mode == "forecast":
        return not problems(item, answer)
    return isinstance(answer, str) and answer in {option.key for option in item.options}


def tell_answer(item: Item, answer: Any) -> str:
    """What the learner answered, with the feedback to it; a blank or foreign answer is "none yet"."""
    if not has_answer(item, answer):
        return "Your answer: none yet."
    tell = {"forecast": _tell_forecast, "code": _tell_codes, "mark": _tell_marks, "memo": _tell_memo}.get(item.mode, _tell_choice)
    return tell(item, answer)


def _tell_choice(item: Item, answer: str) -> str:
    option = item.option(answer)
    reply = "It is saved, and your teacher marks it." if item.mode == "exam" else feedback(option)
    return f"Your answer: ({answer}) {option.text}{'' if option.text.endswith(('.', '?')) else '.'} {reply}"


def _tell_forecast(item: Item, answer: float) -> str:
    return f"Your answer: {answer:.0%} that it is yes."


def _tell_codes(item: Item, answer: dict[str, Any]) -> str:
    fields, done = fields_of(item), not problems(item, answer)
    lines = [f"{field.label}: {answer.get(field.name, 'not coded')}" for field in fields]
    if done:
        told = [f"reference {field.reference}{f' ({field.why})' if field.why else ''}" for field in fields]
        lines = [f"{line}; {reference}" for line, reference in zip(lines, told, strict=True)]
    return "Your answer: " + "\n".join(lines)


def _tell_marks(item: Item, answer: Any) -> str:
    return told_marks(item, answer).text


def _tell_memo(item: Item, answer: Any) -> str:
    memo = sound_memo(answer) or {"text": "", "evidence": []}
    notes = "".join(f"\nTo mend: {problem}." for problem in problems(item, answer))
    return f"Your answer: {memo['text']}\nEvidence: {', '.join(memo['evidence']) or 'none'}.{notes}"


def _details(item: Item, option: Option) -> str:
    if item.mode == "exam":
        return ""
    return f"<details><summary>feedback</summary>{escape(feedback(option))}</details>"
