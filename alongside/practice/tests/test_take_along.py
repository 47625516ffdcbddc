"""A learner takes along all that she practised."""

import json
from datetime import timedelta

from alongside.people.export import export as export_all
from alongside.practice import acts
from alongside.practice.models import Attempt
from alongside.records import clock


def test_an_export_holds_every_attempt_of_hers_and_nobody_elses(ruth, noor, the_rent):
    first = acts.begin(ruth, the_rent)
    acts.answer(ruth, first.id, 1, "Warmth for Dee.")
    acts.see_differently(ruth, acts.find_sentence(ruth, first.id, 1, 0), "my view")
    fork = acts.take_again(ruth, first.id, 1, "other words")
    acts.answer(noor, acts.begin(noor, the_rent).id, 1, "Noor's own words.")
    everything = json.loads(json.dumps(acts.export(ruth)))
    exported = everything["conversations"]
    assert everything["seen_differently_before"] == []
    assert [attempt["id"] for attempt in exported] == [str(first.id), str(fork.id)]
    assert exported[1]["taken_again_from"] == str(first.id)
    assert exported[1]["not_sent_yet"] == "other words"
    (turn,) = exported[0]["turns"]
    assert turn["your_reply"] == "Warmth for Dee."
    assert turn["reading"]["sentences"][0]["moves"] == ["warmth"]
    assert turn["seen_differently"][0]["your_view"] == "my view"
    assert "Noor" not in json.dumps(everything)
    assert export_all(ruth)["practice"] == acts.export(ruth)


def test_an_export_holds_a_view_whose_conversation_has_expired(ruth, noor, the_rent):
    for learner in (ruth, noor):
        attempt = acts.begin(learner, the_rent)
        acts.answer(learner, attempt.id, 1, "Warmth for Dee.")
        acts.see_differently(learner, acts.find_sentence(learner, attempt.id, 1, 0), f"{learner.name}'s view")
    Attempt.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    for _ in range(2):  # before the tick has erased the conversation, and after
        exported = acts.export(ruth)
        assert exported["conversations"] == []
        assert [view["your_view"] for view in exported["seen_differently_before"]] == ["Ruth's view"]
        acts.erase_expired(clock.now())
