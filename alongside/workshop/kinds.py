"""The kinds of content of this room, as files and rows."""

from collections.abc import Mapping

from alongside.review.files import read_file, write_file
from alongside.review.kinds import Kind
from alongside.review.shape import Data
from alongside.workshop import lesson_data
from alongside.workshop.disclosure_data import disclosure_from_data
from alongside.workshop.models import Disclosure, Lesson


class LessonKind(Kind[Lesson]):
    """Lessons."""

    folder = "lessons"
    model = Lesson
    speaks_of = ("drills", "scenarios")

    def read(self, text: str, name: str) -> Data:
        """Give the data of a lesson."""
        return read_file(text, name, lesson_data.from_file)

    def write(self, data: Data) -> str:
        """Give the text of a lesson's file."""
        return write_file(lesson_data.to_file(data))

    def content_in(self, data: Data) -> list[tuple[str, str]]:
        """Give the drills and scenarios of a lesson."""
        return lesson_data.content_in(data)

    def media_in(self, data: Data) -> list[str]:
        """Give the videos, captions and downloads of a lesson."""
        return lesson_data.media_in(data)

    def with_media(self, data: Data, names: Mapping[str, str]) -> Data:
        """Give the lesson with other files."""
        return lesson_data.with_media(data, names)


class DisclosureKind(Kind[Disclosure]):
    """Disclosures of the assessment."""

    folder = "disclosures"
    model = Disclosure

    def read(self, text: str, name: str) -> Data:
        """Give the data of a disclosure."""
        return read_file(text, name, disclosure_from_data)
