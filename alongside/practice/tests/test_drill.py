"""A learner tells near-misses apart; what she misses comes back."""

import shutil
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import reverse

from alongside.core.rating import Move
from alongside.practice import acts, drills
from alongside.practice.drill_page import Side
from alongside.practice.kinds import DrillKind
from alongside.practice.models import Drill, DrillAnswer
from alongside.practice.permissions import give_staff_permissions
from alongside.practice.tests.conftest import CONTENT, drill_data, keep_drill
from alongside.records import clock
from alongside.review.importing import import_content
from alongside.review.shape import DataError


@pytest.fixture
def drill(db) -> Drill:
    return keep_drill("invite-or-probe-1")


def side(learner, drill, number=1, *, right: bool) -> Side:
    """Where the reply stands that leans in, or the other one."""
    return Side.FIRST if drills.leans_in_first(learner, drill, number) is right else Side.SECOND


def wait(monkeypatch, **time):
    moment = clock.now() + timedelta(**time)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_learner_chooses_and_sees_what_both_replies_did(as_, ruth, drill):
    page = as_(ruth).get("/practice/drills/invite-or-probe-1/").content.decode()
    assert "It opens room." not in page
    assert "It asks for more." not in page
    wrong = {"number": 1, "side": side(ruth, drill, right=False)}
    answer = as_(ruth).post("/practice/drills/invite-or-probe-1/", wrong, follow=True)
    page = answer.content.decode()
    for words in (
        "It opens room.",
        "It asks for more.",
        "You chose the one that pulls back",
        "your choice",
        "It comes",
    ):
        assert words in page


def test_who_sends_nothing_is_told_so_and_nothing_is_counted(as_, ruth, drill):
    answer = as_(ruth).post("/practice/drills/invite-or-probe-1/", {"number": 1, "side": "third"})
    assert answer.status_code == 422
    assert "Choose one of the two" in answer.content.decode()
    assert not DrillAnswer.objects.exists()


def test_a_double_click_counts_once(ruth, drill):
    first = acts.choose(ruth, drill, 1, side(ruth, drill, right=False))
    assert acts.choose(ruth, drill, 1, side(ruth, drill, right=True)) == first
    assert DrillAnswer.objects.count() == 1


def test_what_was_missed_comes_back_after_one_three_and_seven_days(ruth, drill, monkeypatch):
    acts.choose(ruth, drill, 1, side(ruth, drill, right=False))
    for number, days in enumerate((1, 3, 7), start=2):
        wait(monkeypatch, days=days, minutes=-1)
        assert drills.next_drill(ruth, "en") is None
        wait(monkeypatch, minutes=2)
        assert drills.next_drill(ruth, "en") == drill
        assert drills.show(ruth, drill).answer is None
        acts.choose(ruth, drill, number, side(ruth, drill, number, right=True))
    wait(monkeypatch, days=60)
    assert drills.next_drill(ruth, "en") is None


def test_what_has_come_back_goes_before_what_is_new(ruth, drill, monkeypatch):
    acts.choose(ruth, drill, 1, side(ruth, drill, right=False))
    other = keep_drill("choice-or-flat-1")
    assert drills.next_drill(ruth, "en") == other
    wait(monkeypatch, days=2)
    assert drills.next_drill(ruth, "en") == drill


def test_the_two_replies_do_not_always_stand_in_the_same_order(ruth, drill):
    assert len({drills.leans_in_first(ruth, drill, number) for number in range(1, 40)}) == 2


def test_a_choice_made_in_a_lesson_leads_back_to_it_and_never_elsewhere(as_, ruth, drill):
    choice = {"number": 1, "side": "first"}
    for back, expected in (
        ("/workshop/lessons/words/", "/workshop/lessons/words/"),
        ("https://elsewhere.example/", "/practice/drills/invite-or-probe-1/"),
        ("//elsewhere.example/", "/practice/drills/invite-or-probe-1/"),
    ):
        answer = as_(ruth).post("/practice/drills/invite-or-probe-1/", {**choice, "back": back})
        assert answer.url == f"{expected}#drill-invite-or-probe-1"


def test_another_learner_stands_where_she_stands_herself(ruth, noor, drill):
    acts.choose(ruth, drill, 1, side(ruth, drill, right=False))
    assert drills.show(noor, drill).answer is None
    assert drills.show(ruth, drill).answer is not None


def test_answers_are_taken_along_and_expire(ruth, drill, monkeypatch):
    acts.choose(ruth, drill, 1, side(ruth, drill, right=True))
    (kept,) = acts.export(ruth)["drills"]
    assert (kept["drill"], kept["chose_the_one_that_leans_in"]) == ("invite-or-probe-1", True)
    wait(monkeypatch, days=181)
    call_command("tick", verbosity=0)
    assert not DrillAnswer.objects.exists()


def test_more_drills_find_a_place_in_the_overview(as_, ruth, drill):
    acts.choose(ruth, drill, 1, side(ruth, drill, right=True))
    missed = keep_drill("invite-or-probe-2")
    acts.choose(ruth, missed, 1, side(ruth, missed, right=False))
    keep_drill("invite-or-probe-3")
    (pair,) = drills.by_pair(drills.standings(ruth, "en"))
    assert (pair.leans_in, pair.pulls_back, pair.known, pair.number) == (Move.INVITE, Move.PROBE, 1, 3)
    page = as_(ruth).get("/practice/drills/").text
    for words in ("1 drill is new to you", "They come back", "1 drill that you know", "1 of 3"):
        assert words in page


