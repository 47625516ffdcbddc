"""A baseline anybody could write in an hour: a move is there when one of its phrases is."""

import re

from alongside.core.rating.moves import Move

PHRASES = {
    Move.WARMTH: (
        "thank you for|thanks for|i'm sorry|im sorry|so sorry|believe you|i'm here|im here|glad you|with you|care about"
    ),
    Move.FEELING: (
        "sounds|must be|must feel|must have been|scared|lonely|exhaust|frighten|ashamed|angry|hurt|sad|overwhelm"
    ),
    Move.MEANING: ("so you|you wanted|you left|you went|you told|you've been|youve been|it means|part of you"),
    Move.INVITE: (
        "do you want to|would you like to|want to talk|how are you|how do you|what would help|what do you need|tell me"
    ),
    Move.UNBLAME: (
        "not your fault|isn't your fault|makes sense|on him|on them|anyone would|no wonder|didn't deserve|you didn't"
    ),
    Move.AFFIRM: ("you kept|you managed|you did that|took courage|that took|brave|strong|you still|you made it"),
    Move.CHOICE: (
        "up to you|your choice|you decide|only if you|your pace|no pressure|you don't have to|whenever you|either way"
    ),
    Move.HELP: ("i can|i could|if you want|would it help|happy to|i'll bring|shall i|could i|if you like"),
    Move.BLAME: (
        "why did you|why didn't you|why didnt you|are you sure|you should have|your own|what did you expect|you chose"
    ),
    Move.SHOCK: "oh my god|omg|disgusting|what the|horrif|can't believe|cant believe|jesus|seriously",
    Move.LABEL: (
        "girls like|women like|people like you|prostitute|junkie|addict|one of those|that kind of|those girls"
    ),
    Move.CONTROL: (
        "you must|you have to|i'm calling|im calling|i'll report|you're not going|i won't let|promise me|or i"
    ),
    Move.PROBE: (
        "how much did|what exactly|how many|what did they|who was|details|what was it like|did you ever|how old"
    ),
    Move.MINIMISE: (
        "at least|don't worry|dont worry|could be worse|not that bad|everyone|move on|"
        "look on the|cheer up|it'll be fine"
    ),
    Move.FIX: (
        "you should|have you tried|try to|you need to|why don't you|the best thing|just go|get a job|see a therapist"
    ),
    Move.SELF: (
        "i felt|when i was|my sister|my own|i also|happened to me|i've been|ive been|i know because|makes me feel"
    ),
    Move.PITY: "poor thing|poor girl|god |save you|bless|pray|heaven|rescue|broken|angel|i promise",
    Move.FLAT: (
        "hotline|professional|not qualified|can't help|okay\\.|noted|good luck with|"
        "anything else|reach out to|someone else"
    ),
}
_PATTERNS = {move: re.compile(rf"\b(?:{phrases})", re.IGNORECASE) for move, phrases in PHRASES.items()}


def moves_by_words(sentence: str) -> frozenset[Move]:
    """Give the moves of which a phrase stands in ``sentence``."""
    level = sentence.replace("’", "'")
    return frozenset(move for move, pattern in _PATTERNS.items() if pattern.search(level))
