"""What an ally never does: does a message of hers cross one of these lines? Pure, and nothing of it is stored.

A line is looked for by its shape, in English: a telephone number, an address on the web, a name elsewhere, money that
is offered or asked for, a meeting. It errs on both sides, so it never stops anybody: the ally is asked to look again,
and the survivor is told what allies never ask. What is said of others (“he sends you money”), and what is declined (“I
cannot meet you”), crosses nothing. Clause by clause, each line of a text stands by itself.

No shape goes on for longer than an address or a number does: whatever somebody writes, it is looked through in no time.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum

FEWEST_DIGITS = 7
"""Of a telephone number: times, prices and years have fewer, and dates are left out."""


class Crossing(StrEnum):
    """A line that a message crosses."""

    NUMBER = "number"
    LINK = "link"
    HANDLE = "handle"
    MONEY = "money"
    MEETING = "meeting"


def crossings(text: str, known: Collection[str] = ()) -> tuple[Crossing, ...]:
    """Give the lines that ``text`` crosses, each once, in the order of ``Crossing``; none for most.

    ``known``: what may be passed on, such as the organisation's numbers with their hours: a number, link or address
    that stands in one of these crosses nothing.
    """
    plain, passed_on = _plain(text), [_plain(each) for each in known]
    found = {crossing for crossing, shape in _shapes_in(plain) if not _is_known(shape, passed_on)}
    found |= {crossing for clause in _clauses(plain) for crossing in _said_in(clause)}
    return tuple(crossing for crossing in Crossing if crossing in found)


def _plain(text: str) -> str:
    """Give a text in plain signs: wide figures are figures, and what nobody sees parts no number."""
    seen = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in seen).replace("’", "'")


# --- Shapes: what crosses a line wherever it stands -------------------------------------------------------------------

_DATE = re.compile(r"\b(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:19|20)\d\d ?[-/–] ?(?:19|20)?\d\d)\b", re.ASCII)
_NUMBER = re.compile(r"(?<![\w#.,$€£])\+?\(?\d[\d ().\-/–]{5,30}\d(?!\w|[.,]\d|[ ]?[$€£])", re.ASCII)
_DIGIT_WORD = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_SPOKEN = re.compile(rf"\b(?!one[ ,-]+two[ ,-]+three\b){_DIGIT_WORD}(?:[ ,-]+{_DIGIT_WORD}){{6,}}\b", re.I)
_LINKS = (
    re.compile(r"\b(?:https?://|www\.)\S+", re.I),
    re.compile(r"(?<![@\w.])(?:[a-z0-9-]{1,63}\.){1,6}(?:com|org|net|info|io|app|uk|de|eu|gg|tv)(?!\w|\.\w)", re.I),
    re.compile(r"(?<![@\w.])(?:t\.me|wa\.me|m\.me|bit\.ly|linktr\.ee)\b", re.I),
    re.compile(r"(?<![@\w.])(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}/\w\S*", re.I),
    re.compile(r"\b[a-z0-9-]{1,63} (?:dot|\(dot\)|\[dot\]) ?(?:com|org|net|uk)\b", re.I),
)
_HANDLES = (
    re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}"),
    re.compile(r"\b[\w.-]{1,64} ?(?:\(at\)|\[at\]| at ) ?[\w-]{1,63} (?:dot|\(dot\)|\[dot\]) ?[a-z]{2,3}\b", re.I),
    re.compile(r"(?<![\w@.])@\w{2,}"),
)
_ADDRESSES = (
    re.compile(
        r"\b\d{1,4}[a-z]? (?:[A-Z][a-z]+ ){1,2}"
        r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Square|Court|Close|Terrace|Way|Place)\b"
    ),
)
_SHAPES = {Crossing.LINK: _LINKS, Crossing.HANDLE: _HANDLES, Crossing.MEETING: _ADDRESSES}


def _shapes_in(text: str) -> Iterator[tuple[Crossing, str]]:
    for found in _NUMBER.finditer(_DATE.sub(",", text)):
        if len(_digits(found[0])) >= FEWEST_DIGITS:
            yield Crossing.NUMBER, found[0]
    if _SPOKEN.search(text):
        yield Crossing.NUMBER, ""
    for crossing, shapes in _SHAPES.items():
        yield from ((crossing, found[0]) for shape in shapes for found in shape.finditer(text))


def _is_known(shape: str, known: Iterable[str]) -> bool:
    digits, words = _digits(shape), shape.strip().rstrip(".,;:!?)").casefold()
    if len(digits) >= FEWEST_DIGITS:
        return any(digits in _digits(each) for each in known)
    return bool(words) and any(words in each.casefold() for each in known)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign in "0123456789")


# --- Phrases: what crosses a line when an ally says it of herself and whom she talks with -----------------------------

_CLAUSE_ENDS = re.compile(r"(?:[.!?;:,](?!\d)|\n|\s-\s|[–—]|\b(?:but|so|because)\b)+", re.I)
_WHY_NOT = re.compile(r"\bwhy (?:don't|not)\b", re.I)
_DECLINES = re.compile(r"\b(?:not|never|cannot|nor|neither|no|nobody|without)\b|n't\b", re.I)

_ELSEWHERE = (
    r"(?:whats\s?app|telegram|signal|insta(?:gram)?|facebook|messenger|snap(?:chat)?|tik\s?tok|discord|skype|viber"
    r"|face\s?time|zoom)"
)
_AMOUNT = r"(?:[$€£]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:[$€£]|dollars?\b|euros?\b|pounds?\b|bucks\b|quid\b))"
_A_SUM = (
    r"\b\d{2,5}(?=\s*$|\s+(?:for|until|till|now|tonight|today|tomorrow|by|if|right)\b)"
    r"|\bsome(?=\s*$|\s+(?:for|until|till|now|tonight|today)\b)"
)
_MONEY_THING = rf"(?:\bmoney\b|\bcash\b|\bgift cards?\b|\bvouchers?\b|{_AMOUNT}|{_A_SUM})"
_I = (
    r"(?:^\s*|\b)(?:i|we|let me|let us|let's|can i|could i|may i|shall i|should i|can we|could we|shall we|should we)"
    r"(?:'ll|'d|'m|'re|'ve)?\s+"
    r"(?:(?:will|can|could|would|might|may|should|want to|like to|love to|happy to|glad to|able to|going to|try to|am"
    r"|be|just|maybe|perhaps|also|even|always|easily|quickly|gladly|both)\s+){0,5}"
)
_ASKS_YOU = r"\b(?:can|could|would|will) you\s+(?:please |maybe |just )*"
_YOURS = (
    r"\b(?:what(?:'s| is| was)|(?:give|send|tell|text|share) me|can i (?:have|get)|could i (?:have|get)|i need) your"
)
_BILL = r"(?:rent|bills?|debts?|fares?|tickets?|taxi|fines?|deposit|food|groceries|room|hotel|phone|train|bus)"
_INVITE = (
    r"(?:\blet's|\blet us|\bshall we|\bcan we|\bcould we|\bshould we|\bwe (?:can|could|should|might)"
    r"|\b(?:do you |would you |you |i |i'd )?(?:want|wanna|like|love|fancy|happy)(?: to)?|\bfeel like)"
    r"\s+(?:(?:maybe|just|finally|also|really|both)\s+)*"
)
_NOT_US = (
    r"(?!\s+(?:him|her|them|it|that|this|the|your|his|their|our|someone|somebody|people|others?|new|more|with (?:him"
    r"|her|them|the|your|a|an))\b)"
)

_PHRASES: dict[Crossing, tuple[re.Pattern[str], ...]] = {
    crossing: tuple(re.compile(phrase, re.I) for phrase in phrases)
    for crossing, phrases in {
        Crossing.NUMBER: (
            r"\b(?:here's|here is|take|save|have|this is|write down) my (?:phone |mobile |cell )?(?:number|digits)\b",
            r"\bmy (?:phone |mobile |cell )?number is\b",
            rf"{_YOURS} (?:phone |mobile |cell )?(?:number|digits|mobile|cell)\b",
        ),
        Crossing.HANDLE: (
            rf"\bmy {_ELSEWHERE}(?: (?:is|name|account|handle|number)\b|\s*$)",
            rf"\b(?:add|find|follow|message|text|write|write to|contact|reach|call|dm|ping) me\b.{{0,20}}\b{_ELSEWHERE}"
            r"\b",
            rf"\b(?:are you|do you have|do you use|have you got|you can use|let's use|switch to|move to)\s+(?:on )?"
            rf"{_ELSEWHERE}\b",
            rf"\b(?:talk|chat|write|speak|call|continue|go on|carry on)\b(?: \w+){{0,2}} (?:on|over|via|by|through|to)"
            rf" {_ELSEWHERE}\b",
            rf"{_YOURS} (?:{_ELSEWHERE}|e-?mail|handle|username|(?:last|real|full) name|surname)\b",
            r"\bmy (?:e-?mail|username|handle|last name|surname) is\b",
            r"\b(?:text|ring|phone|dm|pm|e-?mail) me\b(?! here)",
            r"\bcall me (?:on|at|any ?time|tonight|later|tomorrow|when|if)\b",
            r"\bhit me up\b",
        ),
        Crossing.MONEY: (
            rf"{_I}(?:send|give|transfer|wire|slip|get|offer|venmo|paypal|zelle|cash\s?app)\s+you\b.{{0,30}}?{_MONEY_THING}",
            rf"{_I}(?:lend|loan)\s+you\b(?! (?:an|my) ear)",
            rf"{_I}(?:venmo|paypal|zelle|cash\s?app|pay)\s+you\b",
            rf"{_I}(?:pay|cover|settle)\s+(?:for\s+)?your\s+(?:\w+\s+)?{_BILL}\b",
            rf"{_I}(?:help|help you|help you out|help out|chip in)\s+with\s+(?:some\s+|a little\s+)?{_MONEY_THING}",
            rf"{_I}(?:buy|order)\s+you\b(?! time)",
            rf"{_ASKS_YOU}(?:send|give|transfer)\s+me\b.{{0,20}}?{_MONEY_THING}",
            rf"{_ASKS_YOU}(?:lend|loan|pay)\s+me\b(?! (?:an|your) ear)",
            r"\byou owe me\b(?= money|\s*\d|\s*[$€£])",
            r"\bdo you need (?:any |some |a bit of |a little )?(?:money|cash)\b",
            r"\bhow much (?:money )?do you need\b",
            rf"\bhere(?:'s| is| are) {_AMOUNT}",
            rf"(?:{_YOURS}|\bmy) (?:bank|account|card|iban|sort code|paypal|venmo|cash\s?app|zelle)\b"
            r"(?! (?:was|got)\b)",
        ),
        Crossing.MEETING: (
            rf"{_INVITE}(?:meet|meet up|get together|hang out|see each other){_NOT_US}(?:\b(?!\w)|$)",
            rf"{_INVITE}(?:grab|get|have|go for|share) (?:a |some )?(?:coffee|tea|lunch|dinner|drink|walk)\b",
            r"\bmeet me\b",
            rf"{_I}(?:meet|visit|come and see|come to see|come see|pick) you\b(?! (?:where you|halfway|needs))",
            rf"{_I}(?:come|drive|pop|drop|stop|swing) (?:over|round|around|by)\b",
            r"\b(?:you (?:can|could|should|may)|want to|would you like to|please|just|^\s*)\s*"
            r"(?:come|pop|drop|stop|swing) (?:over|round|by)\b(?! (?:you|him|her|them|me)\b)",
            r"\bcome (?:to|round to|over to) (?:my|our|me)\b(?! (?:mind|attention|senses)\b)",
            r"\b(?:see|catch) you (?:at|in|outside|by) (?:the|my|your) (?!end|morning|evening|afternoon|next)",
            r"\b(?:we|us|i|let me|talk|you and me)\b.{0,20}\b(?:in person|face to face)\b",
            r"\bwhere (?:exactly )?(?:do you (?:live|stay)|are you (?:living|staying|based))\b",
            r"\b(?:what|which) (?:city|town|street|part of town|neighbou?rhood|area) (?:do you|are you)\b",
            rf"{_YOURS} (?:home )?address\b",
            r"\bmy (?:home )?address is\b",
            r"\bi live (?:at|near you|close to you)\b",
        ),
    }.items()
}


def _clauses(text: str) -> Iterator[str]:
    return (clause for clause in _CLAUSE_ENDS.split(_WHY_NOT.sub("shall", text)) if clause.strip())


def _said_in(clause: str) -> Iterator[Crossing]:
    for crossing, phrases in _PHRASES.items():
        for phrase in phrases:
            found = phrase.search(clause)
            if found and not _DECLINES.search(clause[: found.end()]):
                yield crossing
                break
