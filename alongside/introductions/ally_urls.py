"""Where an ally presents herself."""

from django.urls import path

from alongside.introductions import ally_views

app_name = "ally"
urlpatterns = [
    path("profile/", ally_views.profile, name="profile"),
    path("profile/words/", ally_views.words, name="words"),
    path("profile/times/", ally_views.times, name="times"),
    path("profile/matching/", ally_views.matching, name="matching"),
    path("profile/letters/", ally_views.letters_switch, name="letters_switch"),
]
