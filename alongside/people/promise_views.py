"""The promise page, for everybody; and as a page of hers, for somebody who comes to talk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.people.promises import NO_SOFTWARE_CAN_PROMISE, PROMISES, TO_WHO_COMES_TO_TALK


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Say what is promised to whom, and what no software can promise."""
    return render(request, "people/promises.html", {"everybody": PROMISES, "not_promised": NO_SOFTWARE_CAN_PROMISE})


@require_safe
def promises_to_her(request: HttpRequest) -> HttpResponse:
    """Say what is promised to somebody who comes to talk, on a page that looks like hers."""
    given = {"promises": TO_WHO_COMES_TO_TALK.promises, "not_promised": NO_SOFTWARE_CAN_PROMISE}
    return render(request, "talk/promises.html", given)
