"""To take along what one has done in the lessons, and written to oneself."""

from typing import Any

from alongside.people.export import exports
from alongside.people.models import User
from alongside.workshop.models import Certificate, Enrolment, LessonDone, Reflection, Sitting


@exports("lessons")
def export(learner: User) -> dict[str, Any]:
    """Give her way through the lessons and her reflections, opened for her, as JSON has it."""
    enrolment = Enrolment.objects.filter(learner=learner).first()
    return {
        "began_at": enrolment.started_at if enrolment else None,
        "finished_at": enrolment.finished_at if enrolment else None,
        "was_reading": enrolment.last_lesson if enrolment else "",
        "done": list(LessonDone.objects.filter(learner=learner).values("lesson", "at")),
        "reflections": [
            {
                "lesson": reflection.lesson,
                "to": reflection.prompt,
                "words": reflection.words,
                "written_at": reflection.updated_at,
                "expires_at": reflection.expires_at,
            }
            for reflection in Reflection.objects.of(learner).reverse()
        ],
    }


@exports("assessment")
def export_sittings(learner: User) -> list[dict[str, Any]]:
    """Give both sittings of the learner with her replies, as far as they are kept, and what they did."""
    return [
        {
            "occasion": sitting.occasion,
            "form": sitting.form,
            "started_at": sitting.started_at,
            "finished_at": sitting.finished_at,
            "words_expire_at": sitting.words_expire_at,
            "answers": [
                {
                    "said_to_you": each.disclosure.says,
                    "your_reply": each.reply,
                    "not_sent_yet": each.draft,
                    "answered_at": each.answered_at,
                    "reading": each.rating,
                }
                for each in sitting.asked
            ],
        }
        for sitting in Sitting.objects.to_be_had().filter(learner=learner).order_by("started_at")
    ]


@exports("certificates")
def export_certificates(learner: User) -> list[dict[str, Any]]:
    """Give the certificates of the learner, those that were withdrawn too."""
    fields = ("code", "name_on_it", "organisation", "lessons", "practices", "minutes", "issued_at", "revoked_at")
    return list(Certificate.objects.filter(learner=learner).values(*fields))
