"""Every rule on what a lesson says is broken on purpose in a lesson of a copied case, and seen to fail."""

import pytest
from builders import LESSON


def saying(text: str):
    """An edit that puts a paragraph into cell 10 of the lesson."""

    def edit(notebook):
        notebook.cells[9].source += f"\n\n{text}"

    return edit


TRUE = [
    "It was called an “act of war” (stripes-2015:p06).",
    "It was called an “Act of war.” by E03 and stripes-2015:p06.",
    "NATO “does not appear poised … action” (stripes-2015:p04).",
    "A finding reads “not reported” beside stripes-2015:p04.",
    "The words “no such thing” stand beside no id.",
    "The clause says “such action as it deems necessary” (NAT-5; stripes-2015:p06).",
    "* Here stands “something else”.\n* And here an id, stripes-2015:p06.",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_quotation_that_stands_in_its_passage_or_clause_is_let_pass(change_lesson, text):
    assert change_lesson(saying(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "It was called an “act of peace” (stripes-2015:p06).",
        "It was called an “act of war” (stripes-2015:p07).",
        "It was called an “act of war” (E03).",
        "* It was called an “act of peace”, stripes-2015:p06.",
        "| “act of peace” | stripes-2015:p06 |",
        "The clause says “such action as it deems necessary” (stripes-2015:p06).",
    ],
)
def test_a_quotation_that_does_not_stand_in_its_passage_is_found_with_its_cell(change_lesson, text):
    (found,) = change_lesson(saying(text))
    assert found.startswith(f"F {LESSON}, cell 10: “")
    assert "(reading edition); quote word for word, or mark words that are no quotation like ‘this’" in found


def test_a_quotation_is_looked_for_in_the_original_too(original, change_lesson, case):
    (case / "originals").mkdir()
    for path in original.values():
        (case / "originals" / path.name).write_bytes(path.read_bytes())
    # Only our retelling has these words.
    reading = (case / "reading" / "stripes-2015.md").read_text(encoding="utf-8")
    assert "may call NATO’s highest decision-making body" in reading
    (found,) = change_lesson(saying("France “may call NATO’s highest decision-making body” (stripes-2015:p06)."))
    assert "(original edition)" in found
    assert change_lesson(lambda notebook: setattr(notebook.cells[9], "source", "An “act of war” (stripes-2015:p06).")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("C01 asks how many died.", "a contested claim cites no article"),
        ("C01 asks how many died (stripes-2015:p03).", "a contested claim cites one article (stripes-2015)"),
        ("Whether it binds is contested (E03, stripes-2015:p11).", "a contested claim cites one article (stripes-2015)"),
    ],
)
def test_a_contested_claim_that_rests_on_one_article_is_found(change_lesson, text, message):
    (found,) = change_lesson(saying(text))
    assert found.startswith(f"F {LESSON}, cell 10: {message}")


@pytest.mark.parametrize(
    "text",
    [
        "C01 asks how many died (stripes-2015:p03; atlantic-2015:p02).",
        "C03 is told by one article alone (atlantic-2015:p06): single-source.",
        "Whether it binds is contested (E03, E16).",
        "A finding may be “contested”, which is a word of the scale.",
    ],
)
def test_a_contested_claim_with_two_articles_or_its_label_is_let_pass(change_lesson, text):
    assert change_lesson(saying(text)) == []


def test_a_term_that_the_glossary_lacks_is_found(change_lesson):
    def edit(notebook):
        notebook.cells[-1].source = notebook.cells[-1].source.replace("*reading edition*", "*reeding edition*")

    (found,) = change_lesson(edit)
    assert found == f"F {LESSON}, cell 36: term “reeding edition” is not in the glossary; add it to seeds/glossary.toml"


def test_a_term_that_is_never_linked_is_found(change_lesson):
    def edit(notebook):
        for cell in notebook.cells:
            cell.source = cell.source.replace("[reading edition](glossary.ipynb#cell-id=reading-edition)", "text")

    (found,) = change_lesson(edit)
    assert "“reading edition” is listed under Terms met and never linked" in found


def test_a_term_that_is_used_before_it_is_linked_is_found_where_it_is_used(change_lesson):
    (found,) = change_lesson(saying("The reading edition comes first."))
    assert found.startswith(
        f"F {LESSON}, cell 10: “reading edition” is used here and not linked; write [reading edition](glossary.ipynb#cell-id"
    )
    assert change_lesson(lambda notebook: setattr(notebook.cells[9], "source", "A call `reading edition` is code.")) == []


def test_a_link_to_a_term_that_is_not_there_is_found(change_lesson):
    (found,) = change_lesson(saying("See [discord](glossary.ipynb#cell-id=discord)."))
    assert found.startswith(f"F {LESSON}, cell 10: the link “discord” leads to glossary.ipynb#discord, which does not exist; correct it")


def test_a_link_in_the_form_that_jupyterlab_does_not_jump_to_is_found(change_lesson):
    (found,) = change_lesson(saying("See [consensus](glossary.ipynb#consensus)."))
    assert found == f"F {LESSON}, cell 10: a link to the glossary lacks 'cell-id='; run 'course refresh'"


@pytest.mark.parametrize("text", ["### An “act of peace” (stripes-2015:p06)", "### Heading\nAn “act of peace” (stripes-2015:p06)."])
def test_a_quotation_in_a_heading_or_right_below_one_is_held_against_its_passage(change_lesson, text):
    assert any("“act of peace” is not in stripes-2015:p06" in line for line in change_lesson(saying(text)))
