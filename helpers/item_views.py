"""The static twin of an item, as text and as HTML: what a headless run, a packet and a reader without a kernel see.

What is kept from learners (an exam item's key and feedback) is in neither; the reference codes of a ``code`` item appear
once the learner has coded every field.
"""

from html import escape
from typing import Any

from .questions import MARKED, Item, Option, fields_of, problems

_KINDS = {"exam": "marked by your teacher", "forecast": "a probability, not marked", "code": "to code, not marked", "memo": "to write"}


def item_text(item: Item, answer: Any) -> str:
    """The item as plain text: prompt, options or fields, and what the learner answered."""
    parts = [f"  ({option.key}) {option.text}" for option in item.options]
    parts += [f"  {field.label}: {' / '.join(field.choices)}" for field in fields_of(item)]
    return "\n".join([f"{item.id} [{describe(item)}] {item.prompt}", *parts, tell_answer(item, answer)])


def item_html(item: Item, answer: Any) -> str:
    """The item as HTML that needs no kernel: every option's feedback opens on request."""
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
    return f"{item.status}, {kind}, {item.minutes} min"


def feedback(option: Option) -> str:
    """What the learner reads after choosing the option."""
    verdict = "Right. " if option.correct else ""
    return f"{verdict}{option.feedback}" + (f" (Misconception: {option.misconception}.)" if option.misconception else "")


def tell_answer(item: Item, answer: Any) -> str:
    """What the learner answered, with the feedback to it; a blank or foreign answer is "none yet"."""
    blank = "Your answer: none yet."
    known = {option.key: option for option in item.options}
    if item.mode == "forecast":
        return blank if problems(item, answer) else f"Your answer: {answer:.0%} that it is yes."
    if item.mode in ("code", "memo"):
        if not isinstance(answer, dict) or not answer:
            return blank
        return _tell_codes(item, answer) if item.mode == "code" else _tell_memo(item, answer)
    if not isinstance(answer, str) or answer not in known:
        return blank
    reply = "It is saved, and your teacher marks it." if item.mode == "exam" else feedback(known[answer])
    return f"Your answer: ({answer}) {known[answer].text} {reply}"


def _tell_codes(item: Item, answer: dict[str, Any]) -> str:
    fields, done = fields_of(item), not problems(item, answer)
    lines = [f"{field.label}: {answer.get(field.name, 'not coded')}" for field in fields]
    if done:
        told = [f"reference {field.reference}{f' ({field.why})' if field.why else ''}" for field in fields]
        lines = [f"{line}; {reference}" for line, reference in zip(lines, told, strict=True)]
    return "Your answer: " + "\n".join(lines)


def _tell_memo(item: Item, answer: dict[str, Any]) -> str:
    cited = ", ".join(map(str, answer.get("evidence", []))) or "none"
    notes = "".join(f"\nTo mend: {problem}." for problem in problems(item, answer))
    return f"Your answer: {answer.get('text', '')}\nEvidence: {cited}.{notes}"


def _details(item: Item, option: Option) -> str:
    if item.mode == "exam":
        return ""
    return f"<details><summary>feedback</summary>{escape(feedback(option))}</details>"
