"""One's own account."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Show what is kept about the person who is signed in, and what she can do with it."""
    return render(request, "people/me.html")


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say why the desk asks for a second factor, and lead to where it is set."""
    return render(request, "people/second_factor.html")
