"""Staff see a scenario as a map; dead ends are refused when they save, and are on the map."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.blocks.list_block import ListValue

from alongside.core.story import Scenario as Story
from alongside.practice.models import Scenario
from alongside.practice.scenario_data import scenario_from_data, scenario_to_data
from alongside.practice.scenario_map import scenario_map
from alongside.practice.tests.conftest import CONTENT, told

NAMES = sorted(path.stem for path in CONTENT.glob("en/scenarios/*.yaml"))
EDIT = "wagtailsnippets_practice_scenario:edit"


def changed(name: str, **beat: Any) -> Story:
    """A story that ships, with its first beat changed."""
    data = scenario_to_data(told(name))
    data["beats"][0] |= beat
    return scenario_from_data(data)


def page_of(story: Story) -> BeautifulSoup:
    return BeautifulSoup(render_to_string("practice/_map.html", {"map": scenario_map(story)}), "html.parser")


@pytest.mark.parametrize("name", NAMES)
def test_every_beat_and_ending_is_on_the_map_and_in_the_list(name):
    story = told(name)
    page = page_of(story)
    keys = [beat.key for beat in story.beats] + [ending.key for ending in story.endings]
    assert sorted(text.get_text() for text in page.select("svg text.key")) == sorted(keys)
    assert [str(dt.contents[0]).strip() for dt in page.select("dt")] == keys
    for beat, listed in zip(story.beats, page.select("dd"), strict=False):
        assert len(listed.select("li")) == len(beat.rules) + 1 + (beat.worn is not None)


def test_the_labels_say_which_replies_lead_on():
    page = page_of(told("the-rent"))
    words = " ".join(text.get_text() for text in page.select("svg text.then")).replace("\xa0", " ")
    assert "leaves: hostile" in words
    assert "patience used up" in words
    assert "trust 3 or more" in words
    listed = page.get_text(" ", strip=True).replace("\xa0", " ")
    assert "hostile, without leans in: goes quiet, trust −2 → careful" in listed
    assert "every other reply: stays, stays here" in listed


def test_words_are_written_as_words():
    page = page_of(changed("the-rent", key="hi", says="<script>alert(1)</script> & <b>hey</b>"))
    assert not page.select("script, b, [style], [onload]")
    assert "<script>" in "".join(text.get_text() for text in page.select("svg text.says"))


def test_long_words_stay_in_their_box():
    endless = scenario_map(changed("the-rent", says="x" * 200))
    wide = scenario_map(changed("the-rent", says="声" * 200))
    for drawn in (endless, wide):
        (opening,) = [stop for stop in drawn.stops if stop.lines[0].words == "hi"]
        assert opening.lines[2].words.endswith("…")
        assert opening.box.width < 250


def posted(prefix: str, value: Any) -> dict[str, Any]:
    """Write the value of a block as the editor's form sends it."""
    if isinstance(value, dict):
        return {key: each for name, inner in value.items() for key, each in posted(f"{prefix}-{name}", inner).items()}
    if isinstance(value, ListValue) or (isinstance(value, list) and value and isinstance(value[0], dict)):
        form: dict[str, Any] = {f"{prefix}-count": len(value)}
        for index, inner in enumerate(value):
            form |= {f"{prefix}-{index}-order": index, f"{prefix}-{index}-deleted": "", f"{prefix}-{index}-id": ""}
            form |= posted(f"{prefix}-{index}-value", inner)
        return form
    return {prefix: value} if value or value == 0 else {}


def form_of(row: Scenario) -> dict[str, Any]:
    """What the editor sends on saving ``row`` as a draft."""
    plain = ("title", "source_id", "person", "about", "content_note", "opening")
    form: dict[str, Any] = {name: getattr(row, name) for name in plain}
    for name in ("beats", "endings"):
        stream = getattr(row, name)
        form |= posted(name, [child.value for child in stream])
        form |= {f"{name}-{index}-type": child.block_type for index, child in enumerate(stream)}
    return form | {"action-save": "1"}


@pytest.fixture
def editor(as_, cora, the_rent):
    return as_(cora)


def test_a_scenario_in_order_is_saved_and_its_map_stands_in_the_form(editor, the_rent):
    page = editor.get(reverse(EDIT, args=[the_rent.pk]))
    assert "practice/map.css" in page.text
    assert len(BeautifulSoup(page.text, "html.parser").select(".story-map text.key")) == 13
    the_rent.title = "The rent on Friday"
    saved = editor.post(reverse(EDIT, args=[the_rent.pk]), form_of(the_rent), follow=True)
    assert saved.status_code == 200
    assert the_rent.get_latest_revision_as_object().title == "The rent on Friday"


@pytest.mark.parametrize(
    ("beat", "rule", "goto", "reason"),
    [
        (0, 6, "thirsday", "Beat “hi”, rule 7, goto: There is no beat or ending “thirsday” to go to."),
        (3, 1, "hi", "Beat “hi”: With trust at"),
    ],
)
def test_a_dead_end_is_refused_with_the_name_of_its_beat_and_shown(editor, the_rent, beat, rule, goto, reason):
    the_rent.beats[beat].value["rules"][rule]["goto"] = goto
    before = the_rent.latest_revision_id
    answer = editor.post(reverse(EDIT, args=[the_rent.pk]), form_of(the_rent))
    assert answer.status_code == 200
    assert reason in answer.text
    keys = [text.get_text() for text in BeautifulSoup(answer.text, "html.parser").select(".story-map text.key")]
    assert goto in keys
    the_rent.refresh_from_db()
    assert the_rent.latest_revision_id == before


def test_a_draft_that_lacks_a_key_has_no_map_and_says_so(editor, the_rent):
    the_rent.beats[1].value["key"] = ""
    answer = editor.post(reverse(EDIT, args=[the_rent.pk]), form_of(the_rent))
    assert "The map is drawn here when" in answer.text


def test_the_preview_has_the_map(the_rent, rf, cora):
    answer = the_rent.make_preview_request(rf.get("/"), "map")
    assert answer.status_code == 200
    assert len(BeautifulSoup(answer.text, "html.parser").select(".story-map text.key")) == 13
