"""Answers come back from whatever learners sent: nobody's are lost, nobody's are mixed, no name is written."""

import json
import zipfile

import pytest
from builders import course

from course.collect import collect_answers
from helpers.class_answers import load_class
from helpers.errors import CourseError


def line(item: str, answer: object, minute: int = 0) -> str:
    return json.dumps({"item": item, "answer": answer, "at": f"2026-01-12T10:{minute:02d}:00+00:00"}) + "\n"


WEEK_1 = line("00-q1", "a") + line("00-q2", "b", 1)
WEEK_2 = WEEK_1 + line("00-q1", "c", 2)
OTHER = line("00-q1", "b", 3)
LONG = "".join(line(f"00-q{number}", "a", number) for number in range(1, 7))


@pytest.fixture
def inbox(tmp_path):
    """A function that puts files into a folder, or into a zip file where the place ends so, and gives the folder."""
    folder = tmp_path / "inbox"
    folder.mkdir()

    def put(files: dict[str, str | bytes]):
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            archive, found, inside = name.partition(".zip/")
            if found:
                with zipfile.ZipFile(folder / f"{archive}.zip", "a") as file:
                    file.writestr(inside, data)
            else:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)
        return folder

    return put


def written(out) -> dict[str, str]:
    return {path.stem: path.read_text() for path in sorted(out.iterdir())} if out.is_dir() else {}


def test_renamed_zipped_doubled_and_torn_files_of_one_learner_become_one_file(inbox, tmp_path):
    folder = inbox(
        {
            "k7-fox (1).jsonl": WEEK_1,
            "mail.zip/handed in/answers_k7-fox.jsonl.txt": WEEK_2.replace("\n", "\r\n"),
            "mail.zip/__MACOSX/handed in/._k7-fox.jsonl": b"\0\5\26\7",
            "late/Kopie von K7-FOX.jsonl.json": WEEK_2 + '{"item": "00-q3", "ans',
            "late/notes.docx": b"bring chalk",
            "late/code.txt": "k7-fox\n",
        }
    )
    found = collect_answers([folder], tmp_path / "out")
    assert written(tmp_path / "out") == {"K7-FOX": WEEK_2}
    assert found.troubles == [f"{folder}/late/Kopie von K7-FOX.jsonl.json: line 4 could not be read"]
    assert found.aside == [f"{folder}/late/notes.docx: holds no answers, left aside"]
    assert len(found.sources) == 3
    assert load_class(str(tmp_path / "out"))["answer"].tolist() == ["c", "b"]


