"""The server's own keys: made once, printed once, typed in again when all else is lost, and changed."""

import io
import re
import stat
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as some
from nacl.public import PrivateKey

from alongside.config import paper, prepare, sealing_key
from alongside.config.alone import SERVING, alone
from alongside.config.backups.keys import private_key_from_text
from alongside.config.backups.packing import DATABASE, unpack
from alongside.config.backups.sealing import UnsealingStream
from alongside.config.environment import SettingError
from alongside.config.keys import SEALING_KEYS_FILE, read_or_make_sealing_keys, read_sealing_keys, write_sealing_keys
from alongside.core.sealing import ServerKeys, new_key
from alongside.people import reboxing
from alongside.people.boxes import box
from alongside.people.models import User
from alongside.records import server_keys
from alongside.records.models import ServerKey
from alongside.workshop.models import Reflection
from alongside.workshop.models.reflection import boxed

HOUSE = ServerKeys({1: bytes(range(32))}, bytes(range(32, 64)))
CHECKS = [" ".join(paper._in_fours(paper._check(number, HOUSE.keys[1]))) for number in (1, 99999)]
WORDS = "the heron stood still"
of_32_bytes = some.binary(min_size=32, max_size=32)
some_keys = some.builds(
    ServerKeys, some.dictionaries(some.integers(1, 0xFFFF), of_32_bytes, min_size=1, max_size=3), of_32_bytes
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of keys that the command finds."""
    for name in ("data", "backups"):
        monkeypatch.setenv(f"ALONGSIDE_{name.upper()}", str(tmp_path / name))
    monkeypatch.setenv("ALONGSIDE_KEYS", str(tmp_path / "keys"))
    return tmp_path / "keys"


@pytest.fixture
def types(monkeypatch):
    """Type these keys, as they stand on paper, into the command; give its exit status."""

    def type_(text: str) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        return sealing_key.main(["restore-from-paper"])

    return type_


def same(one: ServerKeys | None, other: ServerKeys) -> bool:
    return one is not None and (one.keys, one.handle_key) == (other.keys, other.handle_key)


# --- The file ---------------------------------------------------------------------------------------------------------


def test_they_are_made_once_for_their_owner_alone(tmp_path):
    made = read_or_make_sealing_keys(tmp_path / "keys")
    file = tmp_path / "keys" / SEALING_KEYS_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert re.fullmatch(r"handle [0-9a-f]{64}\n1 [0-9a-f]{64}\n", file.read_text())
    assert same(read_or_make_sealing_keys(tmp_path / "keys"), made)
    assert same(read_sealing_keys(tmp_path / "keys"), made)
    assert not same(read_or_make_sealing_keys(tmp_path / "others"), made)


def test_of_processes_that_start_together_all_have_the_same(tmp_path):
    made: list[ServerKeys] = []
    threads = [threading.Thread(target=lambda: made.append(read_or_make_sealing_keys(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert all(same(each, made[0]) for each in made)
    assert [path.name for path in tmp_path.iterdir()] == [SEALING_KEYS_FILE]


@given(some_keys)
def test_what_is_written_is_read_again(tmp_path_factory, keys):
    folder = tmp_path_factory.mktemp("keys")
    write_sealing_keys(folder, HOUSE)
    write_sealing_keys(folder, keys)
    assert same(read_sealing_keys(folder), keys)
    assert stat.S_IMODE((folder / SEALING_KEYS_FILE).stat().st_mode) == 0o600
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[:-2],
        lambda text: text[:70],
        lambda text: text[72:],
        lambda text: text + text[72:],
        lambda text: text.replace("1 ", "70000 "),
        lambda text: text.replace("1 ", "0 "),
        lambda text: text.replace("handle", "lasting"),
        lambda text: text + "\n",
        lambda text: text.replace("0", "g"),
        lambda text: "é" + text,
    ],
)
def test_a_damaged_file_stops_the_start_and_shows_no_key(tmp_path, damage):
    write_sealing_keys(tmp_path, HOUSE)
    file = tmp_path / SEALING_KEYS_FILE
    file.write_text(damage(file.read_text()), "utf-8")
    with pytest.raises(SettingError, match=r"damaged\. Put the saved file back|cannot be read or made") as raised:
        read_or_make_sealing_keys(tmp_path)
    assert not re.search("[0-9a-f]{20}", str(raised.value).replace(str(tmp_path), ""))


# --- The database knows them ------------------------------------------------------------------------------------------


def test_at_set_up_and_only_then_the_start_says_that_they_are_to_be_printed(db, capsys):
    prepare.note_sealing_keys()
    assert "Print them now, once, on paper: alongside sealing-key print" in capsys.readouterr().out
    prepare.note_sealing_keys()
    assert capsys.readouterr().out == ""


def test_the_database_keeps_fingerprints_and_no_key(db, settings):
    settings.SEALING_KEYS = HOUSE
    prepare.note_sealing_keys()
    kept = {row.number: row.fingerprint for row in ServerKey.objects.all()}
    assert kept == HOUSE.fingerprints
    assert {len(fingerprint) for fingerprint in kept.values()} == {16}
    assert not any(key.hex()[:8] in str(kept) for key in (HOUSE.handle_key, *HOUSE.keys.values()))


@pytest.mark.parametrize(
    ("found", "named"),
    [
        (ServerKeys({1: new_key()}, new_key()), "the handle key, the key 1"),
        (ServerKeys(HOUSE.keys, new_key()), "the handle key"),
        (ServerKeys({1: new_key()}, HOUSE.handle_key), "the key 1"),
        (ServerKeys({2: HOUSE.keys[1]}, HOUSE.handle_key), "the key 1"),
    ],
)
def test_a_server_that_lost_its_keys_does_not_start_with_new_ones(db, settings, found, named):
    settings.SEALING_KEYS = HOUSE
    prepare.note_sealing_keys()
    settings.SEALING_KEYS = found
    for _ in range(2):
        with pytest.raises(SettingError, match=r"restore-from-paper") as raised:
            prepare.note_sealing_keys()
        assert f"({named})" in str(raised.value)
    settings.SEALING_KEYS = HOUSE
    prepare.note_sealing_keys()


# --- Paper ------------------------------------------------------------------------------------------------------------


@given(
    some_keys, some.sampled_from([str.lower, str.upper, str.title]), some.sampled_from([" ", "  ", "\n", "\r\n", "\t"])
)
def test_what_is_printed_is_read_again_however_it_is_typed(keys, case, space):
    printed = paper.write_down(keys)
    from_the_first_key = printed[printed.index("handle key:") :]
    for text in (printed, case(from_the_first_key), re.sub(r"\s+", space, from_the_first_key).replace(":", "")):
        assert same(paper.keys_of(paper.read_back(text)), keys)


@given(some_keys, some.data())
def test_a_slip_of_one_letter_is_found_and_named(keys, data):
    printed = paper.write_down(keys)
    places = [match.start() for match in re.finditer(r"(?<=  )[0-9a-f ]{39}", printed)]
    place = data.draw(some.sampled_from(places)) + data.draw(some.sampled_from([0, 1, 2, 3, 5, 38]))
    other = data.draw(some.sampled_from("0123456789abcdef".replace(printed[place], "")))
    with pytest.raises(paper.PaperError, match=r"slip in the (handle key|key [0-9]+)"):
        paper.read_back(printed[:place] + other + printed[place + 1 :])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[:-30],
        lambda text: text.replace("check", ""),
        lambda text: text.replace("0001", "001"),
        lambda text: text.replace("0001", "0001 0001"),
        lambda text: text.replace("key 1:", ""),
        lambda text: text + text,
    ],
)
def test_what_is_not_whole_is_refused(spoil):
    with pytest.raises(paper.PaperError, match="is not whole"):
        paper.read_back(spoil(paper.write_down(HOUSE)))


def test_a_number_typed_for_another_is_a_slip():
    with pytest.raises(paper.PaperError, match="slip in the key 2"):
        paper.read_back(paper.write_down(HOUSE).replace("key 1:", "key 2:"))


def test_printing_shows_them_and_needs_no_database(folder, capsys):
    assert sealing_key.main(["print"]) == 1
    assert "made when the server starts" in capsys.readouterr().err
    write_sealing_keys(folder, HOUSE)
    assert sealing_key.main(["print"]) == 0
    assert same(paper.keys_of(paper.read_back(capsys.readouterr().out)), HOUSE)


def test_typed_in_where_nothing_is_they_are_there_again(folder, types, capsys):
    assert types(paper.write_down(HOUSE)) == 0
    assert same(read_sealing_keys(folder), HOUSE)
    assert "handle key, key 1" in capsys.readouterr().err


def test_typed_in_over_others_those_are_set_aside(folder, types, capsys):
    fresh = read_or_make_sealing_keys(folder)
    assert types(paper.write_down(HOUSE)) == 0
    assert same(read_sealing_keys(folder), HOUSE)
    (aside,) = folder.glob(f"{SEALING_KEYS_FILE}.aside-*")
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert str(aside) in capsys.readouterr().err
    aside.rename(folder / SEALING_KEYS_FILE)
    assert same(read_sealing_keys(folder), fresh)


def test_typed_in_over_a_damaged_file_they_are_whole_again(folder, types):
    write_sealing_keys(folder, HOUSE)
    (folder / SEALING_KEYS_FILE).write_text("torn")
    assert types(paper.write_down(HOUSE)) == 0
    assert same(read_sealing_keys(folder), HOUSE)
    assert len(list(folder.glob("*.aside-*"))) == 1


def test_an_earlier_key_is_added_to_those_that_are_there(folder, types):
    write_sealing_keys(folder, ServerKeys({2: bytes(32)}, HOUSE.handle_key))
    assert types(paper.write_down(HOUSE)) == 0
    assert same(read_sealing_keys(folder), ServerKeys({**HOUSE.keys, 2: bytes(32)}, HOUSE.handle_key))
    printed = paper.write_down(HOUSE)
    assert types(printed[printed.index("key 1:") :]) == 0
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda text: text.replace("0001", "0002"), "There is a slip in the key 1."),
        (lambda text: text[text.index("key 1:") :], "Both the handle key and"),
        (lambda text: "", "What was typed is not whole."),
        (lambda text: text.replace("key 1:", "key 99999:").replace(*CHECKS), "No key has such a number."),
    ],
)
def test_what_cannot_be_right_changes_nothing(folder, types, capsys, spoil, sentence):
    fresh = read_or_make_sealing_keys(folder)
    assert types(spoil(paper.write_down(HOUSE))) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert "Nothing was changed." in said
    assert same(read_sealing_keys(folder), fresh)
    assert len(list(folder.iterdir())) == 1


# --- A new one --------------------------------------------------------------------------------------------------------


@pytest.fixture
def house(transactional_db, make_account, folder, settings):
    """A house that is in use, with one key."""
    settings.SEALING_KEYS = HOUSE
    write_sealing_keys(folder, HOUSE)
    prepare.note_sealing_keys()
    wanda: User = make_account("wanda")
    Reflection.objects.create(learner=wanda, lesson="words", prompt="p", boxed=boxed(WORDS, wanda))
    return folder


def read() -> str | None:
    return Reflection.objects.get().words


def test_a_new_key_closes_everything_and_the_earlier_one_is_forgotten(house, settings, capsys):
    assert sealing_key.rotate(settings.SEALING_KEYS, house) == 0
    said = capsys.readouterr().out
    assert "under key 2, the only one now: 1 rows." in said
    assert "Print it now" in said
    kept = read_sealing_keys(house)
    assert kept is not None
    assert list(kept.keys) == [2]
    assert kept.handle_key == HOUSE.handle_key
    assert {row.number: row.fingerprint for row in ServerKey.objects.all()} == kept.fingerprints
    assert read() is None
    settings.SEALING_KEYS = kept
    assert read() == WORDS
    prepare.note_sealing_keys()
    assert sealing_key.rotate(settings.SEALING_KEYS, house) == 0
    assert list((read_sealing_keys(house) or HOUSE).keys) == [3]


STEPS = [
    (sealing_key, "write_sealing_keys", 1),
    (server_keys, "note", 1),
    (reboxing, "rebox_all", 1),
    (reboxing, "_rebox_row", 1),
    (server_keys, "forget", 1),
    (sealing_key, "write_sealing_keys", 2),
]


@pytest.mark.parametrize("is_done_first", [False, True])
@pytest.mark.parametrize(("where", "step", "time"), STEPS)
def test_interrupted_at_any_step_nothing_is_lost_and_it_goes_on(
    house, settings, monkeypatch, where, step, time, is_done_first
):
    does, calls = getattr(where, step), []

    def is_interrupted(*arguments):
        calls.append(arguments)
        if len(calls) < time:
            return does(*arguments)
        if is_done_first:
            does(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(where, step, is_interrupted)
    with pytest.raises(KeyboardInterrupt):
        sealing_key.rotate(settings.SEALING_KEYS, house)
    monkeypatch.setattr(where, step, does)

    settings.SEALING_KEYS = read_sealing_keys(house)
    prepare.note_sealing_keys()
    assert read() == WORDS
    Reflection.objects.update(boxed=boxed("written in between", User.objects.get()))

    assert sealing_key.rotate(settings.SEALING_KEYS, house) == 0

    settings.SEALING_KEYS = read_sealing_keys(house)
    prepare.note_sealing_keys()
    assert len(settings.SEALING_KEYS.keys) == 1
    assert settings.SEALING_KEYS.keys.keys().isdisjoint(HOUSE.keys)
    assert read() == "written in between"


def test_while_somebody_writes_the_earlier_key_stays(house, settings, monkeypatch, capsys):
    monkeypatch.setattr(reboxing, "rebox_all", lambda _keys: reboxing.Reboxed(missed=1))
    assert sealing_key.rotate(settings.SEALING_KEYS, house) == 1
    assert "Stop every server" in capsys.readouterr().err
    assert sorted((read_sealing_keys(house) or HOUSE).keys) == [1, 2]
    assert ServerKey.objects.filter(number=1).exists()


def test_what_no_key_opens_is_told_and_holds_nothing_up(house, settings, capsys):
    Reflection.objects.update(boxed=b"torn")
    assert sealing_key.rotate(settings.SEALING_KEYS, house) == 0
    assert "No key opened 1 boxes" in capsys.readouterr().err


def test_while_a_server_runs_its_key_is_not_changed(folder, tmp_path):
    with alone(tmp_path / "data", SERVING), pytest.raises(SettingError, match="Stop it first"):
        sealing_key.main(["rotate"])
    assert not folder.exists()


# --- A backup, and another server -------------------------------------------------------------------------------------


def test_a_backup_holds_no_key_and_opens_only_with_the_paper(house, vault, other_house, settings, tmp_path):
    write_sealing_keys(settings.ENVIRONMENT.keys, HOUSE)
    backup = vault.take()
    key: PrivateKey = private_key_from_text(vault.private_key.read_text(), "the test")
    with backup.open("rb") as sealed:
        unpack(io.BufferedReader(UnsealingStream(sealed, key)), tmp_path / "unpacked")
    raw = (tmp_path / "unpacked" / DATABASE).read_bytes()
    assert not [each for each in (HOUSE.handle_key, HOUSE.keys[1]) if each in raw or each.hex().encode() in raw]

    other = other_house()
    restored = other.run("restore", backup, "--key", vault.private_key)
    assert restored.returncode == 0, restored.stderr
    assert "sealing_keys" in restored.stderr

    refused = other.run("sealing-key", "rotate")
    assert refused.returncode == 2
    assert "was written with other sealing keys" in refused.stderr

    typed = other.run("sealing-key", "restore-from-paper", typed=paper.write_down(HOUSE))
    assert typed.returncode == 0, typed.stderr
    rotated = other.run("sealing-key", "rotate")
    assert rotated.returncode == 0, rotated.stderr
    ((there,),) = other.ask("SELECT boxed FROM workshop_reflection")
    settings.SEALING_KEYS = read_sealing_keys(other.folder / "keys")
    Reflection.objects.update(boxed=bytes(there))
    assert read() == WORDS
    assert box("reflection", WORDS, whose=None)[:2] == b"\x00\x02"
