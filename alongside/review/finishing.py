"""What happens when a workflow ends: Wagtail's own way would publish whatever was saved last.

Wagtail reads this while it loads, so nothing here may be imported before it is called.
"""

from typing import Any


def publish_what_was_read(workflow_state: Any, user: Any = None) -> None:
    """Let exactly the version that ``user`` read go live, with her approval, in the workflow's transaction.

    Raises ``PermissionDenied`` when she may not approve it.
    """
    from alongside.review.approving import approve

    approve(workflow_state.current_task_state, user)
