"""The index says who did what, how it ended, and where it is."""

import re
from dataclasses import replace

from stored_run import FAILURE, write_run

from course.class_index import index_html
from course.results import RunResult, read_results


def rows(html, heading):
    body = html[html.index(f"<h2>{heading}</h2>") :]
    body = body[: body.index("</table>")]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall("<tr>(.*?)</tr>", body)][1:]


def test_failures_come_first_with_cell_and_error_and_link_to_the_place_in_the_packet(tmp_path):
    folder = write_run(tmp_path, n03=FAILURE)
    (tmp_path / "class" / "packet.html").touch()
    html = index_html(folder, read_results(folder))
    assert "1 group, 1 of 2 runs done." in html
    place = '<a href="class/packet.html#03_nato_articles_4_5">open</a>'
    assert rows(html, "Failed runs") == [["class", "03 NATO’s Articles 4, 5 and 6", "cell 7: ValueError: &lt;b&gt;no&lt;/b&gt;", place]]
    assert html.index("Failed runs") < html.index("Groups") < html.index("All runs")
    assert "<script" not in html


def test_without_failures_there_is_no_table_of_them(tmp_path):
    folder = write_run(tmp_path)
    html = index_html(folder, read_results(folder))
    assert "None failed." in html
    assert "<h2>Failed runs</h2>" not in html


def test_a_group_is_called_as_in_the_roster_escaped_and_linked_by_its_folder(tmp_path):
    folder = write_run(tmp_path, groups=('<b>"Ankara"</b>/..',))
    (tmp_path / "group-0" / "packet.html").touch()
    html = index_html(folder, read_results(folder))
    assert "&lt;b&gt;&quot;Ankara&quot;&lt;/b&gt;/.." in html
    assert 'href="group-0/packet.html#00_start"' in html


def test_every_run_has_its_parameters_state_time_and_links(tmp_path):
    folder = write_run(tmp_path, n03={"parameters": {"ally": "TUR", "waves": [1, 2]}, "seconds": 250.0})
    (tmp_path / "class" / "packet.html").touch()
    last = rows(index_html(folder, read_results(folder)), "All runs")[-1]
    assert last[2:5] == ["ally=TUR, waves=1,2", "done", "4 min"]
    assert last[5].endswith('<a href="class/03_nato_articles_4_5.ipynb">notebook</a>')


def test_only_what_is_there_is_linked(tmp_path):
    folder = write_run(tmp_path)
    (tmp_path / "class" / "00_start.ipynb").unlink()
    (tmp_path / "class" / "teacher.html").touch()
    html = index_html(folder, read_results(folder))
    assert "packet.html" not in html
    assert rows(html, "All runs")[0][5] == "no packet, no notebook"
    assert rows(html, "Groups") == [["class", "done", "done", "2.0 s", '<a href="class/teacher.html">teacher’s view</a>']]


def test_a_group_that_lacks_a_lesson_has_a_dash_there(tmp_path):
    one = RunResult("00_start", "Start", "a", "done", 1.0, "a/00_start.ipynb", "a")
    two = replace(one, lesson="03_x", title="X", group="b", folder="b", notebook="b/03_x.ipynb")
    assert [row[1:3] for row in rows(index_html(tmp_path, [one, two]), "Groups")] == [["done", "–"], ["–", "done"]]


def test_ten_thousand_runs_make_a_page_of_a_few_megabytes(tmp_path):
    results = [
        RunResult(f"{lesson:02}_x", "X", f"learner {number}", "done", 1.0, f"l{number}/{lesson:02}_x.ipynb", f"l{number}")
        for number in range(2_000)
        for lesson in range(5)
    ]
    html = index_html(tmp_path, results)
    assert html.count("<tr>") == 10_000 + 2_000 + 2
    assert len(html) < 4_000_000
