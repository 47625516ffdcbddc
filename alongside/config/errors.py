"""Pages for when something is amiss. Those of a survivor look like nothing to others, as all of hers do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import csrf, defaults

from alongside.people.discreet import neutral
from alongside.people.leaving import is_hers


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here."""
    if is_hers(request):
        return render(request, "talk/404.html", status=404)
    return defaults.page_not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke on our side; whatever it was, this asks nothing of the database."""
    if is_hers(request):
        return HttpResponse(render_to_string("talk/500.html", neutral(request)), status=500)
    return defaults.server_error(request)


def not_sent(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was not taken, because it may have come from elsewhere."""
    if is_hers(request):
        return render(request, "talk/403_csrf.html", status=403)
    return csrf.csrf_failure(request, reason)
