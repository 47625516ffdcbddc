"""What the workshop keeps."""

from alongside.workshop.models.assessment import GroupBatch, Occasion, Sitting, SittingAnswer
from alongside.workshop.models.certificate import Certificate, Reminding
from alongside.workshop.models.disclosure import Disclosure
from alongside.workshop.models.enrolment import Enrolment, LessonDone
from alongside.workshop.models.front_page import FrontPage
from alongside.workshop.models.lesson import Lesson
from alongside.workshop.models.reflection import Reflection

__all__ = [
    "Certificate",
    "Disclosure",
    "Enrolment",
    "FrontPage",
    "GroupBatch",
    "Lesson",
    "LessonDone",
    "Occasion",
    "Reflection",
    "Reminding",
    "Sitting",
    "SittingAnswer",
]
