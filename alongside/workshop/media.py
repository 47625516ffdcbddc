"""Videos of lessons and their captions, from this server alone.

Wagtail hands out documents as attachments, which no page can play. Here are shown, in the page, only documents that a
live lesson shows as its video or captions, under a type that holds nothing to run, whatever is in the file.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.documents.models import Document

from alongside.people.access import is_staff, signed_in
from alongside.workshop.keeping import for_learner
from alongside.workshop.lesson_data import CAPTIONS, VIDEOS
from alongside.workshop.models import Lesson

TYPES = VIDEOS | CAPTIONS
AT_A_TIME = 64 * 1024
_HEADERS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, max-age=3600",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@require_safe
@for_learner
def media(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """Give a video or captions, or the part of it that the browser asks for, to be shown in the page of a lesson."""
    document = get_object_or_404(Document, pk=document_id)
    content_type = TYPES.get(PurePath(document.filename).suffix.lower())
    if content_type is None or not (_looks_ahead(request) or is_shown(document_id)):
        raise Http404
    return _answer(request, document, content_type)


def is_shown(document_id: int) -> bool:
    """Say whether a live lesson, in any language, shows this document as its video or as captions."""
    return _is_in_lessons(document_id, "video")


def give_to_learners(document: Document, request: HttpRequest) -> HttpResponse | None:
    """Let whoever is signed in take along what a live lesson offers or shows, and staff everything.

    Called by Wagtail before it hands a document out: it would give any of them to anybody, read by no survivor yet.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not (_looks_ahead(request) or _is_in_lessons(document.pk, "download", "video")):
        raise Http404
    return None


def _is_in_lessons(document_id: int, *pieces: str) -> bool:
    lessons = Lesson.objects.filter(live=True, live_revision__isnull=False)
    return any(
        document_id in (piece["value"].get("file"), piece["value"].get("captions"))
        for lesson in lessons
        for piece in lesson.body.raw_data
        if piece["type"] in pieces
    )


def part_asked_for(header: str, size: int) -> range | None:
    """Give the bytes of a file of ``size`` that a ``Range`` header asks for; ``None`` for all of them.

    A header that asks for several parts, or is none, asks for all. An empty range: there are no such bytes (RFC 9110,
    section 14.1.2).
    """
    asked = _RANGE.fullmatch(header.replace(" ", ""))
    if asked is None or asked.groups() == ("", ""):
        return None
    first, last = asked.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(size, int(last) + 1) if last else size)


def _looks_ahead(request: HttpRequest) -> bool:
    """Say whether it is staff who ask: they see a lesson before it is live."""
    user = signed_in(request)
    return is_staff(user) and is_mfa_enabled(user)


def _answer(request: HttpRequest, document: Document, content_type: str) -> HttpResponseBase:
    try:
        file = document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    size = document.file.size
    part = part_asked_for(request.headers.get("Range", ""), size)
    answer: HttpResponseBase
    if part is not None and not part:
        file.close()
        answer = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        bytes_sent = part or range(size)
        answer = StreamingHttpResponse(_read(file, bytes_sent), content_type=content_type)
        answer.headers["Content-Length"] = str(len(bytes_sent))
        if part:
            answer.status_code = 206
            answer.headers["Content-Range"] = f"bytes {part[0]}-{part[-1]}/{size}"
    for name, value in _HEADERS.items():
        answer.headers[name] = value
    return answer


def _read(file: IO[bytes], part: range) -> Iterator[bytes]:
    with file:
        file.seek(part.start)
        left = len(part)
        while left and (some := file.read(min(AT_A_TIME, left))):
            left -= len(some)
            yield some
