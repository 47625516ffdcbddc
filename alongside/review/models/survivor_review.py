"""The one step of the one workflow: a survivor leader reads what was handed in."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.locks import WorkflowLock
from wagtail.models import Task, TaskState, WorkflowState

APPROVE, SEND_BACK = "approve", "reject"
Action = tuple[str, str | Promise, bool]


class SendBackForm(forms.Form):
    """Asks what would help: sent back without a word, nobody can go on with it."""

    comment = forms.CharField(label=_("What would help"), widget=forms.Textarea({"rows": 4}))


class ReviewLock(WorkflowLock):  # type: ignore[misc]
    """While something waits for review it stays as it was handed in: what she reads is what goes live."""

    def get_message(self, user: Any) -> str:
        """Say to ``user`` what it waits for, and what she can do."""
        if self.task.get_actions(self.object, user):
            return gettext(
                "This waits for your review. Read it as a learner does in the preview, and compare it with what is "
                "live. Then approve it, or send it back with what would help."
            )
        return gettext(
            "This waits for the review of a survivor leader who did not work on it. Until then nobody changes it. To "
            "go on with it, whoever handed it in can cancel the review."
        )

    def get_locked_by(self, user: Any, can_lock: bool = False) -> str:
        """Say what holds it."""
        return gettext("Waits for review")

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        """Say what that means."""
        return gettext("It stays as it was handed in until a survivor leader has read it")


class SurvivorReview(Task):  # type: ignore[misc]
    """A survivor leader who did not work on it approves what was handed in, or sends it back with what would help."""

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("survivor review")
        verbose_name_plural = _("survivor reviews")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Have the newest version reviewed.

        What is handed in again comes with the content as it was before it was saved: asked of that, Wagtail would have
        the version reviewed that was sent back.
        """
        return super().start(WorkflowState.objects.get(pk=workflow_state.pk), user=user)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Let survivor leaders read what waits for them."""
        from alongside.review.reviewing import is_reviewer

        return is_reviewer(user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Let nobody change it meanwhile, reviewers included: what they changed would be their own work."""
        return True

    def get_actions(self, obj: Any, user: Any) -> list[Action]:
        """Give what ``user`` can do about what was handed in of ``obj``: nothing, unless she may decide."""
        state = obj.current_workflow_task_state
        return self._actions(state, user) if state else []

    def _actions(self, state: TaskState, user: Any) -> list[Action]:
        from alongside.review.reviewing import is_stale, may_decide

        if state.task_id != self.pk or not may_decide(user, state):
            return []
        send_back = (SEND_BACK, _("Send back"), True)
        return [send_back] if is_stale(state) else [(APPROVE, _("Approve"), True), send_back]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Ask for words: a few if she likes when she approves, what would help when she sends it back."""
        return SendBackForm if action == SEND_BACK else TaskStateCommentForm

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or send back what was handed in. Raises ``PermissionDenied``.

        Wagtail asks whether ``user`` may decide about the content in the address, and not whether this is what was
        handed in of it. So it is asked here again, of what she decides about, while nobody else can.
        """
        state = TaskState.objects.select_for_update().get(pk=task_state.pk).specific
        if action_name not in [name for name, _words, _asks in self._actions(state, user)]:
            raise PermissionDenied
        super().on_action(state, user, action_name, comment=str(kwargs.get("comment", "")))

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        """Give what waits for ``user``, without her own work."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        states: QuerySet[TaskState] = waiting.filter(
            pk__in=[state.pk for state in waiting.select_related("revision") if self._actions(state, user)]
        )
        return states

    @classmethod
    def get_description(cls) -> str | Promise:
        """Say what it is."""
        return _("A survivor leader who did not work on it approves it, or sends it back")
