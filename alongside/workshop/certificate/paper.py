"""The certificate as a PDF: tagged (PDF/UA-1), in any script that the bundled fonts have, made in this process.

typst takes every word as text, never as markup, and stops at a character that no font has instead of leaving it out.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import qrcode
import typst
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from alongside.people.models import Organisation
from alongside.review.approving import is_approved
from alongside.workshop.lessons import live_lessons
from alongside.workshop.models import Certificate

_HERE = Path(__file__).parent
_FIRST = ("Figtree", "Noto Sans")
"""The house's own letters, then those for the rest of Latin, Greek and Cyrillic; then whichever has a character."""
_MISSING = re.compile(r"the text `\"(?P<text>.+)\"` could not be displayed", re.DOTALL)
_AFTER_LATIN_1 = 0x100
_QUIET = 2
"""Modules of white around the code; the paper is white beyond them."""


class MissingLetterError(Exception):
    """No bundled font has some character: ``text``, as far as it is known which."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def pdf_of(certificate: Certificate) -> bytes:
    """Give the paper of a certificate, in the language of the page. Raises ``MissingLetterError``.

    The same certificate in the same state gives the same bytes.
    """
    fonts = _fonts()
    inputs = {
        "words": json.dumps(_words(certificate)),
        "fonts": json.dumps([*_FIRST, *(family for family in fonts.families() if family not in _FIRST)]),
        "qr": _qr(address_of(certificate)),
    }
    compiler = typst.Compiler(_source(), root=_HERE, font_paths=fonts, ignore_system_fonts=True)
    try:
        paper = compiler.compile(
            format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=int(certificate.issued_at.timestamp())
        )
    except typst.TypstError as error:
        found = _MISSING.search(error.message)
        if found is None:
            raise
        raise MissingLetterError(_shown(found["text"])) from error
    if not isinstance(paper, bytes):
        raise TypeError("typst gave no PDF")
    return paper


def address_of(certificate: Certificate) -> str:
    """Give the whole address of the public page that verifies it."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('certificates:verify', args=[certificate.code])}"


def _words(certificate: Certificate) -> dict[str, Any]:
    date = date_format(certificate.issued_at, "DATE_FORMAT")
    return {
        "language": (get_language() or "en").partition("-")[0],
        "title": gettext("Certificate of the Alongside workshop"),
        "issuer": certificate.organisation or "Alongside",
        "name": certificate.name_on_it,
        "is_in_own_letters": _is_in_own_letters(certificate.name_on_it),
        "finished": _finished(certificate),
        "done": _done(certificate),
        "date": gettext("Issued on %(date)s.") % {"date": date},
        "honest_title": gettext("What this paper says, and what it does not"),
        "honest": _honest(),
        "qr": gettext("A code for a phone: the address where this certificate is verified."),
        "verify": gettext("Whether it is genuine can be seen by anybody at this address, and nothing else:"),
        "address": address_of(certificate),
        "shown_address": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('certificates:start')}".partition("://")[2],
        "code_label": gettext("Code:"),
        "code": certificate.code,
    }


def _is_in_own_letters(name: str) -> bool:
    """Say whether the house's own letters have all of a name, so that it does not change its looks in the middle."""
    return all(ord(each) < _AFTER_LATIN_1 or each in "’‘" for each in name)


def _finished(certificate: Certificate) -> str:
    if certificate.organisation:
        sentence = gettext("has finished the Alongside workshop of %(organisation)s.")
        return sentence % {"organisation": certificate.organisation}
    return gettext("has finished the Alongside workshop.")


def _done(certificate: Certificate) -> list[str]:
    lessons, practices = certificate.lessons, certificate.practices
    hours = max(1, round(certificate.minutes / 60))
    done = [ngettext("%(number)d lesson", "%(number)d lessons", lessons) % {"number": lessons}]
    if practices:
        sentence = ngettext("%(number)d practised conversation", "%(number)d practised conversations", practices)
        done.append(sentence % {"number": practices})
    done.append(gettext("Two assessments, one before the lessons and one after"))
    return [*done, ngettext("About %(number)d hour", "About %(number)d hours", hours) % {"number": hours}]


def _honest() -> list[str]:
    lessons = live_lessons(get_language())
    if lessons and all(map(is_approved, lessons)):
        reviewed = gettext("The lessons are reviewed by survivors of the organisation.")
    else:
        reviewed = gettext("The lessons are not yet reviewed by survivors.")
    ready = gettext(
        "It says that the workshop was finished. It does not say that this person is ready to be an ally: that is "
        "decided by people who have talked with them."
    )
    if Organisation.current().is_demonstration:
        return [gettext("This is a demonstration: everybody in it is made up."), ready, reviewed]
    return [ready, reviewed]


def _qr(address: str) -> str:
    """Give the code as an SVG of squares, black on nothing."""
    code = qrcode.QRCode(border=_QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    rows = code.get_matrix()
    path = "".join(
        f"M{column} {row}h1v1h-1z" for row, modules in enumerate(rows) for column, on in enumerate(modules) if on
    )
    size = len(rows)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'


def _shown(text: str) -> str:
    """Give what typst quotes, its escapes (``\\u{7}``) undone."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)


@cache
def _source() -> bytes:
    return (_HERE / "certificate.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")])
