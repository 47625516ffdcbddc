"""A learner who has finished fetches her certificate; anybody verifies it, and learns nothing else."""

import io
import re
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from alongside.people.acts import Refused
from alongside.people.models import Organisation
from alongside.records import clock
from alongside.records.models import Entry, Verb
from alongside.workshop import acts
from alongside.workshop.acts.certifying import as_name
from alongside.workshop.certificate.paper import MissingLetterError, pdf_of
from alongside.workshop.certificate.verifying import Standing, bears, verify
from alongside.workshop.models import Certificate, Enrolment, LessonDone
from alongside.workshop.models.certificate import as_code, new_code

NAMES = {
    "Latin": "Łucja Nguyễn-O’Connor",
    "Greek": "Ελένη Παππά",
    "Cyrillic": "Олена Ґудзь",
    "Arabic": "فاطمة الزهراء",
    "Persian": "مهسا علی\u200cپور",
    "Hebrew": "נועה לוי",
    "Devanagari": "प्रिया क्षेत्री",
    "Bengali": "তাসলিমা আখতার",
    "Tamil": "தமிழ்ச்செல்வி",
    "Telugu": "శ్రీలత",
    "Kannada": "ಕೃಷ್ಣವೇಣಿ",
    "Malayalam": "ശ്രീദേവി",
    "Gujarati": "જ્યોતિ",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ",
    "Sinhala": "ශ්‍රියානි",
    "Thai": "สมหญิง",
    "Lao": "ບຸນມີ",
    "Khmer": "សុភាព",
    "Myanmar": "အောင်ဆန်း",
    "Tibetan": "བསྟན་འཛིན",
    "Georgian": "ნინო",
    "Armenian": "Անահիտ",
    "Ethiopic": "ሰላማዊት",
    "Chinese": "張麗華",
    "Japanese": "さくら 山田",
    "Korean": "김민지",
    "mixed": "Ruth רות 路得",
}


@pytest.fixture
def finished(ruth):
    """Ruth has been all the way."""
    Organisation.objects.create(name="The Long Table")
    Enrolment.objects.create(learner=ruth, finished_at=clock.now())
    for number in range(10):
        LessonDone.objects.create(learner=ruth, lesson=f"lesson-{number}")
    return ruth


@pytest.fixture
def certificate(finished):
    return acts.fetch_certificate(finished, "Ruth Ó Sé")


def made_for(name: str) -> bytes:
    return pdf_of(Certificate(name_on_it=name, organisation="A", lessons=10, practices=2, minutes=190))


def test_she_fetches_it_with_the_name_as_she_writes_it(as_, finished):
    client = as_(finished)
    assert "Which name" in client.get("/workshop/certificate/").content.decode()
    assert client.post("/workshop/certificate/", {"name": "  Ruth\u202e   Ó Sé\x07 "}).status_code == 302
    assert Certificate.objects.get().name_on_it == "Ruth Ó Sé"
    finished.name = "Somebody else"
    finished.save()
    assert "Ruth Ó Sé" in client.get("/workshop/certificate/").content.decode()
    client.post("/workshop/certificate/", {"name": "Another name"})
    assert Certificate.objects.get().name_on_it == "Ruth Ó Sé"


def test_before_all_is_done_there_is_none(as_, ruth):
    client = as_(ruth)
    assert client.post("/workshop/certificate/", {"name": "Ruth"}).status_code == 422
    assert not Certificate.objects.exists()
    assert client.get("/workshop/certificate/paper/").status_code == 404


@pytest.mark.parametrize(("name", "why"), [("", "no name"), ("\u200b \t", "no name"), ("a" * 101, "too long")])
def test_a_name_that_is_none_is_refused_and_stays_in_the_box(as_, finished, name, why):
    answer = as_(finished).post("/workshop/certificate/", {"name": name})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert name in answer.content.decode()


