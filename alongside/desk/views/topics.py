"""The topics that people choose from, and allies present themselves by."""

from collections import Counter
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from alongside.desk.door_forms import TopicForm
from alongside.introductions import acts
from alongside.introductions.models import Presentation, Topic
from alongside.people.access import for_staff, signed_in
from alongside.people.acts import Refused
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, User

for_the_desk = for_staff(COORDINATOR, SURVIVOR_LEADER)


@for_the_desk
def topics(request: HttpRequest) -> HttpResponse:
    """Show the topics, in their order, and add one."""
    form = TopicForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            acts.add_topic(signed_in(request), form.cleaned_data["name"])
        except Refused as refusal:
            form.add_error("name", str(refusal.sentence))
        else:
            messages.success(request, gettext("Added, as the last."))
            return redirect("desk:topics")
    allies = _allies_by_topic()
    rows = [(topic, allies[topic.slug]) for topic in Topic.objects.all()]
    context = {
        "form": form,
        "offered": [row for row in rows if row[0].is_offered],
        "taken_away": [topic for topic, _number in rows if not topic.is_offered],
    }
    return render(request, "desk/topics.html", context, status=422 if form.errors else 200)


@for_the_desk
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Rename a topic, or take it away."""
    found = get_object_or_404(Topic, slug=slug)
    form = TopicForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if form.is_valid():
        try:
            acts.rename_topic(signed_in(request), slug, form.cleaned_data["name"])
        except Refused as refusal:
            form.add_error("name", str(refusal.sentence))
        else:
            messages.success(request, gettext("Renamed."))
            return redirect("desk:topics")
    context = {"form": form, "topic": found, "allies": _allies_by_topic()[slug]}
    return render(request, "desk/topic.html", context, status=422 if form.errors else 200)


@require_POST
@for_the_desk
def move_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Move a topic one place up or down."""

    def move(by: User, slug: str) -> None:
        acts.move_topic(by, slug, up="up" in request.POST)

    return _act(request, slug, move)


@require_POST
@for_the_desk
def take_topic_away(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer a topic to nobody new."""
    return _act(request, slug, acts.take_topic_away, gettext("It is offered to nobody new."))


@require_POST
@for_the_desk
def offer_topic_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer a topic again that was taken away."""
    return _act(request, slug, acts.offer_topic_again, gettext("It is offered again, as the last."))


def _act(request: HttpRequest, slug: str, act: Callable[[User, str], None], done: str = "") -> HttpResponse:
    get_object_or_404(Topic, slug=slug)
    try:
        act(signed_in(request), slug)
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        if done:
            messages.success(request, done)
    return redirect("desk:topics")


def _allies_by_topic() -> Counter[str]:
    """Give by how many allies each topic is shown."""
    shown = Presentation.objects.shown().values_list("strengths", flat=True)
    return Counter(each["topic"] for strengths in shown for each in strengths)
