"""Is this surely not English? The model reads English only, and must not guess at anything else.

The question is asked with care for how people type: "lol idk", a name, a "gracias" inside English or Nigerian Pidgin
must not be turned away, so short or doubtful text is not surely anything. py3langid gives the probabilities; a list of
words that only English has, phone spellings among them, overrules it.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum
from functools import cache
from threading import Lock
from typing import Protocol

from alongside.core.rating.plain import plain

_READ_CHARACTERS = 4000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")

_ENGLISH_WORDS = frozenset(
    _WORD.findall("""
    the my mine you your yours you're youre you've youve you'll youll you'd ya i'm i've ive i'll i'd we're we've
    they're theyre it's its that's thats what's whats he's she's shes there's let's that this these those with
    what when where which who why how would could should must might have had having been being are were not
    don't dont doesn't doesnt didn't didnt can't cant won't wont isn't isnt wasn't wasnt aren't arent haven't
    havent couldn't couldnt shouldn't shouldnt wouldn't ain't aint cannot his him she they them their there then
    and because cuz than too very well still never always again right away much out only any anything nothing
    something everything someone everyone nobody really just know knew guess think thought feel feels felt sorry
    thank thanks want wants going gonna wanna gotta tryna finna lemme gimme imma told tell say says said saying
    hear heard hearing here happened like about from some through after before need needs needed help talk
    talking love loved life people time day night good safe alone yes yeah yep nope yup tbh idk ngl smh wtf bruh
    dude girl sis bro hun babe damn shit fuck fucking y'all yall sounds sound hope trust believe strong brave
    proud fault deserve carry keep take make made got get getting went back left leave stay staying money kids
    mom mum dad please okay alright maybe lot thing things way dey wetin abeg wahala sef innit mate
    """)
)
"""Words, phone spellings and Pidgin words that are common in English and rare or unknown in other languages."""

_LEFT_OUT = frozenset(
    {"zxx", "ext", "vo", "eo", "la", "grc", "hbo", "lij", "vec", "guw", "gcf", "gcr", "fuv", "ltg", "kab"}
)
"""Classes of the identifier that are no language people chat in, or so small that slang is taken for them."""

_ENGLISH_CLASSES = ("en", "pcm")  # Nigerian Pidgin is read as English, as well as the model can


class Language(Enum):
    """What can be said of the language of a text."""

    ENGLISH = "surely English"
    OTHER = "surely not English"
    UNKNOWN = "too short or too mixed to be sure"


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


def language_of(text: str) -> Language:
    """Say whether ``text`` is surely English, surely another language, or neither surely.

    Never raises for a string; looks at about 4,000 characters. Text mostly in another script is surely not English
    however short; in the Latin script it takes at least three words (two, when they carry accents).
    """
    text = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", plain(text, _READ_CHARACTERS)))
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    letters = "".join(words)
    if len(letters) < 2 or sum(map(_is_latin, letters)) * 2 <= len(letters):
        return Language.OTHER if len(letters) >= 2 else Language.UNKNOWN
    english_words = sum(word in _ENGLISH_WORDS for word in words) / len(words)
    has_accents = not letters.replace("'", "").isascii()
    if english_words >= 0.5:
        return Language.ENGLISH
    if len(words) < (2 if has_accents else 3):
        return Language.UNKNOWN
    english, other = _likelihood(" ".join(words))
    if english_words < 0.16 and _is_surely_other(english, other, len(words), has_accents):
        return Language.OTHER
    return Language.ENGLISH if english >= 0.8 else Language.UNKNOWN


def _is_surely_other(english: float, other: float, words: int, has_accents: bool) -> bool:
    """Whether the likelihood of English and of the likeliest other language leave no doubt, for so many words.

    Set on ten thousand sentences of English phone typing, of which none may be turned away.
    """
    if words >= 8:
        return english <= 0.02
    if words >= 5:
        return english <= 0.01 and other >= 0.25
    if words >= 3 and has_accents:
        return english <= 0.01 and other >= 0.5
    return english <= 0.005 and other >= (0.9 if words == 2 else 0.75)


def languages_of(sentences: Sequence[str]) -> list[Language]:
    """Say the language of each sentence of one reply: a sentence too short to tell takes that of the whole reply."""
    own = [language_of(sentence) for sentence in sentences]
    whole = language_of(" ".join(sentence[:_READ_CHARACTERS] for sentence in sentences))
    return [whole if language is Language.UNKNOWN else language for language in own]


@cache
def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


def _likelihood(text: str) -> tuple[float, float]:
    """Give the probability of English and that of the likeliest other language."""
    ranked = dict(_identifier().rank(text))
    english = sum(ranked.pop(name) for name in _ENGLISH_CLASSES)
    return english, max(ranked.values())


_loading = Lock()
_loaded: list[_Identifier] = []


def _identifier() -> _Identifier:
    """Load the identifier once, at first use (about half a second); it is only read afterwards."""
    with _loading:
        if not _loaded:
            from py3langid.langid import MODEL_FILE, LanguageIdentifier

            identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
            identifier.set_languages([label for label in identifier.labels if label not in _LEFT_OUT])
            _loaded.append(identifier)
        return _loaded[0]
