"""The eighteen moves: what one sentence of a reply does to the person who disclosed.

The scheme is built from instruments made for other disclosures (the Social Reactions Questionnaire, WHO's LIVES,
EPITOME, Motivational Interviewing, SAMHSA's principles); its sources stand in ``corpus/CODING.md``. Survivors of
the sex trade have not validated it.
"""

from dataclasses import dataclass
from enum import StrEnum

from alongside.core import gettext_noop as _


class Family(StrEnum):
    """The two directions in which a sentence can move."""

    LEAN_IN = "leans in"
    PULL_BACK = "pulls back"


class Kind(StrEnum):
    """How a sentence that pulls back turns away."""

    HOSTILE = "hostile"
    COLD = "cold"
    ABOVE = "above"


class Move(StrEnum):
    """What a sentence does. The value is its code in files, in the corpus and on the command line."""

    WARMTH = "warmth"
    FEELING = "feeling"
    MEANING = "meaning"
    INVITE = "invite"
    UNBLAME = "unblame"
    AFFIRM = "affirm"
    CHOICE = "choice"
    HELP = "help"

    BLAME = "blame"
    SHOCK = "shock"
    LABEL = "label"
    CONTROL = "control"
    PROBE = "probe"
    MINIMISE = "minimise"
    FIX = "fix"
    SELF = "self"
    PITY = "pity"
    FLAT = "flat"

    @property
    def family(self) -> Family:
        """Whether the move leans in or pulls back."""
        return Family.PULL_BACK if self in _KINDS else Family.LEAN_IN

    @property
    def kind(self) -> Kind | None:
        """How it pulls back; ``None`` for a move that leans in."""
        return _KINDS.get(self)

    @property
    def words(self) -> "MoveWords":
        """The sentences a person reads about this move, in English, marked for translation."""
        return _WORDS[self]


@dataclass(frozen=True)
class MoveWords:
    """What a person reads about a move: every text is a message id for gettext.

    ``name``: two to four words, for a mark beside the sentence. ``did``: what the sentence did. ``lands``: how it may
    land with her. For a move that pulls back also ``instead``: words that would do what was meant, and ``because``:
    the reason.
    """

    name: str
    did: str
    lands: str
    instead: str = ""
    because: str = ""


LEAN_IN = tuple(Move)[:8]
PULL_BACK = tuple(Move)[8:]

_KINDS = {
    Move.BLAME: Kind.HOSTILE,
    Move.SHOCK: Kind.HOSTILE,
    Move.LABEL: Kind.HOSTILE,
    Move.CONTROL: Kind.HOSTILE,
    Move.PROBE: Kind.HOSTILE,
    Move.MINIMISE: Kind.COLD,
    Move.FIX: Kind.COLD,
    Move.SELF: Kind.COLD,
    Move.PITY: Kind.ABOVE,
    Move.FLAT: Kind.COLD,
}

