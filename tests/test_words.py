"""All words that a person reads go through gettext: where every translated text is marked, none stands unmarked."""

import re

import pytest
from bs4 import BeautifulSoup, Comment, Doctype
from django.core.management import call_command
from django.utils import translation

from alongside.practice import acts
from alongside.practice.models import Scenario

REPLY = "I am glad you told me. You should get another job. Qui sait."
READ_ALOUD = ("aria-label", "alt", "title", "placeholder")
NAMES = ("Alongside", "Ruth", "Cora", "Marisol")


@pytest.fixture
def marked(monkeypatch):
    """Put ⟦ ⟧ around everything that gettext gives."""
    real = translation._trans
    real.gettext("")  # makes the module behind it load before it is replaced

    def mark(text: str) -> str:
        return f"⟦{text}⟧" if text.strip() else text

    monkeypatch.setattr(real, "gettext", mark)
    monkeypatch.setattr(real, "pgettext", lambda _context, text: mark(text))
    monkeypatch.setattr(real, "ngettext", lambda one, many, number: mark(one if number == 1 else many))
    monkeypatch.setattr(real, "npgettext", lambda _context, one, many, number: mark(one if number == 1 else many))


def unmarked(html: str, content: list[str]) -> list[str]:
    """Give every text of a page that neither gettext gave nor is content that somebody wrote."""
    page = BeautifulSoup(_without_marked(html), "html.parser")
    for hidden in page(["script", "style"]):
        hidden.decompose()
    texts = [str(text) for text in page.find_all(string=True) if not isinstance(text, Comment | Doctype)]
    texts += [tag[name] for tag in page.find_all(True) for name in READ_ALOUD if tag.has_attr(name)]
    return [text.strip() for text in texts if _has_words_beside(content, " ".join(text.split()))]


def _without_marked(html: str) -> str:
    """Take out what gettext gave, the tags in it too: from the innermost outwards."""
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", html)) != html:
        html = shorter
    return html


def _has_words_beside(content: list[str], text: str) -> bool:
    for words in content:
        text = text.replace(words, "")
    return bool(re.search(r"[^\W\d_]", text))


@pytest.fixture
def conversation(db, ruth):
    call_command("import", verbosity=0)
    attempt = acts.begin(ruth, Scenario.objects.get(source_id="the-rent"))
    acts.answer(ruth, attempt.id, 1, REPLY)
    return attempt


def written(attempt) -> list[str]:
    """What somebody wrote, the longest first: scenarios, the reply, names, the pages that staff edit."""
    texts = [REPLY, *(sentence.strip() + "." for sentence in REPLY.split(".")), *NAMES, "ruth@alongside.example"]
    for row in Scenario.objects.all():
        story = row.story
        texts += [story.title, story.person, story.content_note, story.about]
        for beat in story.beats:
            texts += [beat.says, *beat.says.splitlines()]
            for reaction in (*beat.rules, beat.otherwise, beat.worn):
                if reaction is not None:
                    texts += [reaction.thought, reaction.says, *reaction.says.splitlines()]
    return sorted((" ".join(text.split()) for text in texts if text.strip()), key=len, reverse=True)


PAGES = [
    ("nobody", "/account/signup/"),
    ("nobody", "/account/login/"),
    ("nobody", "/account/password/reset/"),
    ("nobody", "/nothing-here/"),
    ("ruth", "/account/logout/"),
    ("ruth", "/account/password/change/"),
    ("ruth", "/account/second-factor/"),
    ("ruth", "/me/"),
    ("ruth", "/me/leave/"),
    ("ruth", "/practice/"),
    ("ruth", "/practice/scenarios/the-rent/"),
    ("ruth", "/practice/{attempt}/"),
    ("ruth", "/practice/{attempt}/debrief/"),
    ("ruth", "/practice/{attempt}/delete/"),
    ("ruth", "/practice/{attempt}/differently/1/0/"),
    ("cora", "/desk/"),
    ("cora", "/desk/help-sign-in/"),
    ("cora", "/desk/invite-survivor-leader/"),
    ("marisol", "/desk/seen-differently/"),
]


@pytest.mark.parametrize(("role", "address"), PAGES)
def test_every_word_on_the_page_can_be_translated(role, address, conversation, request, as_, marked):
    person = None if role == "nobody" else request.getfixturevalue(role)
    answer = as_(person).get(address.format(attempt=conversation.id))
    assert answer.status_code in (200, 404)
    assert unmarked(answer.content.decode(), written(conversation)) == []


def test_a_bare_word_would_be_found(marked):
    assert unmarked("<p>⟦Hello ⟦you⟧⟧ 3 <b>there</b></p><img alt='a tree'>", []) == ["there", "a tree"]
