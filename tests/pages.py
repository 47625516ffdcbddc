"""Which pages there are: what the table of permissions lists for a GET, and is neither a file nor only a way on."""

import re
from collections.abc import Iterable

from tests.test_permissions import TABLE

_NO_PAGES = {
    "account/": "leads to one's own page",
    "account/password/set/": "shut",
    "account/login/code/confirm/": "shut",
    "account/second-factor/passkeys/": "leads to the second factors",
    "account/second-factor/recovery-codes/download/": "a text file",
    "me/export/": "a JSON file",
    "practice/drills/next/": "leads to a drill",
    "practice/<uuid:attempt_id>/answer/": "leads to the conversation",
    "workshop/media/<int:document_id>/": "a video, or a file",
    "workshop/certificate/paper/": "a PDF file",
    "desk/hours/csv/": "a CSV file",
    "talk/code/picture/": "a picture",
    "talk/c/<uuid:conversation_id>/send/": "leads to the conversation",
    "talk/c/<uuid:conversation_id>/new/": "a piece of a page",
    "ally/c/<uuid:conversation_id>/send/": "leads to the conversation",
    "ally/c/<uuid:conversation_id>/new/": "a piece of a page",
    "^(?:_util|documents/authenticate_with_password)/": "shut",
    "documents/^(\\d+)/(.*)$": "a file",
    "documents/authenticate_with_password/<int:restriction_id>/": "shut",
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": "shut",
    "_util/login/": "shut",
}
_PLACES = {"uuid": r"\{\w+\}", "int": r"(?:\{\w+\}|\d+)", "slug": r"[\w-]+", "str": r"(?:\{\w+\}|[\w-]+)"}
_FRONT_PAGE = r"^((?:[\w\-]+/)*)$"


def pages_left_out(looked_at: Iterable[str]) -> list[str]:
    """Give the addresses of pages, as the table has them, to which none of ``looked_at`` leads.

    In those, ``{name}`` stands for what is known only when the test runs.
    """
    paths = {address.partition("?")[0].removeprefix("/") for address in looked_at}
    pages = [address for address, row in TABLE.items() if "N" not in row.split()[0] and address not in _NO_PAGES]
    return [page for page in pages if not any(re.fullmatch(_pattern(page), path) for path in paths)]


def _pattern(page: str) -> str:
    if page == _FRONT_PAGE:
        return ""
    return re.sub(r"<(\w+):\w+>", lambda place: _PLACES[place[1]], page)
