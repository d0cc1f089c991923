"""Every figure of the course, for tests of what all of them keep."""

from functools import partial

from helpers import debrief, figures
from helpers.answers import save_answer
from helpers.class_answers import describe_class, load_class
from helpers.codings import compare_coding, line_up, tabulate_agreement
from helpers.events import consultations, contributions, invocations, timeline
from helpers.explanations import weigh_explanations
from helpers.forecasts import expected_scores, forecast_log
from helpers.publication import load_published
from helpers.questions import load_item
from helpers.seat_packs import tabulate_seats
from helpers.stances import compare, positions
from helpers.timeline_view import explore_timeline
from helpers.versions import align_versions
from helpers.views import View

PHRASES = [f"02-c{number:02}" for number in range(1, 6)]
CLASS = {
    "agreement": (figures.draw_agreement, debrief.tabulate_class_agreement),
    "splits": (figures.draw_splits, debrief.tabulate_splits),
    "scores": (figures.draw_scores, debrief.score_learners),
    "misconceptions": (figures.draw_misconceptions, debrief.tabulate_misconceptions),
    "revisions": (figures.draw_revisions, lambda answers: debrief.tabulate_revisions(answers, "08-m1", "08-m2")),
}


def draw_class(name: str) -> View:
    draw, tabulate = CLASS[name]
    answers = load_class("synthetic")
    return draw(tabulate(answers), describe_class(answers, "synthetic"))


def draw_own_codings() -> View:
    for id in PHRASES:
        save_answer(load_item(id), {"stance": "-1", "voice": "P"})
    return figures.draw_codings(line_up(PHRASES, ["second", "you"]))


# Every figure of the course, each as a lesson has it or fuller.
DRAWN = {
    "timeline": lambda: figures.draw_timeline(timeline("2015-11-18", since="2015-11-13")),
    "timeline to step through": lambda: explore_timeline("2015-11-18", since="2015-11-13"),
    "reach": lambda: figures.draw_reach(load_published("2015-11-18"), timeline("2015-11-18", since="2015-11-13").head(10)),
    "members": lambda: figures.draw_members("NATO", "2015-11-13"),
    "consultations": lambda: figures.draw_consultations(consultations("2015-11-24"), invocations("NAT-5", "2015-11-24")),
    "contributions": lambda: figures.draw_contributions(contributions(), asked="2015-11-17", state="DEU"),
    "reporting": lambda: figures.draw_reporting(contributions(), "2015-11-17", ("EU", "NATO"), "FRA", state="DEU"),
    "matrix": lambda: figures.draw_matrix(positions()),
    "gaps": lambda: figures.draw_gaps(compare(["USA", "RUS", "FRA"])),
    "reliability": lambda: figures.draw_reliability(tabulate_agreement(compare_coding("second"))),
    "codings": draw_own_codings,
    "weights": lambda: figures.draw_weights(weigh_explanations("2015-11-19")),
    "forecasts": lambda: figures.draw_forecasts(forecast_log("2015-12-02", {"05-f1": 0.5, "05-f3": 0.1})),
    "expected scores": lambda: figures.draw_expected_scores(expected_scores(0.7), 0.7),
    "seats": lambda: figures.draw_seats(tabulate_seats()),
    "alignment": lambda: figures.draw_alignment(align_versions("nyt-2015")),
} | {name: partial(draw_class, name) for name in CLASS}
