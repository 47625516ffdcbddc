"""Where a survivor talks, and writes to the care team."""

from django.urls import path

from alongside.conversations import care_views
from alongside.conversations import survivor_views as views

app_name = "talk"
urlpatterns = [
    path("home/", views.home, name="home"),
    path("c/<uuid:conversation_id>/", views.conversation, name="conversation"),
    path("c/<uuid:conversation_id>/send/", views.send, name="send"),
    path("c/<uuid:conversation_id>/new/", views.new, name="new"),
    path("c/<uuid:conversation_id>/draft/", views.draft, name="draft"),
    path("c/<uuid:conversation_id>/earlier/", views.earlier, name="earlier"),
    path("c/<uuid:conversation_id>/end/", views.end, name="end"),
    path("c/<uuid:conversation_id>/block/", views.block, name="block"),
    path("c/<uuid:conversation_id>/copy/", views.copy, name="copy"),
    path("c/<uuid:conversation_id>/delete/", views.delete, name="delete"),
    path("c/<uuid:conversation_id>/report/", care_views.report, name="report"),
    path("c/<uuid:conversation_id>/uneasy/", care_views.uneasy, name="uneasy"),
    path("c/<uuid:conversation_id>/felt/", care_views.judged, name="judged"),
    path("care/", care_views.care, name="care"),
    path("care/<uuid:report_id>/", care_views.told, name="told"),
    path("care/<uuid:report_id>/add/", care_views.add, name="add"),
    path("care/<uuid:report_id>/take-back/", care_views.take_back, name="take_back"),
]
