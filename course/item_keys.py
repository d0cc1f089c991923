"""What a teacher knows of an item: key, feedback, misconceptions, reference codes, outcome and sample memo, as HTML."""

from html import escape

from helpers.item_views import describe
from helpers.items import Item, Option, Outcome
from helpers.mark_views import tabulate_marks
from helpers.marks import from_annotation, mark_fields, reference_marks
from helpers.questions import fields_of
from helpers.rubrics import load_rubrics
from helpers.views import paragraph, table_html

_WITHHELD = "The key is not in this copy of the course."


def key_html(item: Item) -> str:
    """The key of an item in a box of its own.

    Examples
    --------
    >>> from helpers.questions import load_item
    >>> key_html(load_item("00-q1")).startswith('<section class="key" aria-label="Key of 00-q1"><p><strong>Key of 00-q1: (')
    True
    """
    tell = {"forecast": _forecast, "code": _codes, "mark": _marks, "memo": _memo}.get(item.mode, _choice)
    about = f"Objective {item.objective}." + (f" Evidence: {', '.join(item.evidence)}." if item.evidence else "")
    name = f"Key of {escape(item.id)}"
    return f'<section class="key" aria-label="{name}"><p><strong>{name}{tell(item)}{paragraph(about)}</section>'


def item_and_key_html(item: Item) -> str:
    """An item that stands nowhere in a notebook, with its prompt, options and key.

    Examples
    --------
    >>> from helpers.questions import load_item
    >>> item_and_key_html(load_item("00-x1")).count("<li>(") >= 4
    True
    """
    options = "".join(paragraph(f"({option.key}) {option.text}", "li") for option in item.options)
    listed = f"<ul>{options}</ul>" if options else ""
    head = f"<p><strong>{escape(item.id)}</strong> ({escape(describe(item))})<br>{escape(item.prompt)}</p>"
    return f'<section class="item" aria-label="{escape(item.id)}">{head}{listed}</section>{key_html(item)}'


def _choice(item: Item) -> str:
    right = [option.key for option in item.options if option.correct]
    if item.mode == "exam" and not right:
        return f"</strong> {_WITHHELD}</p>"
    told = f": ({right[0]})" if right else ": none, every option can be defended"
    return f"{escape(told)}</strong></p><ul>{''.join(map(_feedback, item.options))}</ul>"


def _feedback(option: Option) -> str:
    misconception = f" Misconception: {option.misconception}." if option.misconception else ""
    return paragraph(f"({option.key}) {'Right. ' if option.correct else ''}{option.feedback}{misconception}", "li")


def _forecast(item: Item) -> str:
    cases = "".join(paragraph(f"{option.text}: {option.feedback}", "li") for option in item.options)
    return f"{_outcome(item.outcome)}<ul>{cases}</ul>"


def _outcome(outcome: Outcome | None) -> str:
    if outcome is None:
        return ": no outcome is known</strong></p>"
    came = f": it {'came' if outcome.happened else 'did not come'} about, known since {outcome.known}"
    return f"{escape(came)}</strong></p>{paragraph(f'{outcome.what} Source: {outcome.source} ({outcome.confidence}).')}"


def _codes(item: Item) -> str:
    rows = (f"{field.label.removesuffix('?')}: {field.reference}. {field.why}".strip() for field in fields_of(item))
    return f": the reference coding, not marked</strong></p><ul>{''.join(paragraph(row, 'li') for row in rows)}</ul>"


def _marks(item: Item) -> str:
    marks = [from_annotation(one) for one in reference_marks(item.kind, item.evidence)]
    table = tabulate_marks(marks, mark_fields(item.kind)).rename(columns={"mark": "id"})
    return f": the reference coding, no points</strong></p>{table_html(table, blank='–')}"


def _memo(item: Item) -> str:
    least, most = item.words
    rubric = load_rubrics().get(item.rubric)
    form = f"{least} to {most} words, {item.cites} ids as evidence at least."
    criteria = "".join(paragraph(f"{one.label}: {one.proficient}", "li") for one in rubric.criteria) if rubric else ""
    if not item.sample:
        return f": a memo</strong></p>{paragraph(f'{form} {_WITHHELD}')}"
    sample = f'<p>One that would pass:</p><p class="memo">{escape(item.sample["text"])}</p>'
    cited = paragraph(f"It cites {', '.join(item.sample['evidence'])}.")
    return f": a memo</strong></p>{paragraph(form)}{f'<ul>{criteria}</ul>' if criteria else ''}{sample}{cited}"
