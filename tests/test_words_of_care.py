"""All words on the pages of the care team go through gettext, as ``tests.test_words`` has it of other pages."""

from datetime import timedelta
from uuid import uuid4

from alongside.conversations import acts
from alongside.conversations.acts import ToTell
from alongside.conversations.models import Conversation, Report
from alongside.conversations.tests.conftest import (  # noqa: F401 - fixtures
    FIRST_WORDS,
    amal,
    as_her,
    care_member,
    cora_of_care,
    make_ally,
    marisol_of_care,
    offer,
    talk,
)
from alongside.introductions.models import Door
from alongside.people import acts as people
from alongside.people.models import CareMember, Organisation
from alongside.records import clock
from tests.test_words import marked, unmarked  # noqa: F401 - a fixture

WORDS = "Half a thought."
LINE = "Night line 000 000"
TAKES = "A day."
WRITTEN = [LINE, FIRST_WORDS, WORDS, TAKES, "Money and debts", "Alongside", "Marisol", "Money", "Amal", "Cora", "Dora"]


def check(pages) -> None:
    assert [page.status_code for page in pages if page.status_code >= 500] == []
    assert [unmarked(page.content.decode(), WRITTEN) for page in pages] == [[]] * len(pages)


def test_every_word_of_what_she_tells_the_care_team_can_be_translated(
    wren,
    amal,  # noqa: F811
    talk,  # noqa: F811
    as_her,  # noqa: F811
    marisol_of_care,  # noqa: F811
    cora_of_care,  # noqa: F811
    marked,  # noqa: F811
):
    Door.objects.create(answers_take=TAKES)
    browser, here = as_her(wren), f"/talk/c/{talk.pk}/"
    acts.send(amal, talk, WORDS, uuid4())
    pages = [browser.get("/talk/care/"), browser.get(f"{here}report/"), browser.get(f"{here}uneasy/")]
    pages += [browser.post(address) for address in ("/talk/care/", f"{here}report/", f"{here}uneasy/")]
    fields = {"text": WORDS, "messages": ["1", "2"], "tells_openings": "on", "nonce": str(uuid4())}
    pages.append(browser.post(f"{here}report/", fields | {"before": "2"}))
    pages.append(browser.post(f"{here}report/", fields, follow=True))
    report = Report.objects.get()
    told = f"/talk/care/{report.pk}/"
    acts.open_report(marisol_of_care, report)
    acts.answer_report(cora_of_care, report, WORDS, uuid4())
    Report.objects.update(expires_at=clock.now() + timedelta(days=3))
    pages += [browser.get(address) for address in ("/talk/home/", "/talk/care/", told, "/talk/delete/")]
    pages += [browser.post(f"{told}add/"), browser.post(f"{told}take-back/", follow=True)]
    Conversation.objects.update(began_at=clock.now() - timedelta(days=15))
    pages.append(browser.get(here))
    pages.append(browser.post(f"{here}uneasy/", {"nothing": "1"}, follow=True))
    pages.append(browser.post(f"{here}felt/", {"felt": "n"}, follow=True))
    CareMember.objects.all().delete()
    pages += [browser.get(told), browser.post(f"{told}add/", {"text": WORDS})]
    pages.append(browser.post("/talk/care/", {"text": WORDS}))
    Organisation.objects.create(numbers=LINE)
    pages += [browser.get("/talk/care/"), browser.get(f"{here}report/")]
    check(pages)


def test_every_word_of_reports_at_the_desk_can_be_translated(
    wren,
    amal,  # noqa: F811
    talk,  # noqa: F811
    marisol_of_care,  # noqa: F811
    cora_of_care,  # noqa: F811
    make_account,
    as_,
    open_in,
    marked,  # noqa: F811
):
    browser = open_in(as_(marisol_of_care.user), marisol_of_care)
    pages = [browser.get("/desk/reports/")]
    report = acts.tell_care(
        wren, ToTell(Report.Kind.REPORT, WORDS, talk, messages=[1], leave_out=[cora_of_care.user.pk])
    )
    worry = acts.tell_care(amal, ToTell(Report.Kind.WORRY_LIFE, WORDS, talk, messages=[1]))
    acts.answer_report(wren, report, WORDS, uuid4())
    late = care_member(make_account("dora", "survivor leader"))
    Report.objects.filter(pk=report.pk).update(expires_at=clock.now() + timedelta(days=3))
    for each in (report, worry):
        here = f"/desk/reports/{each.pk}/"
        pages += [browser.get(here), browser.post(f"{here}answer/", {"text": ""}), browser.post(here, follow=True)]
        pages += [browser.post(f"{here}answer/", {"text": ""}), browser.post(f"{here}pass-on/", follow=True)]
        pages.append(browser.post(f"{here}answer/", {"text": WORDS, "nonce": str(uuid4())}, follow=True))
        pages.append(browser.post(f"{here}pass-on/", {"to": str(late.user.pk)}, follow=True))
        pages.append(browser.post(f"{here}settle/", follow=True))
        pages += [browser.post(f"{here}settle/", follow=True), browser.get(here), browser.get("/desk/")]
    people.delete_everything(wren.survivor)
    people.leave(amal.user)
    pages += [browser.get(f"/desk/reports/{each.pk}/") for each in (report, worry)]
    check(pages)
