"""Which form comes first, which disclosures stand for it, and in which order: drawn by chance."""

import secrets
from collections import defaultdict

from alongside.workshop.disclosure_data import PAIRS, Form
from alongside.workshop.models import Disclosure, Occasion, Sitting

_CHANCE = secrets.SystemRandom()


def is_there(language: str | None) -> bool:
    """Say whether both forms are whole in a language (in English where it has none): else nobody is assessed."""
    return all(len(pairs) == PAIRS for pairs in _by_pair(language).values())


def draw_first_form() -> Form:
    """Give the form for a first sitting: the one that fewer people began with, or either by chance.

    So both come first equally often, and which of the two is harder weighs on neither side of the comparison.
    """
    firsts = Sitting.objects.filter(occasion=Occasion.FIRST)
    begun = {form: firsts.filter(form=form.value).count() for form in Form}
    fewest = min(begun.values())
    return _CHANCE.choice([form for form in Form if begun[form] == fewest])


def draw(form: Form, language: str | None) -> list[Disclosure]:
    """Give one disclosure of each pair of ``form``, in an order drawn by chance. Raises ``KeyError`` when one lacks."""
    pairs = _by_pair(language)[form]
    drawn = [_CHANCE.choice(pairs[pair]) for pair in range(1, PAIRS + 1)]
    _CHANCE.shuffle(drawn)
    return drawn


def _by_pair(language: str | None) -> dict[Form, dict[int, list[Disclosure]]]:
    found: dict[Form, dict[int, list[Disclosure]]] = {form: defaultdict(list) for form in Form}
    for disclosure in Disclosure.objects.live_in(language):
        found[Form(disclosure.form)][disclosure.pair].append(disclosure)
    return {form: dict(pairs) for form, pairs in found.items()}
