"""Where a survivor opens, keeps and leaves what is hers."""

from django.urls import path

from alongside.people import code_views, promise_views, survivor_views

app_name = "hers"
urlpatterns = [
    path("open/", code_views.open_code, name="open"),
    path("code/change/", code_views.change_code, name="change_code"),
    path("delete/", code_views.delete_everything, name="delete"),
    path("gone/", code_views.gone, name="gone"),
    path("promises/", promise_views.promises_to_her, name="promises"),
    path("leave/", survivor_views.leave, name="leave"),
    path("quiet/", survivor_views.quiet, name="quiet"),
    path("close/", survivor_views.close, name="close"),
    path("settings/", survivor_views.settings, name="settings"),
    path("settings/name/", survivor_views.name, name="name"),
    path("look/", survivor_views.look, name="look"),
    path("notice/", survivor_views.notice, name="notice"),
]
