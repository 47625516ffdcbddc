"""Whose a conversation is: the survivor's and the ally's, each with her code open here; and a report: who told it.

To nobody else is it there. Care members come to reports by the desk.
"""

from uuid import UUID

from django.http import Http404, HttpRequest

from alongside.conversations.models import Conversation, Report
from alongside.people.opening import opener_of


def conversation_of(request: HttpRequest, conversation_id: UUID) -> Conversation:
    """Give the conversation if it is one of the two who asks. Raises ``Http404``, and when its term has run out.

    Only in views under ``for_survivor`` or ``with_code``.
    """
    own = Conversation.objects.of(opener_of(request).pair).select_related("introduction", "survivor", "ally")
    found = own.filter(pk=conversation_id).first()
    if found is None:
        raise Http404
    return found


def own_report_of(request: HttpRequest, report_id: UUID) -> Report:
    """Give what who asks has told the care team, as far as it is kept. Raises ``Http404``. Only in the same views."""
    found = Report.objects.told_by(opener_of(request).pair).filter(pk=report_id).first()
    if found is None:
        raise Http404
    return found
