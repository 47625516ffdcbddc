"""The promise page is made of a list, and whatever stands on it is tested."""

import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from alongside.people.promises import NO_SOFTWARE_CAN_PROMISE, PROMISES, TO_WHO_COMES_TO_TALK

HERE = Path(__file__).parent
TESTED_IN = {
    "you-who-come-to-talk": "test_promises_to_survivors.py",
    "allies": "test_promises_to_allies.py",
    "learners": "test_promises.py",
}


@pytest.mark.parametrize("whom", PROMISES, ids=lambda whom: whom.slug)
def test_each_promise_has_a_test_of_its_name_and_each_of_those_tests_is_a_promise(whom):
    tests = re.findall(r"^def test_(\w+)\(", (HERE / TESTED_IN[whom.slug]).read_text("utf-8"), re.MULTILINE)
    assert Counter(tests) == Counter(promise.name for promise in whom.promises)


def test_anybody_reads_all_of_it_and_what_no_software_can_promise(client, db):
    page = _text(client.get("/promises/"))
    for sentence in (*(each.sentence for whom in PROMISES for each in whom.promises), *NO_SOFTWARE_CAN_PROMISE):
        assert str(sentence) in page


def test_who_comes_to_talk_reads_what_is_promised_to_her_on_a_page_like_hers(client, db):
    answer = client.get("/talk/promises/")
    page = _text(answer)
    for sentence in (*(each.sentence for each in TO_WHO_COMES_TO_TALK.promises), *NO_SOFTWARE_CAN_PROMISE):
        assert str(sentence) in page
    assert "<title>Notes</title>" in answer.text
    assert "sessionid" not in answer.cookies


def test_every_page_of_the_house_leads_there(client, db):
    assert 'href="/promises/"' in client.get("/account/login/").text


def _text(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)
