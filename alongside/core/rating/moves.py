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
        _("You let them know that you believe them, care, or are staying."),
        _("They may feel that they can breathe out: nobody is leaving."),
    ),
    Move.FEELING: MoveWords(
        _("names a feeling"),
        _("You put a name, gently, to something they may be feeling."),
        _("They may feel seen. If the word is not quite right, they can correct it."),
    ),
    Move.MEANING: MoveWords(
        _("says back what was meant"),
        _("You said back, in their terms, what happened or what it means to them."),
        _("They may feel that you were really listening."),
    ),
    Move.INVITE: MoveWords(
        _("opens a door"),
        _("You asked something open that is easy to answer and easy to leave."),
        _("They may feel that there is room for more, if they want it."),
    ),
    Move.UNBLAME: MoveWords(
        _("lifts the blame"),
        _("You put the responsibility where it belongs, or said that what they did makes sense."),
        _("They may put down a little of the blame they have been carrying."),
    ),
    Move.AFFIRM: MoveWords(
        _("names a strength"),
        _("You named something specific that they did, managed or care about."),
        _("They may see themselves, for a moment, through kinder eyes."),
    ),
    Move.CHOICE: MoveWords(
        _("hands back the choice"),
        _("You left the decision with them, went at their pace, or were honest about what you can do."),
        _("They may feel that this talk is theirs, and that they can stop it."),
    ),
    Move.HELP: MoveWords(
        _("offers help"),
        _("You offered something concrete, as an offer."),
        _("They may feel less alone with it, and still free to say no."),
    ),
    Move.BLAME: MoveWords(
        _("blames or doubts"),
        _("This asks for a justification, or questions what you were told."),
        _("They may hear: it was your own doing, or: I do not quite believe you."),
        _("“That makes sense, with what you had to work with.” Or ask about now: “How has it been since?”"),
        _("Whoever has to defend a choice cannot also be held. Being believed is what helps most."),
    ),
    Move.SHOCK: MoveWords(
        _("shows shock"),
        _("Your own horror or disbelief took over the sentence."),
        _("They may feel that they are too much, and start to look after you, or stop."),
        _("“Thank you for trusting me with that.” Let the first breath pass, then answer."),
        _("It may be a test of whether you can hear it. Steadiness is the answer to that test."),
    ),
    Move.LABEL: MoveWords(
        _("puts a label on someone"),
        _("This makes a person one of a type, or the same as something they did."),
        _("They may feel filed away: no longer a person but a kind of person."),
        _("Use their own words for themselves and their work, and speak of what happened or what they did."),
        _("They have heard the labels before. Somebody who needs none is rare."),
    ),
    Move.CONTROL: MoveWords(
        _("takes control"),
        _("This gives an order, sets terms, or acts over their head."),
        _("They may feel handled once more by somebody who knows better."),
        _("“What would you like to happen next?” Or: “I could come along, if you'd like that.”"),
        _("Choice may be the very thing that was taken away. Handing it back is part of the help."),
    ),
    Move.PROBE: MoveWords(
        _("probes for detail"),
        _("This asks for something that nobody needs to tell in order to be helped."),
        _("They may feel that the story is wanted more than they are."),
        _("“You can tell me as much or as little as you like.”"),
        _("Details are theirs to offer. Asking what they need brings you closer than asking what happened."),
    ),
    Move.MINIMISE: MoveWords(
        _("makes it smaller"),
        _("This shrinks what was said, finds a bright side, compares, or changes the subject."),
        _("They may feel that it was a mistake to bring it up."),
        _("Stay with the weight of it first: “That sounds heavy.”"),
        _("Comfort that comes too early says that you cannot bear it either."),
    ),
    Move.FIX: MoveWords(
        _("fixes first"),
        _("This gives advice or a plan that nobody asked for, before there is understanding."),
        _("They may feel like a problem to be solved, or hear that they ought to have thought of it themselves."),
        _("“Would it help to think about what you could do, or would you rather just be heard?”"),
        _("They have probably thought of it. Ask first, and advice becomes an offer."),
    ),
    Move.SELF: MoveWords(
        _("makes it about you"),
        _("This turns to your own feelings, story or merits."),
        _("They may feel that they now have to listen to you, or mind how you feel."),
        _("Keep your story for later, or for someone else, and come back to theirs: “And how is that for you?”"),
        _("This is the little time they have. Even a like story takes the talk away from them."),
    ),
    Move.PITY: MoveWords(
        _("looks down kindly"),
        _("This pities, rescues, promises what nobody can promise, or preaches."),
        _("They may feel small, or owned by your kindness."),
        _("Trade pity for respect: name one thing that they managed. Promise only what you can keep."),
        _("Pity looks down, however gently. What helps is somebody alongside."),
    ),
    Move.FLAT: MoveWords(
        _("hands off or goes flat"),
        _("This closes the talk politely, hands the person on to someone else, or gives nothing back."),
        _("They may feel that the door has shut, quietly."),
        _(
            "“I don't know what to say, but I'm glad you told me.” If someone else can help, ask whether that is "
            "wanted, and stay."
        ),
        _("A cool answer can hurt as much as a hostile one. They notice who steps back."),
    ),
}
