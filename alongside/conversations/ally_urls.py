"""Where an ally finds what is waiting, and talks."""

from django.urls import path

from alongside.conversations import ally_care_views as care_views
from alongside.conversations import ally_views as views
from alongside.conversations import answering_views

app_name = "conversations"
urlpatterns = [
    path("", views.start, name="start"),
    path("waiting/<uuid:introduction_id>/", views.waiting, name="waiting"),
    path("waiting/<uuid:introduction_id>/accept/", views.accept, name="accept"),
    path("waiting/<uuid:introduction_id>/decline/", views.decline, name="decline"),
    path("c/<uuid:conversation_id>/", answering_views.conversation, name="conversation"),
    path("c/<uuid:conversation_id>/send/", answering_views.send, name="send"),
    path("c/<uuid:conversation_id>/new/", answering_views.new, name="new"),
    path("c/<uuid:conversation_id>/draft/", answering_views.draft, name="draft"),
    path("c/<uuid:conversation_id>/check/", answering_views.check, name="check"),
    path("c/<uuid:conversation_id>/hand-back/", answering_views.hand_back, name="hand_back"),
    path("c/<uuid:conversation_id>/block/", answering_views.block, name="block"),
    path("c/<uuid:conversation_id>/worry/", care_views.worry, name="worry"),
    path("c/<uuid:conversation_id>/report/", care_views.report, name="report"),
    path("care/", care_views.care, name="care"),
    path("care/<uuid:report_id>/", care_views.told, name="told"),
    path("care/<uuid:report_id>/add/", care_views.add, name="add"),
    path("care/<uuid:report_id>/take-back/", care_views.take_back, name="take_back"),
]