_WORDS = {
    Move.WARMTH: MoveWords(
        _("believes and stays"),
        _("You let her know that you believe her, care, or are staying."),
        _("She may feel that she can breathe out: nobody is leaving."),
    ),
    Move.FEELING: MoveWords(
        _("names a feeling"),
        _("You put a name, gently, to something she may be feeling."),
        _("She may feel seen. If the word is not quite right, she can correct it."),
    ),
    Move.MEANING: MoveWords(
        _("says back what she meant"),
        _("You said back, in her terms, what happened or what it means to her."),
        _("She may feel that you were really listening."),
    ),
    Move.INVITE: MoveWords(
        _("opens a door"),
        _("You asked something open that is easy to answer and easy to leave."),
        _("She may feel that there is room for more, if she wants it."),
    ),
    Move.UNBLAME: MoveWords(
        _("lifts the blame"),
        _("You put the responsibility where it belongs, or said that what she did makes sense."),
        _("She may put down a little of the blame she has been carrying."),
    ),
    Move.AFFIRM: MoveWords(
        _("names a strength"),
        _("You named something specific that she did, managed or cares about."),
        _("She may see herself, for a moment, through kinder eyes."),
    ),
    Move.CHOICE: MoveWords(
        _("hands back the choice"),
        _("You left the decision with her, went at her pace, or were honest about what you can do."),
        _("She may feel that this talk is hers, and that she can stop it."),
    ),
    Move.HELP: MoveWords(
        _("offers help"),
        _("You offered something concrete, as an offer."),
        _("She may feel less alone with it, and still free to say no."),
    ),
    Move.BLAME: MoveWords(
        _("blames or doubts"),
        _("This asks her to justify herself, or questions what she told you."),
        _("She may hear: it was your own doing, or: I do not quite believe you."),
        _("“That makes sense, with what you had to work with.” Or ask about now: “How has it been since?”"),
        _("A person who has to defend herself cannot also be held. Being believed is what helps most."),
    ),
    Move.SHOCK: MoveWords(
        _("shows shock"),
        _("Your own horror or disbelief took over the sentence."),
        _("She may feel that she is too much, and start to look after you, or stop."),
        _("“Thank you for trusting me with that.” Let the first breath pass, then answer her."),
        _("She may be testing whether you can hear it. Steadiness is the answer to that test."),
    ),
    Move.LABEL: MoveWords(
        _("puts a label on her"),
        _("This makes her one of a type, or the same as something she did."),
        _("She may feel filed away: no longer a person but a kind of person."),
        _("Use her own words for herself and her work, and speak of what happened to her or what she did."),
        _("She has heard the labels before. Somebody who needs none is rare."),
    ),
    Move.CONTROL: MoveWords(
        _("takes control"),
        _("This gives an order, sets terms, or acts for her."),
        _("She may feel handled once more by somebody who knows better."),
        _("“What would you like to happen next?” Or: “I can do that with you, if you want me to.”"),
        _("Choice may be the very thing that was taken from her. Handing it back is part of the help."),
    ),
    Move.PROBE: MoveWords(
        _("probes for detail"),
        _("This asks for something that she need not tell in order to be helped."),
        _("She may feel that the story is wanted more than she is."),
        _("“You can tell me as much or as little as you like.”"),
        _("Details are hers to offer. Asking what she needs brings you closer than asking what happened."),
    ),
    Move.MINIMISE: MoveWords(
        _("makes it smaller"),
        _("This shrinks what she said, finds a bright side, compares, or changes the subject."),
        _("She may feel that it was a mistake to bring it up."),
        _("Stay with the weight of it first: “That is a lot to carry.”"),
        _("Comfort that comes too early says that you cannot bear it either."),
    ),
    Move.FIX: MoveWords(
        _("fixes first"),
        _("This gives advice or a plan that she did not ask for, before she is understood."),
        _("She may feel like a problem to be solved, or hear that she ought to have thought of it herself."),
        _("“Would it help to think about what you could do, or would you rather just be heard?”"),
        _("She has probably thought of it. Ask first, and advice becomes an offer."),
    ),
    Move.SELF: MoveWords(
        _("makes it about you"),
        _("This turns to your own feelings, story or merits."),
        _("She may feel that she now has to listen to you, or mind how you feel."),
        _("Keep your story for later, or for someone else, and come back to hers: “And you, how are you with it?”"),
        _("This is the little time she has. Even a like story takes the talk away from her."),
    ),
    Move.PITY: MoveWords(
        _("looks down kindly"),
        _("This pities, rescues, promises what nobody can promise, or preaches."),
        _("She may feel small, or owned by your kindness."),
        _("Trade pity for respect: name one thing that she managed. Promise only what you can keep."),
        _("Pity looks down, however gently. She needs somebody beside her."),
    ),
    Move.FLAT: MoveWords(
        _("hands off or goes flat"),
        _("This closes the talk politely, hands her to someone else, or gives nothing back."),
        _("She may feel that the door has shut, quietly."),
        _("“I don't have an answer, and I'm staying.” If someone else can help, ask whether she wants that, and stay."),
        _("A cool answer can hurt as much as a hostile one. She notices who steps back."),
    ),
}