def test_a_second_time_and_another_order_give_the_same_bytes(inbox, tmp_path):
    files = {"a.zip/k7-fox.jsonl": WEEK_1, "b.zip/k7-fox.jsonl": line("00-q3", "a", 1), "c/learner.jsonl": WEEK_2, "d/learner.jsonl": OTHER}
    folder = inbox(files)
    paths = [folder / name for name in ("a.zip", "b.zip", "c", "d/learner.jsonl")]
    first = collect_answers(paths, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    again = collect_answers([*reversed(paths), *paths], tmp_path / "out")
    collect_answers(paths[::-1], tmp_path / "other")
    for path in paths:
        collect_answers([path], tmp_path / "one by one")
    assert written(tmp_path / "out") == written(tmp_path / "other") == written(tmp_path / "one by one")
    assert (len(first.written), again.written, again.unchanged) == (3, [], first.written)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize("name", ["learner.jsonl", "answers.jsonl", "Ada Holt.jsonl", "learner (1).jsonl.txt"])
def test_files_that_name_nobody_are_never_one_person(inbox, tmp_path, name):
    # The second and the fourth could be one learner's, earlier and later; nobody knows.
    found = collect_answers([inbox({f"{n}.zip/{name}": text for n, text in enumerate([OTHER, WEEK_1, OTHER, WEEK_2])})], tmp_path / "out")
    files = written(tmp_path / "out")
    assert sorted(files.values()) == sorted([OTHER, WEEK_1, WEEK_2])
    assert all(code.startswith("unknown-") for code in files)
    assert all("ask whose it is" in str(source) for source in found.sources)
    assert "Ada" not in "".join(files) + "".join(files.values())


def test_answers_saved_before_a_code_was_chosen_go_to_the_learner_who_has_them_all(inbox, tmp_path):
    folder = inbox({"1/learner.jsonl": LONG, "2/k7-fox.jsonl": LONG + OTHER, "3/learner.jsonl": line("00-q1", "a", 1)})
    found = collect_answers([folder], tmp_path / "out")
    assert {source.where[len(str(folder)) :]: source.code for source in found.sources} == {
        "/1/learner.jsonl": "k7-fox",
        "/2/k7-fox.jsonl": "k7-fox",
        "/3/learner.jsonl": found.sources[2].code,
    }
    assert sorted(written(tmp_path / "out")) == ["k7-fox", found.sources[2].code]


def test_a_file_that_the_teacher_gave_a_code_is_not_made_anew_under_the_made_up_one(inbox, tmp_path):
    folder, out = inbox({"learner.jsonl": WEEK_1}), tmp_path / "out"
    (unknown,) = collect_answers([folder], out).written
    (out / f"{unknown}.jsonl").rename(out / "b2-owl.jsonl")
    again = collect_answers([folder], out)
    assert (again.written, again.sources[0].code) == ([], "b2-owl")
    assert written(out) == {"b2-owl": WEEK_1}


def test_a_code_that_is_a_persons_name_is_not_written_and_its_files_stay_together(inbox, tmp_path):
    collect_answers([inbox({"1/jane-doe.jsonl": WEEK_1, "2/Jane-Doe.jsonl": OTHER})], tmp_path / "out")
    ((code, content),) = written(tmp_path / "out").items()
    assert code.startswith("person-") and content == WEEK_1 + OTHER


@pytest.mark.parametrize("content", [b"my own notes\n", WEEK_1.encode() + b'{"item', 2 * WEEK_1.encode(), b""])
def test_what_else_lies_in_the_folder_is_never_written_over(inbox, tmp_path, content):
    folder, out = inbox({"k7-fox.jsonl": WEEK_2, "b2-owl.jsonl": OTHER}), tmp_path / "out"
    out.mkdir()
    (out / "k7-fox.jsonl").write_bytes(content)
    found = collect_answers([folder], out)
    assert (out / "k7-fox.jsonl").read_bytes() == content
    assert (out / "b2-owl.jsonl").read_text() == OTHER
    assert found.troubles == [f"{out}/k7-fox.jsonl: is there already and not from here, so k7-fox was not written; choose another --out"]


def test_nothing_that_a_stranger_sends_stops_the_class(inbox, tmp_path):
    folder = inbox(
        {
            "b2-owl.jsonl": OTHER,
            "c3-elk.jsonl": bytes(range(256)) * 40,
            "d4-cat.jsonl": "[" * 100_000,
            "e5-bee.jsonl": b"0" * 16_000_001,
            "f6-ant.zip": b"PK\x03\x04 broke off",
            "g7-ape.rar": b"Rar!",
            "slip.zip/../../../k7-fox.jsonl": WEEK_1,
            "x.jsonl/h8-hen.jsonl": OTHER,
        }
    )
    found = collect_answers([folder], tmp_path / "out")
    assert sorted(written(tmp_path / "out")) == ["b2-owl", "h8-hen", "k7-fox"]
    told = {trouble.removeprefix(f"{folder}/").partition(": ")[0] for trouble in found.troubles}
    assert told == {"c3-elk.jsonl", "d4-cat.jsonl", "e5-bee.jsonl", "f6-ant.zip", "g7-ape.rar"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inbox", "out"]


def test_a_link_that_a_learner_has_made_to_anothers_answers_is_told_and_not_followed(inbox, tmp_path):
    folder = inbox({"owl/b2-owl.jsonl": OTHER, "fox/k7-fox.jsonl": WEEK_1})
    links = [folder / "fox" / "a1-own.jsonl", folder / "fox" / "more", folder / "a-folder"]
    for link, target in zip(links, ["../owl/b2-owl.jsonl", "../owl", "owl"], strict=True):
        link.symlink_to(target)
    found = collect_answers([folder], tmp_path / "out")
    assert written(tmp_path / "out") == {"b2-owl": OTHER, "k7-fox": WEEK_1}
    assert sorted(note.partition(":")[0] for note in found.notes) == sorted(map(str, links))
    assert (found.troubles, found.notes[0]) == ([], f"{links[2]}: is a link, not followed; give what it leads to if that is meant")


def test_what_is_written_may_lie_in_what_is_read(inbox):
    folder = inbox({"learner.jsonl": WEEK_1})
    first = collect_answers([folder], folder / "out")
    assert collect_answers([folder], folder / "out").unchanged == first.written


def test_what_is_not_there_or_no_folder_is_refused_before_anything_is_written(inbox, tmp_path):
    folder = inbox({"k7-fox.jsonl": WEEK_1})
    with pytest.raises(CourseError, match="gone: is not there; give zip files"):
        collect_answers([folder, tmp_path / "gone"], tmp_path / "out")
    with pytest.raises(CourseError, match="is no folder; choose another name for --out"):
        collect_answers([folder], folder / "k7-fox.jsonl")
    assert not (tmp_path / "out").exists()


def test_a_full_disk_is_one_line_and_leaves_no_half_file(inbox, small_disk):
    folder = inbox({"k7-fox.jsonl": "".join(line("08-m1", {"text": "word " * 500, "evidence": []}, n) for n in range(40))})
    done = course("collect", str(folder), "--out", str(small_disk / "out"), cwd=folder)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert list((small_disk / "out").iterdir()) == []


def test_files_of_one_code_that_differ_are_told_and_merged_all_the_same(inbox, tmp_path):
    found = collect_answers([inbox({"a/k7-fox.jsonl": line("00-q1", "a", 1), "b/k7-fox.jsonl": OTHER})], tmp_path / "out")
    assert found.notes == ["k7-fox: 2 files that differ came under this code: two machines of one learner, or two learners?"]
    assert (found.troubles, len(written(tmp_path / "out")["k7-fox"].splitlines())) == ([], 2)


def test_a_number_that_canvas_may_have_added_is_told_and_not_guessed_away(inbox, tmp_path):
    folder = inbox({"holtada_12_34_k7-fox-1.jsonl": WEEK_2, "holtada_12_34_k7-fox.jsonl": WEEK_1, "k8-elk-1.jsonl": OTHER})
    found = collect_answers([folder], tmp_path / "out")
    assert sorted(found.written) == ["k7-fox", "k7-fox-1", "k8-elk-1"]
    told = {source.code: source.notes for source in found.sources if source.notes}
    assert told == {"k7-fox-1": ("Canvas numbers what is handed in again: rename it if the code is k7-fox",)}
