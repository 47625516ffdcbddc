"""Where a letter leads that anybody may read over her shoulder: to an address that says nothing."""

from django.urls import path

from alongside.introductions import ally_views

app_name = "letters"
urlpatterns = [path("<str:token>/stop/", ally_views.stop_letters, name="stop")]
