"""Lessons as files: what is written is read again as the same, and nothing comes in that the editor would refuse."""

import json
from pathlib import Path
from textwrap import dedent, indent

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.review.files import ContentFileError
from alongside.review.shape import DataError
from alongside.workshop import rich_text
from alongside.workshop.kinds import LessonKind
from alongside.workshop.lesson_data import lesson_from_data

LESSONS = sorted((Path(__file__).resolve().parents[3] / "content/en/lessons").glob("*.yaml"))
KIND = LessonKind()
HEAD = """\
source_id: words
title: Words
language: en
number: 5
minutes: 10
summary: Hers, not yours.
"""

words = st.text(st.sampled_from("abc é“ 1.-+*_#[]()<>&\\`!|~=:'\""), min_size=1, max_size=12)


def inline(deep: int = 1) -> st.SearchStrategy[str]:
    escaped = words.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    if not deep:
        return escaped
    inner = inline(deep - 1)
    link = st.sampled_from(["https://example.org/a_b?c=d&amp;e=(f)", "mailto:us@example.org", "tel:+100"])
    return st.one_of(
        escaped,
        inner.map(lambda html: f"<b>{html}</b>"),
        inner.map(lambda html: f"<i>{html}</i>"),
        st.builds(lambda href, html: f'<a href="{href}">{html}</a>', link, inner),
    )


line = st.lists(inline(2), min_size=1, max_size=3).map("".join)
item = line.map(lambda html: f"<li>{html}</li>")
block = st.one_of(
    line.map(lambda html: f"<p>{html}</p>"),
    st.lists(line, min_size=2, max_size=3).map(lambda lines: f"<p>{'<br>'.join(lines)}</p>"),
    line.map(lambda html: f"<h2>{html}</h2>"),
    line.map(lambda html: f"<h3>{html}</h3>"),
    st.lists(item, min_size=1, max_size=3).map(lambda items: f"<ul>{''.join(items)}</ul>"),
    st.lists(item, min_size=1, max_size=3).map(lambda items: f"<ol>{''.join(items)}</ol>"),
)
documents = st.lists(block, min_size=1, max_size=4).map("".join)


def read(body: str, **changes: object):
    head = "".join(f"{line}\n" for line in HEAD.splitlines() if line.partition(":")[0] not in changes)
    head += "".join(f"{name}: {value}\n" for name, value in changes.items())
    return KIND.read(head + "body:\n" + indent(dedent(body), "  "), "words.yaml")


def lesson(*body: object):
    return lesson_from_data(
        {"source_id": "words", "title": "Words", "language": "en", "number": 5, "minutes": 10, "summary": "Hers."}
        | {"body": list(body)}
    )


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_lesson_that_ships_is_written_as_it_is_read(path):
    data = KIND.read(path.read_text("utf-8"), path.name)
    written = KIND.write(data)
    assert KIND.read(written, path.name) == data
    assert "html:" not in written


def test_ten_lessons_ship():
    assert len(LESSONS) == 10
    numbers = [KIND.read(path.read_text("utf-8"), path.name)["number"] for path in LESSONS]
    assert sorted(numbers) == list(range(1, 11))


@given(documents)
@settings(max_examples=150, deadline=None)
def test_whatever_the_editor_can_write_is_read_again_as_the_same(document):
    data = lesson({"text": f"<p>Once.</p>{document}"})
    assert KIND.read(KIND.write(data), "words.yaml") == data


@given(documents)
@settings(max_examples=150, deadline=None)
def test_what_is_clean_stays_as_it_is(document):
    html = rich_text.clean(document)
    assert rich_text.clean(html) == html


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_text_brings_in_more_than_the_editor_offers(text):
    for html in (rich_text.from_markdown(text), rich_text.clean(text)):
        tags = {tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)}
        assert tags <= rich_text.TAGS


def test_plain_markdown_becomes_what_the_editor_would_have():
    data = read(
        """
        - text: |-
            ## Two words

            It is **hers**, *not yours*. See [the source](https://example.org/a).

            - one
            - two
        """
    )
    assert data["body"] == [
        {
            "text": "<h2>Two words</h2><p>It is <b>hers</b>, <i>not yours</i>. "
            'See <a href="https://example.org/a">the source</a>.</p><ul><li>one</li><li>two</li></ul>'
        }
    ]


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '<img src="https://evil.example/x.png">',
        "[here](javascript:alert(1))",
        "![a picture](https://evil.example/x.png)",
        '<p onclick="alert(1)" style="color: red">there</p>',
        '[there](https://a.example/ "onmouseover=")',
    ],
)
def test_nothing_that_runs_or_calls_elsewhere_comes_in_by_a_file(evil):
    for data in (
        read(f"- text: {json.dumps('Words. ' + evil)}"),
        read(f"- html: {json.dumps('<p>Words.</p>' + evil)}"),
    ):
        page = BeautifulSoup(data["body"][0]["text"], "html.parser")
        assert {tag.name for tag in page.find_all(True)} <= {"p", "a"}
        assert all(set(tag.attrs) <= {"href"} for tag in page.find_all(True))
        assert not [link for link in page.find_all("a", href=True) if not str(link["href"]).startswith("https:")]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("- text: Words\n  drill: some-drill", "Each piece has one name"),
        ("- picture: a.png", "nothing of this name"),
        ("- {}", "Each piece has one name"),
        ("- organisation: address", "not one of: numbers, duties, minimum age"),
        ("- reflection: {key: Not A Key, asks: Why}", "is not a key"),
        ("- reflection: {key: a, asks: Why}\n- reflection: {key: a, asks: How}", "more than once"),
        (f"- reflection: {{key: {'a' * 61}, asks: Why}}", "longer than 60"),
        ("- video: {title: A, file: a.svg, captions: a.vtt, transcript: She speaks.}", "no video that can be shown"),
        ("- video: {title: A, file: a.webm, captions: a.srt, transcript: She speaks.}", "holds no captions"),
        ("- video: {title: A, file: a.webm, captions: a.vtt, transcript: ''}", "must not be empty"),
        ("- video: {title: A, file: a.webm, transcript: She speaks.}", "is needed"),
        ("- html: <script>alert(1)</script>", "Nothing is left of this text"),
    ],
)
def test_a_piece_that_is_none_is_refused_with_its_line(body, sentence):
    with pytest.raises(ContentFileError) as refused:
        read(body)
    assert sentence in str(refused.value)
    assert refused.value.errors[0].line >= 8


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"minutes": 31}, {"number": 0}, {"number": 100}, {"summary": "''"}])
def test_a_lesson_out_of_all_bounds_is_refused(wrong):
    with pytest.raises(ContentFileError):
        read("- text: Words", **wrong)


def test_in_data_a_text_is_html_alone():
    with pytest.raises(DataError):
        lesson({"html": "<p>Words</p>"})
