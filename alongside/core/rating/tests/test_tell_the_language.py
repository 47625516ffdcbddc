"""What is surely not English is not rated; how people type English is never taken for another language."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.rating import language
from alongside.core.rating.language import Language, language_of, languages_of

ENGLISH = """
lol idk|smh fr|gracias|no way|rip|k|yh same|wyd|wya rn|nvm|ttyl|gn x|a lot|tell me more|mhm|sameeee|hugggs
ugh hate that for u|oh honey|lowkey proud of u|highkey mad 4 u|tf is wrong w him|hmu l8r|gr8 job|b safe|luv u|jfc
ikr|bet, lmk|da fuq|aint nobody judging u fr fr|he foul for that ngl|she finna do better|ion blame u sis
dat boi trash periodt|on god sis u good|u been thru it fr|chile he aint it|no cap u a real one|deadass im w u
he was wildin fr|istg he annoying|cmon now gurl|omo this one heavy o|abeg no vex|wetin happen|e go better
na so e be|you dey try well well|i dey for you my sister|no wahala, i dey here|chai, e pain me o|how body dey
na wa for dat man o|sorry o, God dey|walahi he no try at all|ehn, so what happened after|pele my dear
Haba, why him do am|Eya, sorry ehn|I hear you jare|e no be your fault|no mind am|kmt what a wasteman
innit bruv that's peak|bare sad that|u alrite hun xx|aw babes xx|gutted 4 u|defo not ur fault|soz 2 hear
im heer 4 yuo|thsi is so awfull|taht sounds relly hard|i beleive yuo|wht hapend aftr|dnt blame urself
my nana is 66|oh mija im so sorry|ay dios mio that sounds heavy|te quiero babe, i'm here|c'est la vie i guess
déjà vu|José told me|María José, Nguyen and Björk came|café tmrw?|Zoë, Chloë and Renée send love
thats awful im so sorry do you want to talk|<3
"""

OTHER = """
No tienes la culpa de nada de lo que pasó|lo siento mucho|siento mucho lo q paso, kieres hablar?
je suis là pour toi|ce n'est pas ta faute|Das tut mir so leid, möchtest du darüber reden?
Mi dispiace tanto, vuoi parlarne un po'?|não é culpa sua|Sinto muito, você quer conversar sobre isso?
nie jesteś sama|tak mi przykro, chcesz o tym pogadać|nu este vina ta ce s-a intamplat, sunt aici
sen suçlu değilsin|det är inte ditt fel|Det er ikke din skyld, jeg er her for deg
Olen niin pahoillani, haluatko puhua siitä?|Nagyon sajnálom, szeretnél beszélni róla?
Je mi to moc líto, chceš o tom mluvit?|ik ben er voor je|bạn không có lỗi|hindi mo kasalanan
saya ada di sini untuk awak|Pole sana, sio kosa lako, niko hapa nawe|Waan ka xumahay, ma rabtaa inaad ka hadasho
Më vjen keq, dëshiron të flasim?|kii ṣe ẹbi rẹ|Mwen regret sa anpil, ou pa poukont ou|я с тобой|Люблю тебя lol
我在这里|あなたのせいじゃない|너의 잘못이 아니야|أنا معك|אני כאן איתך|मैं तुम्हारे साथ हूँ|ขอโทษนะ|Λυπάμαι πολύ
"""


def listed(lines: str) -> list[str]:
    return [text for line in lines.strip().splitlines() for text in line.split("|")]


@pytest.mark.parametrize("text", listed(ENGLISH))
def test_how_people_type_english_is_never_taken_for_another_language(text):
    assert language_of(text) is not Language.OTHER


@pytest.mark.parametrize("text", listed(OTHER))
def test_another_language_is_known_for_one(text):
    assert language_of(text) is Language.OTHER


def test_a_sentence_too_short_to_tell_goes_with_the_whole_reply():
    spanish = "No tienes la culpa de nada de lo que pasó."
    assert languages_of(["Te creo.", spanish]) == [Language.OTHER, Language.OTHER]
    assert languages_of(["I'm here.", spanish]) == [Language.ENGLISH, Language.OTHER]
    assert languages_of(["Oh mija.", "That sounds so heavy to carry on your own."])[0] is not Language.OTHER


@given(st.text(st.characters(codec=None)))
def test_no_text_is_too_strange(text):
    assert language_of(text) in Language


def test_many_threads_load_the_identifier_once(monkeypatch):
    monkeypatch.setattr(language, "_loaded", [])
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(language_of, ["No tienes la culpa de nada de lo que pasó"] * 32))
    assert found == {Language.OTHER}
    assert len(language._loaded) == 1
