"""Lesson 02 with each of its parameters: whom the reference is compared with, and where it begins."""

import pytest
from builders import outputs_text, refusal, run_lesson, stored_lesson

from helpers.codings import compare_coding, cross_codes, tabulate_agreement
from helpers.machine_coder import machine_coding

# Three coders: the second (stored), the machine and the learner.
slow = pytest.mark.slow


def test_with_the_defaults_alpha_stands_with_its_units_and_the_figures_are_those_of_the_tools():
    text = outputs_text(stored_lesson("02"))
    stances = tabulate_agreement(compare_coding("second")).query("code == 'stance' and part == 'all'").iloc[0]
    assert f"stance | all | ordinal | {stances['n']} | {stances['left_out']} | {stances['agreement']:.2f} | {stances['alpha']:.2f}" in text
    assert "by hand 0.588, by the tool 0.588" in text and "unverified" in text
    heard = machine_coding("stripes-2015").query("kind == 'quotation'")
    assert f"{len(heard)} quotations; speaker as in the reference: {heard['same_speaker'].sum()}" in text


@slow
def test_with_the_machine_there_are_voices_and_no_stance_is_made_up(tmp_path):
    text = outputs_text(run_lesson("02", tmp_path, coder="machine", article="wsws-2015"))
    assert "One person’s reference coding and the rule-based finder" in text and "stance | all" not in text
    assert "passages: article wsws-2015, voice Q" in text and "codes no stance" in text


@slow
def test_before_the_learner_has_coded_nothing_is_drawn_and_no_reference_of_the_twenty_is_lined_up(tmp_path):
    text = outputs_text(run_lesson("02", tmp_path, coder="you", article="nyt-2015"))
    assert "There is nothing to compare yet" in text and "Nothing is drawn yet: code some passages first." in text
    assert "0 of 20 passages coded." in text and "item | unit | actor | issue | reference" not in text


def test_a_wrong_coder_gets_one_line_with_the_allowed_ones():
    assert refusal("02", coder="third") == "coder: 'third' is not allowed; use one of second, you, machine"


def test_the_numbers_in_the_sentences_are_those_of_the_tools():
    prose = "\n".join(cell.source for cell in stored_lesson("02").cells if cell.cell_type == "markdown")
    heard = machine_coding().query("kind == 'quotation'")
    crossed = cross_codes(compare_coding("machine"), "voice").set_index("reference")
    both = tabulate_agreement(compare_coding("second")).query("part == 'all'").set_index("code")
    voices, stances = both.loc["voice"], both.loc["stance"]
    assert f"{(~heard['same_speaker']).sum()} of {len(heard)}." in prose
    assert f"Of {crossed.loc['Q'].sum()} quotes it calls {crossed.loc['Q', 'P']} a paraphrase" in prose
    assert f"somebody’s words in {crossed.loc['J', ['Q', 'P']].sum()} phrases" in prose
    assert f"Alpha is {tabulate_agreement(compare_coding('machine'))['alpha'][0]:.2f}" in prose
    assert f"voices reach {voices['alpha']:.2f} on {voices['n']} phrases and stances {stances['alpha']:.2f} on {stances['n']}" in prose
