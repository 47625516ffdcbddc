"""A survivor leader at the desk reviews: what was handed in, what ships unreviewed, what stands approved."""

import pytest
from django.urls import reverse

from alongside.practice.models import Drill
from alongside.records.models import Entry
from alongside.review.approving import approve_live, is_approved
from alongside.review.tests.conftest import (  # noqa: F401 - fixtures
    DRILL,
    Editor,
    drill,
    drill_editor,
    editor,
    front,
    imani,
)

pytestmark = pytest.mark.usefixtures("db")
READING = ("en", "drills", DRILL)


def address(name: str = "reading", place: tuple[str, ...] = READING) -> str:
    return reverse(f"desk:{name}", args=place)


def read(client, place: tuple[str, ...] = READING) -> dict[str, str]:
    """Open the page, and give what its form sends."""
    context = client.get(address(place=place)).context
    return {"read": context["content_hash"]}


def test_she_sees_what_was_handed_in_with_its_ways_and_others_see_to_her_own(editor, as_, cora, marisol):  # noqa: F811
    editor.hand_in(cora, "Another title")
    page = as_(marisol).get(reverse("desk:review")).text
    for words in ("Another title", "By Cora; waits since", editor.address("edit"), "Compare with what is live"):
        assert words in page
    for link in ("As a learner sees it", "Compare with what is live"):
        href = page.split(f">{link}")[0].rsplit('href="', 1)[1].split('"')[0]
        assert as_(marisol).get(href).status_code == 200


def test_her_own_work_is_anothers_to_read(editor, as_, marisol, imani):  # noqa: F811
    editor.hand_in(marisol, "Another title")
    own, others = (as_(who).get(reverse("desk:review")).text for who in (marisol, imani))
    assert ("another survivor leader must read it" in own, "Read and decide" in own) == (True, False)
    assert ("another survivor leader must read it" in others, "Read and decide" in others) == (False, True)


def test_she_reads_the_whole_text_and_approves_exactly_that(drill, as_, marisol):  # noqa: F811
    client = as_(marisol)
    assert address() in client.get(reverse("desk:review")).text
    page = client.get(address()).text
    for words in (drill.leans_in_reply, drill.pulls_back_why, drill.disclosure.splitlines()[0], "not yet reviewed"):
        assert words.replace("'", "&#x27;") in page
    assert client.get(client.get(address()).context["preview_url"]).status_code == 200
    answer = client.post(address(), read(client), follow=True)
    assert "is approved" in answer.text
    assert is_approved(Drill.objects.get())
    assert "Marisol approved this on" in client.get(address()).text
    assert "By Marisol, on" in client.get(reverse("desk:review")).text


def test_the_front_page_is_read_and_approved_too(front, as_, marisol):  # noqa: F811
    client, place = as_(marisol), ("en", "pages", front.slug)
    page = client.get(address(place=place)).text
    assert "What we do not claim" in page
    assert "&lt;p" not in page
    client.post(address(place=place), read(client, place))
    front.refresh_from_db()
    assert is_approved(front)


def test_what_changed_while_she_read_is_not_approved(drill, as_, marisol):  # noqa: F811
    answer = as_(marisol).post(address(), {"read": "0" * 64})
    assert (answer.status_code, "changed since you opened it" in answer.text) == (422, True)
    assert as_(marisol).post(address()).status_code == 422
    assert not is_approved(drill)


def test_who_worked_on_it_cannot_approve_it_and_reads_why(drill_editor, as_, marisol, imani):  # noqa: F811
    drill_editor.save(marisol, "My title")
    page = as_(marisol).get(address()).text
    assert ("another survivor leader must read it" in page, "Approve it" in page) == (True, False)
    assert as_(marisol).post(address(), read(as_(marisol))).status_code == 422
    as_(imani).post(address(), read(as_(imani)))
    assert is_approved(drill_editor.now())


def test_what_people_here_changed_is_approved_in_the_editor(drill_editor, as_, cora, marisol, imani):  # noqa: F811
    drill_editor.decide(marisol, drill_editor.hand_in(cora, "Another title"))
    as_(imani).post(address("withdraw_approval"))
    page = as_(imani).get(address()).text
    assert ("handed in for review in the editor" in page, "Approve it" in page) == (True, False)


def test_she_is_led_from_one_text_to_the_next_of_its_kind(as_, marisol, drill):  # noqa: F811
    from alongside.practice.tests.conftest import keep_drill

    second = keep_drill("invite-or-probe-9")
    Drill.objects.filter(pk=second.pk).update(title="ZZZ")
    client = as_(marisol)
    answer = client.post(address(), read(client))
    assert answer.url == address(place=("en", "drills", "invite-or-probe-9"))


def test_an_approval_is_withdrawn_after_she_was_asked(drill, as_, marisol, imani):  # noqa: F811
    assert as_(imani).get(address("withdraw_approval")).status_code == 404
    approve_live(drill, marisol)
    assert "It stays live" in as_(imani).get(address("withdraw_approval")).text
    as_(imani).post(address("withdraw_approval"))
    assert (is_approved(drill), Drill.objects.get().live) == (False, True)
    again = as_(imani).post(address("withdraw_approval"), follow=True).text
    assert "approval stands for this" in again
    assert Entry.objects.filter(verb="approval_withdrawn", actor=imani.pk).count() == 1


@pytest.mark.parametrize(
    "place", [("en", "drills", "none"), ("es", "drills", DRILL), ("en", "nothing", DRILL), ("en", "pages", "none")]
)
def test_what_is_not_live_there_is_not_there(drill, front, as_, marisol, place):  # noqa: F811
    assert as_(marisol).get(address(place=place)).status_code == 404


def test_the_desk_begins_with_what_is_hers_to_decide(drill_editor, as_, cora, marisol):  # noqa: F811
    from alongside.desk.for_leaders import what_is_hers

    unreviewed = what_is_hers(marisol).unreviewed
    assert unreviewed == 2, "the drill and the front page"
    drill_editor.hand_in(cora, "Another title")
    hers = what_is_hers(marisol)
    assert (hers.reviews, hers.views, hers.anything) == (1, 0, True)
    assert what_is_hers(cora).reviews == 0
