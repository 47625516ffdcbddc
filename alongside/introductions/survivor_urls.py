"""Where somebody who comes to talk says what about, and finds with whom."""

from django.urls import path

from alongside.introductions import again_views, choosing_views, code_views, door_views

app_name = "ask"
urlpatterns = [
    path("", door_views.door, name="door"),
    path("topics/", choosing_views.topics, name="topics"),
    path("with/", choosing_views.with_whom, name="with"),
    path("people/", choosing_views.people, name="people"),
    path("words/", choosing_views.words, name="words"),
    path("code/", code_views.code, name="code"),
    path("code/picture/", code_views.picture, name="picture"),
    path("code/prove/", code_views.prove, name="prove"),
    path("again/", again_views.again, name="again"),
    path("again/take-back/", again_views.take_back, name="take_back"),
    path("again/stop/", again_views.close, name="close"),
]
