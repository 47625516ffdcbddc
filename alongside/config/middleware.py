"""What differs by place: which addresses a host name has, the editor's looser policy, what may be cached."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from alongside.people.access import not_found
from alongside.people.leaving import HERE

Answer = Callable[[HttpRequest], HttpResponse]

# Wagtail's editor has inline scripts and styles of its own, and previews pages in a frame.
EDITOR_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "media-src": ["'self'"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
}


def by_host_name(get_response: Answer) -> Answer:
    """Answer at the neutral host names with pages of hers alone; and elsewhere without those, where that is set."""

    def middleware(request: HttpRequest) -> HttpResponse:
        environment = settings.ENVIRONMENT
        if split_domain_port(request.get_host())[0] in environment.talk_hosts:
            request.urlconf = settings.TALK_URLCONF
        elif environment.talk_there_only and request.path_info.startswith(HERE):
            return not_found(request)
        return get_response(request)

    return middleware


def editor_policy(get_response: Answer) -> Answer:
    """Give pages under ``/edit/`` the editor's own content security policy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/edit/"):
            response.headers["Content-Security-Policy"] = "; ".join(
                f"{directive} {' '.join(sources)}" for directive, sources in EDITOR_POLICY.items()
            )
        return response

    return middleware


def security_headers(get_response: Answer) -> Answer:
    """Keep a signed-in person's pages out of shared caches, and features that no page needs switched off."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"
        )
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware
