"""What happens in the private half of the demonstration: how allies present themselves, and who came to talk."""

from uuid import uuid4

from alongside.config.demo import talking_words as words
from alongside.config.demo.cast import CARLA, JUNO, NOEMI, OWN_CODES, Comer, Person
from alongside.config.demo.learning import LANGUAGE, account_of
from alongside.conversations import acts as conversations
from alongside.conversations.models import Conversation, Report
from alongside.core.codes import read_ally_code, read_survivor_code
from alongside.introductions import acts as introductions
from alongside.introductions.hours import WEEK
from alongside.introductions.models import Ask, Introduction, Presentation
from alongside.introductions.wishes import Wishes
from alongside.people import acts as people
from alongside.people.opening import Opener

NETWORK = "192.0.2.1"
"""From where everybody comes; reserved for examples (RFC 5737)."""
EVENINGS = frozenset(hour for hour in range(WEEK) if 17 <= hour % 24 < 22)


def name_care_member(person: Person, by: Person) -> None:
    """Let somebody of the desk receive reports; the first of them hears of what cannot wait."""
    people.name_care_member(account_of(person), account_of(by))
    if person is CARLA:
        people.change_organisation(account_of(by), {"lead": account_of(person)})


def make_own_code(person: Person) -> None:
    """Make the four words of somebody who has an account."""
    people.make_own_code(account_of(person), read_ally_code(OWN_CODES[person]))


def present_oneself(person: Person) -> None:
    """Say when one is there, and hand in how one presents oneself."""
    ally = account_of(person)
    is_woman = person in (JUNO, NOEMI)
    introductions.change_times(ally, introductions.Times((LANGUAGE,), is_woman, EVENINGS, "UTC", capacity=2))
    introductions.let_count(ally, False)
    introductions.hand_in(ally, *words.PRESENTED[person.name])


def approve_presentation(person: Person, by: Person) -> None:
    """Let it be shown how an ally presents herself."""
    waiting = Presentation.objects.waiting().get(profile__ally=account_of(person).pk)
    introductions.approve(waiting, account_of(by))


def open_door(by: Person) -> None:
    """Say what is said at the door, and open it."""
    introductions.change_door(account_of(by), words.DOOR)
    introductions.open_door(account_of(by))


def ask(comer: Comer, ally: Person) -> None:
    """Come, and ask an ally."""
    opener, asked = _come(comer)
    introductions.offer(opener, asked, account_of(ally))


def wait(comer: Comer) -> None:
    """Come, find nobody who fits, and wait."""
    opener, asked = _come(comer)
    introductions.note_nobody_found(words.WISHED[comer.name])
    introductions.wait(opener, asked)


def begin(ally: Person) -> None:
    """Say yes to whoever asked."""
    conversations.begin(_opened(ally), Introduction.objects.get(ally=account_of(ally)).pk)


def write(by: Person | Comer, text: str) -> None:
    """Write a message in the conversation that there is."""
    conversations.send(_opened(by), Conversation.objects.get(), text, uuid4())


def write_to_care(comer: Comer) -> None:
    """Write to the care team, and wish to be told when it is opened."""
    telling = conversations.ToTell(Report.Kind.LETTER, words.TO_CARE, tells_openings=True)
    conversations.tell_care(_opened(comer), telling)


def _come(comer: Comer) -> tuple[Opener, Ask]:
    opener = people.come(read_survivor_code(comer.code), name=comer.name)
    wishes = Wishes(words.WISHED[comer.name], words.SPOKEN.get(comer.name, ()))
    return opener, introductions.begin_ask(opener, wishes, words.FIRST_WORDS[comer.name])


def _opened(by: Person | Comer) -> Opener:
    if isinstance(by, Comer):
        return people.open_code(read_survivor_code(by.code), network=NETWORK)
    return people.open_own_code(account_of(by), read_ally_code(OWN_CODES[by]))
