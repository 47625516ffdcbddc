"""The link in a letter by which somebody has no more letters like it, without a sign-in."""

from collections.abc import Callable
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alongside.people.models import User

_SALT = "alongside.people.letters"


def stop_token(user: User, kind: str) -> str:
    """Give what stands in the address that stops the letters called ``kind``; it does not run out."""
    return signing.dumps(str(user.pk), salt=f"{_SALT} {kind}")


def _user_of(token: str, kind: str) -> User | None:
    """Give whose letters called ``kind`` a token stops; ``None`` for one that is not ours, or when she has left."""
    try:
        return User.objects.filter(pk=UUID(signing.loads(token, salt=f"{_SALT} {kind}")), is_active=True).first()
    except (signing.BadSignature, ValueError):
        return None


def stop_page(
    kind: str, template: str, *, stop: Callable[[User], None], wants_none: Callable[[User], bool]
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give the view behind the link: it asks once, then sends no letter called ``kind`` any more.

    She need not be signed in. ``template`` is shown with ``is_stopped``; a token that stops nothing answers 404.
    """

    @never_cache
    @csrf_exempt  # a mail programme asks for this by itself (RFC 8058); the token is what lets it
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, token: str) -> HttpResponse:
        user = _user_of(token, kind)
        if user is None:
            raise Http404
        if request.method == "POST":
            stop(user)
        return render(request, template, {"is_stopped": wants_none(user)})

    return view