def test_a_character_without_a_letter_is_named(as_, finished):
    answer = as_(finished).post("/workshop/certificate/", {"name": "Ruth 𓀀"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "no “𓀀”" in page
    assert 'value="Ruth 𓀀"' in page
    assert not Certificate.objects.exists()


def test_an_organisation_whose_name_cannot_be_printed_is_not_blamed_on_her(finished):
    Organisation.objects.update(name="Table 𓀀")
    with pytest.raises(Refused, match="name of the organisation"):
        acts.fetch_certificate(finished, "Ruth")


def test_fetched_twice_it_is_one(finished):
    first = acts.fetch_certificate(finished, "Ruth")
    with pytest.raises(Refused):
        acts.fetch_certificate(finished, "Ruth")
    assert Certificate.objects.get() == first


# --- The paper ---


def test_the_paper_is_tagged_and_says_what_was_done(as_, certificate):
    answer = as_(certificate.learner).get("/workshop/certificate/paper/")
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    paper: Any = PdfReader(io.BytesIO(answer.content))
    root = paper.trailer["/Root"]
    assert root["/StructTreeRoot"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert paper.metadata.title == "Certificate of the Alongside workshop"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    (page,) = paper.pages
    text = " ".join(page.extract_text().split())
    for words in (
        "Ruth Ó Sé",
        "The Long Table",
        "10 lessons",
        certificate.code,
        "not yet reviewed",
        "ready to be an ally",
    ):
        assert words in text
    (link,) = page["/Annots"]
    assert link.get_object()["/A"]["/URI"].endswith(f"/certificates/{certificate.code}/")


@pytest.mark.django_db
@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_any_script_stands_on_it(script):
    name = as_name(NAMES[script])
    paper: Any = PdfReader(io.BytesIO(made_for(name)))
    fonts = [font.get_object() for font in paper.pages[0]["/Resources"]["/Font"].values()]
    known = "".join(font["/ToUnicode"].get_data().decode("latin-1") for font in fonts)
    in_maps = "".join(chr(int(code, 16)) for code in re.findall(r"[0-9A-F]{4}", known) if not "D800" <= code <= "DFFF")
    letters = {each for each in name if each.isalpha()}
    assert letters <= set(in_maps)


@pytest.mark.django_db
@given(st.text(max_size=100))
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_becomes_text_or_is_named(typed):
    name = as_name(typed)
    assert as_name(name) == name
    try:
        assert made_for(name).startswith(b"%PDF")
    except MissingLetterError as missing:
        named = missing.text
        assert set(named) <= set(name)


@pytest.mark.django_db
def test_nothing_in_a_name_is_markup():
    paper: Any = PdfReader(io.BytesIO(made_for('#read("/etc/passwd") *b* $x$ "; #panic()')))
    assert '#read("/etc/passwd") *b* $x$' in paper.pages[0].extract_text()


# --- Verifying ---


@given(st.booleans())
@settings(max_examples=30)
def test_a_code_is_read_however_it_is_written(is_small):
    code = new_code()
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l") if is_small else code.replace("-", "")
    assert as_code(f" {typed} ") == code
    assert as_code(typed[:-1]) == ""
    assert as_code(typed + "U") == ""


def test_codes_are_of_130_bits():
    codes = {new_code() for _time in range(1000)}
    assert len(codes) == 1000
    assert {len(code.replace("-", "")) for code in codes} == {26}
    assert len(set("".join(codes)) - {"-"}) == 32


def test_anybody_learns_that_it_is_genuine_and_nothing_else(client, certificate):
    answer = client.post("/certificates/", {"code": certificate.code.lower()}, follow=True)
    page = answer.content.decode()
    assert "This certificate is genuine" in page
    assert clock.now().strftime("%B %Y") in page
    for hidden in ("Ruth", "Ó Sé", str(certificate.learner_id), str(certificate.pk), "@"):
        assert hidden not in page


@pytest.mark.parametrize("typed", ["", "nonsense", "00000-00000-00000-00000-00000"])
def test_what_is_no_code_is_refused_with_a_sentence(client, db, typed):
    answer = client.post("/certificates/", {"code": typed})
    assert answer.status_code == 422
    assert "code" in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_code_says_so(client):
    answer = client.get(reverse("certificates:verify", args=[new_code()]))
    assert answer.status_code == 404
    assert "not known" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "fits"),
    [("ruth ó SÉ", True), ("Ruth O\u0301 Se\u0301", True), ("RuthÓSé", True), ("Ruth", False), ("", False)],
)
def test_whether_a_name_fits(client, certificate, typed, fits):
    assert bears(certificate.code, typed) is fits
    page = client.post(reverse("certificates:verify", args=[certificate.code]), {"name": typed}).content.decode()
    assert ("It fits" in page) is fits
    assert "Ruth Ó Sé" not in page
    assert bears(new_code(), typed) is False


def test_names_are_not_to_be_guessed(client, certificate):
    address = reverse("certificates:verify", args=[certificate.code])
    found = [client.post(address, {"name": f"name {number}"}).status_code for number in range(22)]
    assert found[:20] == [200] * 20
    assert found[-1] == 429


def test_a_coordinator_withdraws_it_and_the_page_says_so(as_, client, certificate, cora, marisol):
    with pytest.raises(Refused):
        acts.revoke_certificate(certificate, marisol, may_have_another=False)
    acts.revoke_certificate(certificate, cora, may_have_another=False)
    assert verify(certificate.code).standing is Standing.WITHDRAWN
    assert not bears(certificate.code, "Ruth Ó Sé")
    assert "was withdrawn" in client.get(reverse("certificates:verify", args=[certificate.code])).content.decode()
    entry = Entry.objects.get(verb=Verb.CERTIFICATE_REVOKED)
    assert (entry.actor, entry.subject) == (cora.pk, certificate.learner_id)
    assert as_(certificate.learner).get("/workshop/certificate/paper/").status_code == 404
    assert "was withdrawn" in as_(certificate.learner).get("/workshop/certificate/").content.decode()
    with pytest.raises(Refused):
        acts.fetch_certificate(certificate.learner, "Ruth")
    with pytest.raises(Refused):
        acts.revoke_certificate(certificate, cora, may_have_another=True)


def test_one_with_a_wrong_name_is_fetched_anew(certificate, cora):
    acts.revoke_certificate(certificate, cora, may_have_another=True)
    another = acts.fetch_certificate(certificate.learner, "Ruth Shea")
    assert another.code != certificate.code
    assert verify(certificate.code).standing is Standing.WITHDRAWN


def test_it_goes_with_the_account(certificate):
    certificate.learner.delete()
    assert verify(certificate.code).standing is Standing.UNKNOWN