def in_a_lesson(learner, drill) -> BeautifulSoup:
    """The drill as another room's page shows it."""
    context = {"shown": drills.show(learner, drill), "back": "/workshop/lessons/words/"}
    return BeautifulSoup(render_to_string("practice/_drill.html", context), "html.parser")


def test_a_lesson_asks_and_then_explains_in_its_own_page(as_, ruth, drill):
    asking = in_a_lesson(ruth, drill)
    address = "/practice/drills/invite-or-probe-1/"
    assert asking.select("section#drill-invite-or-probe-1[aria-labelledby]")
    assert asking.select(f"form[method=post][action='{address}'] > fieldset > legend")
    assert len(asking.select("label > input[type=radio][name=side][required]")) == 2
    fields = {field["name"]: field["value"] for field in asking.select("input[type=hidden]")}
    answer = as_(ruth).post(address, {**fields, "side": "first"})
    assert answer.url == "/workshop/lessons/words/#drill-invite-or-probe-1"
    explaining = in_a_lesson(ruth, drill)
    assert explaining.form is None
    assert "It opens room." in explaining.get_text()
    assert "Not yet reviewed by survivors." in explaining.get_text()


def test_a_wrong_try_in_a_lesson_still_leads_back_to_it(as_, ruth, drill):
    answer = as_(ruth).post("/practice/drills/invite-or-probe-1/", {"number": 1, "back": "/workshop/lessons/words/"})
    assert answer.status_code == 422
    (back,) = BeautifulSoup(answer.text, "html.parser").select("input[name=back]")
    assert back["value"] == "/workshop/lessons/words/"


FILES = sorted(CONTENT.glob("en/drills/*.yaml"))


def test_the_drills_that_ship_are_many():
    assert len(FILES) >= 60


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_drill_that_ships_is_in_order_and_near(path):
    kind = DrillKind()
    data = kind.read(path.read_text("utf-8"), path.name)
    assert kind.read(kind.write(data), "written") == data
    assert data["source_id"] == path.stem
    lean, _or, pull = path.stem.rpartition("-")[0].split("-")
    assert (data["leans_in"]["move"], data["pulls_back"]["move"]) == (lean, pull)


def test_all_drills_that_ship_can_be_met(ruth, as_, tmp_path):
    shutil.copytree(CONTENT / "en/drills", tmp_path / "en/drills")
    import_content(tmp_path)
    assert Drill.objects.filter(live=True).count() == len(FILES)
    assert as_(ruth).get("/practice/drills/").status_code == 200
    assert as_(ruth).get("/practice/drills/next/").status_code == 302
    first = [standing.drill.pair for standing in drills.standings(ruth, "en")][:10]
    assert len(set(first)) == len(first), "other pairs come in between"


# --- In the editor ----------------------------------------------------------------------------------------------------


NAME = "wagtailsnippets_practice_drill"
FIELDS = {
    "title": "Nadia's week",
    "source_id": "invite-or-probe-1",
    "person": "Nadia",
    "disclosure": "long week",
    "leans_in_move": "invite",
    "leans_in_reply": "What has it been like?",
    "leans_in_why": "It opens room.",
    "pulls_back_move": "probe",
    "pulls_back_reply": "What did they say?",
    "pulls_back_why": "It asks for more.",
}


def test_staff_find_and_edit_drills_and_nobody_publishes_them(as_, marisol, cora, drill):
    give_staff_permissions()
    for person in (marisol, cora):
        assert as_(person).get(reverse(f"{NAME}:list")).status_code == 200
        page = as_(person).get(reverse(f"{NAME}:edit", args=[drill.pk]))
        assert "What exactly did they say to you?" in page.text
        assert 'name="action-publish"' not in page.text
    as_(cora).post(reverse(f"{NAME}:edit", args=[drill.pk]), FIELDS)
    drill.refresh_from_db()
    assert drill.get_latest_revision_as_object().leans_in_reply == "What has it been like?"
    assert drill.leans_in_reply == "What has the week been like for you?", "what is live stays"


def test_two_replies_that_are_the_same_are_no_drill(as_, cora, drill):
    give_staff_permissions()
    same = {**FIELDS, "pulls_back_reply": FIELDS["leans_in_reply"]}
    assert "The two replies are the same." in as_(cora).post(reverse(f"{NAME}:edit", args=[drill.pk]), same).text


@pytest.mark.parametrize(("field", "move"), [("leans_in_move", "probe"), ("pulls_back_move", "invite")])
def test_each_reply_has_a_move_of_its_family(drill, field, move):
    setattr(drill, field, move)
    with pytest.raises(ValidationError):
        drill.full_clean()
    with pytest.raises(DataError):
        drill_data("other", **{field.removesuffix("_move"): {"move": move, "reply": "So?", "why": "Because."}})


def test_the_preview_asks_and_explains(drill, rf):
    page = drill.make_preview_request(rf.get("/"), "").text
    assert "Which of the two leans in?" in page
    assert "It asks for more." in page


def test_nobody_else_finds_drills_in_the_editor(as_, ruth, drill):
    assert as_(ruth).get(reverse(f"{NAME}:edit", args=[drill.pk])).status_code == 404
