"""Staff edit scenarios; what cannot be told is refused with its reasons."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale

from alongside.people.models import COORDINATOR, SURVIVOR_LEADER
from alongside.practice import acts
from alongside.practice.models import Attempt, Scenario
from alongside.practice.permissions import give_staff_permissions
from alongside.practice.scenario_data import scenario_to_data
from alongside.practice.scenario_file import read_scenario, write_scenario
from alongside.practice.tests.conftest import CONTENT

FILES = sorted(CONTENT.glob("en/scenarios/*.yaml"))
NAME = "wagtailsnippets_practice_scenario"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_and_a_stream_become_the_same_scenario_and_back(db, path):
    story = read_scenario(path.read_text("utf-8"), path.name)
    row = Scenario(locale=Locale.get_default())
    row.tell(scenario_to_data(story))
    row.full_clean(exclude=["translation_key"])
    row.save()
    kept = Scenario.objects.get()
    assert kept.story == story
    assert kept.save_revision().as_object().story == story
    assert read_scenario(write_scenario(kept.story), "written") == story


def edited(scenario: Scenario, **beat: object) -> Scenario:
    for name, value in beat.items():
        scenario.beats[1].value[name] = value
    return scenario


def test_what_cannot_be_told_is_refused_in_words(the_rent):
    with pytest.raises(ValidationError) as refused:
        edited(the_rent, key="thirsday").clean()
    (first, *_others) = refused.value.messages
    assert first == "Beat “hi”, rule 7, goto: There is no beat or ending “thursday” to go to."
    with pytest.raises(ValidationError) as refused:
        edited(the_rent, key="thursday", says="").clean()
    assert refused.value.messages == ["Beat “thursday”, says: This is needed."]


def test_a_shipped_scenario_is_not_refused(the_rent):
    the_rent.full_clean()


def test_the_editors_autosave_never_changes_a_version_that_is_live_or_practised(the_rent, ruth):
    attempt = acts.begin(ruth, the_rent)
    the_rent.title = "Another title"
    saved = the_rent.save_revision(overwrite_revision=attempt.revision)
    assert saved != attempt.revision
    assert Attempt.objects.get().story.title == "The rent"
    the_rent.title = "A third title"
    assert the_rent.save_revision(overwrite_revision=saved) == saved


def test_the_groups_may_do_what_they_need_and_no_more(db):
    for _ in range(2):
        give_staff_permissions()
    may = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    edit = {"access_admin", "add_scenario", "change_scenario", "add_drill", "change_drill"}
    assert may[COORDINATOR] >= edit
    assert may[SURVIVOR_LEADER] >= edit
    assert not any({"publish_scenario", "delete_scenario", "publish_drill"} & codes for codes in may.values())


@pytest.fixture
def editor(the_rent, as_, marisol, cora):
    give_staff_permissions()
    return {"marisol": as_(marisol), "cora": as_(cora)}


def test_staff_open_a_scenario_in_the_editor(editor, the_rent):
    for browser in editor.values():
        assert browser.get(reverse(f"{NAME}:list")).status_code == 200
        page = browser.get(reverse(f"{NAME}:edit", args=[the_rent.pk]))
        assert page.status_code == 200
        assert "can&#x27;t stop doing the sum" in page.text or "can't stop doing the sum" in page.text


def test_nobody_publishes_by_hand(editor, the_rent):
    for browser in editor.values():
        form = browser.get(reverse(f"{NAME}:edit", args=[the_rent.pk])).text
        assert 'name="action-publish"' not in form
        assert 'name="action-submit"' in form


def test_nobody_else_finds_the_editor(as_, ruth, the_rent):
    assert as_(ruth).get(reverse(f"{NAME}:edit", args=[the_rent.pk])).status_code == 404


@pytest.mark.parametrize(("mode", "seen"), [("before", "Before you begin"), ("conversation", "rent&#x27;s due friday")])
def test_the_preview_shows_what_a_learner_sees(editor, the_rent, mode, seen, rf):
    request = rf.get("/")
    answer = the_rent.make_preview_request(request, mode)
    assert answer.status_code == 200
    assert seen in answer.text
