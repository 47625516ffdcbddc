"""What allies never do: which words cross a line, and which only sound like it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.conversations.boundaries import Crossing, crossings

CROSSING = {
    Crossing.NUMBER: [
        "You can reach me on 07700 900 123.",
        "+44 (0)20 7946 0958",
        "It is 555-010-4477, any time.",
        "call 5550104477 tonight",
        "five five five, oh one oh, four four seven seven",
        "Here's my number",
        "What’s your phone number?",
        "Can I have your mobile?",
    ],
    Crossing.LINK: [
        "Look here: https://example.org/a?b=c",
        "It is on www.example.net",
        "Try quiet-steps.example.com sometime",
        "t.me/someone",
        "I put it on forms.example/abc",
        "It is at quietsteps dot com",
    ],
    Crossing.HANDLE: [
        "I am @marsh_walker there",
        "wren@example.org",
        "wren (at) example dot org",
        "My insta is marshwalker",
        "Add me on WhatsApp",
        "Are you on Telegram?",
        "We could talk on Signal.",
        "Let's continue over Discord",
        "What is your Snapchat?",
        "What's your last name?",
        "Text me tonight",
        "You can call me any time",
        "DM me",
    ],
    Crossing.MONEY: [
        "I can lend you something until Friday.",
        "I could lend you 50.",
        "I'll send you 50 tonight",
        "Let me send you some money.",
        "I could send you some until Friday",
        "We will gladly pay your rent this month.",
        "I'd like to cover your train ticket.",
        "Let me buy you a phone.",
        "Why don't I send you $40?",
        "Can you lend me 20?",
        "Could you please send me 30 euros?",
        "Do you need money?",
        "How much do you need?",
        "What's your PayPal?",
        "I can help you out with some cash.",
        "Here's 20 pounds.",
    ],
    Crossing.MEETING: [
        "Let's meet.",
        "let’s meet up tomorrow",
        "Can we meet in town?",
        "Would you like to meet?",
        "Do you want to grab a coffee?",
        "I would love to meet you.",
        "I could pick you up after.",
        "You can come over tonight.",
        "Come to my place.",
        "Meet me at the station.",
        "See you at the station at nine.",
        "We could talk face to face.",
        "Where do you live?",
        "Which city are you in?",
        "What is your address?",
        "I am at 12 Rose Street.",
        "Why don't we meet",
        "Shall I drop by?",
    ],
}

CROSSING_NOTHING = [
    "",
    "I am here 24/7 in my thoughts.",
    "That was on 24.12.2023, you said.",
    "From 2019-2021 it went well, then not.",
    "On 2024-01-31 at 10:30.",
    "310 short, and Friday is the day.",
    "1,250.00 a month is a lot.",
    "Between $1200 and $1500, every month.",
    "One, two, three, four, five, six, seven: breathe out.",
    "It took 10 000 steps.",
    "I hear you.me too",
    "Either/or is a hard place.",
    "He went through your Instagram.",
    "Posting on Instagram every day sounds tiring.",
    "The signal is bad here.",
    "A signal that something is wrong.",
    "You can call me Amal.",
    "Write to me here when you like.",
    "You can text me here.",
    "He sends you money and then expects things.",
    "You pay for everything, and nobody sees it.",
    "They pay you cash, and that feels safer.",
    "I see that they pay you late.",
    "I pay rent too, and I know that Friday.",
    "You need money for the rent, and Friday is close.",
    "I cannot give you money, and I wish that I could do something.",
    "I can't lend you anything.",
    "We never send you money, and we never ask for any.",
    "I can give you 20 minutes now.",
    "I'll send you some thoughts tomorrow.",
    "I lend you my ear.",
    "Can you give me an example?",
    "What would buy you time?",
    "Your account was closed, and nobody told you why.",
    "He wanted to meet you there.",
    "You did not want to meet him again.",
    "Would you like to meet people who have been through it?",
    "I would like to meet your needs.",
    "I cannot meet you, and that is no sign that I do not care.",
    "We do not meet in person, any of us.",
    "Did he come over again?",
    "That fear can come over you at night.",
    "It is hard to say such a thing in person.",
    "Where are you with it today?",
    "See you here on Thursday.",
    "See you in the morning.",
    "I live in two worlds too.",
    "How are you today? I thought of you.",
    "What happens if nobody calls back?",
    "You were told to meet someone at the station.",
    "That sounds like so much to carry alone.",
]


@pytest.mark.parametrize(("crossing", "words"), [(each, words) for each, all_ in CROSSING.items() for words in all_])
def test_these_words_cross_a_line(crossing, words):
    assert crossing in crossings(words)


@pytest.mark.parametrize("words", CROSSING_NOTHING)
def test_these_words_cross_no_line(words):
    assert crossings(words) == ()


def test_each_line_is_named_once_and_in_order():
    words = "Let's meet. Let's meet! I'll send you 50 tonight. Call 07700 900 123 or 07700 900 124."
    assert crossings(words) == (Crossing.NUMBER, Crossing.MONEY, Crossing.MEETING)


def test_what_the_organisation_itself_gives_out_may_be_passed_on():
    known = ["Night line: 0800 555 0101, every day 18–6", "help.example.org"]
    assert crossings("Call 0800 555 0101 now.", known) == ()
    assert crossings("Call 0800-555-0101, or look at help.example.org.", known) == ()
    assert crossings("Call 0800 555 0102 now.", known) == (Crossing.NUMBER,)
    assert crossings("Look at other.example.org", known) == (Crossing.LINK,)
    assert crossings("Let's meet. 0800 555 0101", known) == (Crossing.MEETING,)


LINES = st.one_of(
    st.text(max_size=60).map(lambda text: text.replace("\n", " ")),
    st.sampled_from([*CROSSING_NOTHING, *(words for all_ in CROSSING.values() for words in all_)]),
)


@settings(max_examples=150, deadline=None)
@given(LINES, LINES)
def test_each_line_of_a_message_stands_by_itself(above, below):
    assert set(crossings(f"{above}\n{below}")) == {*crossings(above), *crossings(below)}


@settings(max_examples=60, deadline=None)
@given(LINES, st.lists(st.text(max_size=30), max_size=3))
def test_what_may_be_passed_on_never_makes_more_cross(text, known):
    assert set(crossings(text, known)) <= set(crossings(text))
