"""The verbs about texts and data, as a user at a shell meets them."""

import json
import os
import shutil
from pathlib import Path

import pytest
from builders import course

from helpers.paths import seeds_folder

ROOT = Path(__file__).parent.parent
SECOND = Path(__file__).parent / "cases" / "gull-bank"


def test_the_articles_come_as_the_documented_json(tmp_path):
    articles = {article["id"]: article for article in json.loads(course("articles", "--edition", "reading", "--json", cwd=tmp_path).stdout)}
    assert list(articles) == ["stripes-2015", "atlantic-2015", "nyt-2015", "wsws-2015"]
    assert articles["stripes-2015"]["published"] == {"date": "2015-11-16", "basis": "caption"}
    assert articles["stripes-2015"]["title"] is None
    assert [version["version"] for version in articles["stripes-2015"]["versions"]] == [None]
    assert [version["version"] for version in articles["nyt-2015"]["versions"]] == ["v1", "v2"]
    passage = articles["nyt-2015"]["versions"][0]["passages"][-1]
    assert (passage["id"], passage["start"], passage["basis"], passage["confidence"]) == ("nyt-2015:v1-p28", None, "inferred", 0.8)


def test_the_coded_rows_become_the_annotations_that_ship(tmp_path):
    rows = ROOT.parent / "shared" / "facts" / "evidence.json"
    if not rows.is_file():
        pytest.skip("the coded rows lie in ../shared/facts, which is not here")
    done = course("case", "code", str(rows), "--out", "annotations", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "76 of 76 rows anchored\n")
    for built in (tmp_path / "annotations").iterdir():
        shipped = map(json.loads, (seeds_folder() / "annotations" / built.name).read_text().splitlines())
        stances = [line for line in shipped if line["body"]["kind"] == "stance"]
        for ours, theirs in zip(stances, map(json.loads, built.read_text().splitlines()), strict=True):
            # Notes are worded for learners by hand.
            ours["body"].pop("note", None)
            theirs["body"].pop("note", None)
            assert ours == theirs


def test_annotations_that_stand_in_a_file_are_never_written_over_by_fewer(case, tmp_path):
    path = case / "annotations" / "wsws-2015.jsonl"
    before = path.read_bytes()
    assert course("case", "export", "stances.csv", "--kind", "stance", "--coder", "reference", cwd=tmp_path).returncode == 0
    done = course("case", "import", "stances.csv", "--out", "case/annotations", cwd=tmp_path)
    assert done.returncode == 2
    assert "annotations would be lost" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert path.read_bytes() == before


def test_rows_that_do_not_anchor_are_named(tmp_path):
    row = {"id": "X1", "version": "", "phrase": "never written", "actor": "FRA", "issue": "ART5", "stance": 0, "voice": "J", "note": ""}
    (tmp_path / "rows.json").write_text(json.dumps([row]))
    done = course("case", "code", "rows.json", "--out", "x", cwd=tmp_path)
    assert done.returncode == 1
    assert "X1 does not anchor: “never written” stands for certain in 0 passages, not in one" in done.stderr


def test_a_case_with_a_lost_phrase_is_exit_code_1(tmp_path):
    folder = shutil.copytree(seeds_folder(), tmp_path / "case", ignore=shutil.ignore_patterns("originals"))
    assert course("--seeds", "case", "case", "check", cwd=tmp_path).returncode == 0
    path = folder / "reading" / "wsws-2015.md"
    path.write_text(path.read_text().replace("treat it as an ally", "see in it an ally"))
    done = course("case", "check", cwd=tmp_path, ALLIANCE_SEEDS=str(folder))
    assert done.returncode == 1
    assert "wsws-2015.jsonl:8: E34: in the reading edition" in done.stderr


def test_any_file_is_loaded_and_a_bad_one_is_told_without_losing_the_others(tmp_path):
    (tmp_path / "calm.txt").write_text("Norway asks\n\nNorway asked for talks on Monday.\n\nNobody answered.\n", encoding="utf-8")
    (tmp_path / "blank.txt").write_text(" \n")
    done = course("articles", "blank.txt", "calm.txt", "--json", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "course: blank.txt: the file holds no text; give the file of an article\n"
    [article] = json.loads(done.stdout)
    assert (article["id"], article["edition"], len(article["versions"])) == ("calm", "file", 1)


def test_an_article_is_annotated_by_its_id_and_a_file_by_its_path(tmp_path):
    page = json.loads(course("annotate", "stripes-2015", "--edition", "reading", "--json", cwd=tmp_path).stdout)
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    provisions = [item["body"]["value"] for item in page["items"] if item["body"]["kind"] == "provision"]
    assert set(provisions) == {"NAT-5"}
    (tmp_path / "calm.txt").write_text("Norway invoked Article 4 of the North Atlantic Treaty.\n")
    done = course("annotate", "calm.txt", cwd=tmp_path)
    assert [line.split()[1:] for line in done.stdout.splitlines()][:2] == [
        ["actor", "NOR", "Norway"],
        ["provision", "NAT-4", "Article", "4"],
    ]


def test_several_articles_are_annotated_one_a_line(tmp_path):
    done = course("annotate", "stripes-2015", "nowhere.txt", "wsws-2015", "--edition", "reading", "--json", cwd=tmp_path)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["urn:annotations:stripes-2015", "urn:annotations:wsws-2015"]
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_the_annotations_go_out_and_come_back_the_same(tmp_path):
    for name in ("codes.csv", "codes.jsonld", "codes.json"):
        done = course("case", "export", name, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        done = course("case", "import", name, "--out", f"from-{name}", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        for path in (seeds_folder() / "annotations").rglob("*.jsonl"):
            back = tmp_path / f"from-{name}" / path.relative_to(seeds_folder() / "annotations")
            assert back.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_a_file_from_elsewhere_that_holds_no_annotations_writes_nothing(tmp_path):
    (tmp_path / "codes.csv").write_text("a,b\n1,2\n")
    done = course("case", "import", "codes.csv", "--out", "x", cwd=tmp_path)
    assert done.returncode == 2
    assert "column 'id' is missing" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "x").exists()


def test_a_new_case_is_made_once_and_its_check_says_what_to_do_first(tmp_path):
    assert course("case", "new", "mine", cwd=tmp_path).returncode == 0
    done = course("case", "check", "mine", cwd=tmp_path)
    assert done.returncode == 1
    assert "catalogue.toml" in done.stderr.splitlines()[0]
    again = course("case", "new", "mine", cwd=tmp_path)
    assert again.returncode == 2
    assert len(again.stderr.splitlines()) == 1


def test_the_second_case_is_checked_listed_and_annotated_by_the_same_commands(tmp_path):
    assert course("case", "check", str(SECOND), cwd=tmp_path).stdout == "0 findings\n"
    listed = json.loads(course("--seeds", str(SECOND), "articles", "--json", cwd=tmp_path).stdout)
    assert [article["edition"] for article in listed] == ["original"] * 3
    pages = course("--seeds", str(SECOND), "annotate", *(article["id"] for article in listed), "--json", cwd=tmp_path).stdout
    states = {
        item["body"]["value"] for page in map(json.loads, pages.splitlines()) for item in page["items"] if item["body"]["kind"] == "actor"
    }
    assert states
    assert all(value.startswith("X") for value in states)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_does_not_stop_the_others(tmp_path):
    (tmp_path / "closed.txt").write_text("The bridge is shut.")
    (tmp_path / "closed.txt").chmod(0)
    (tmp_path / "open.txt").write_text("The bridge is open.")
    done = course("articles", "closed.txt", "open.txt", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "open" in done.stdout and "Permission denied" in done.stderr
