"""What a person erased leaves a tombstone, so that a restore does not bring it back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import transaction

from alongside.people.models import User
from alongside.practice.models import Attempt
from alongside.records import clock, erased_list, erasure, tombstones
from alongside.records.erased_list import DamagedListError, Erasure
from alongside.records.models import Tombstone
from alongside.workshop.models import FrontPage


@pytest.fixture
def backups(tmp_path, settings):
    """The folder of backups, with nothing in it yet."""
    settings.BACKUPS = tmp_path / "backups"
    settings.BACKUPS.mkdir()
    return settings.BACKUPS


@pytest.fixture
def listed(backups):
    """Give the rows that stand in the list."""

    def rows() -> set[tuple[str, str]]:
        path = backups / "erased"
        return {(each.table, each.row) for each in erased_list.read(path).erasures} if path.exists() else set()

    return rows


@pytest.fixture
def make_account(make_account):
    """An account is one row here, so that each that is erased leaves one tombstone."""

    def make(*args, **more) -> User:
        user: User = make_account(*args, **more)
        EmailAddress.objects.filter(user=user)._raw_delete("default")
        return user

    return make


def row_of(user: User) -> tuple[str, str]:
    """Ask before it is deleted: afterwards it has no id."""
    return "people_user", str(user.pk)


def left() -> set[tuple[str, str]]:
    return set(Tombstone.objects.values_list("table", "row"))


def test_whoever_leaves_is_named_by_table_and_id_alone(ruth):
    ruths_row = row_of(ruth)
    ruth.delete()
    assert left() == {ruths_row}


def test_rows_deleted_together_or_in_a_cascade_leave_one_each(ruth, noor):
    ruths_row = row_of(ruth)
    noors_row = row_of(noor)
    address = EmailAddress.objects.create(user=noor, email="noor@second.example")
    User.objects.filter(pk__in=[ruth.pk, noor.pk]).delete()
    assert left() == {
        ruths_row,
        noors_row,
        ("account_emailaddress", str(address.pk)),
    }


def test_a_deletion_that_is_taken_back_leaves_none(ruth):
    with transaction.atomic():
        ruth.delete()
        transaction.set_rollback(True)
    assert left() == set()


def test_a_row_whose_id_is_anothers_cannot_leave_one():
    with pytest.raises(TypeError, match="FrontPage has another model’s id"):
        tombstones.leaves_tombstone(FrontPage)


@pytest.mark.django_db(transaction=True)
def test_what_is_erased_on_demand_stands_in_the_list_at_once(ruth, listed):
    ruths_row = row_of(ruth)
    with transaction.atomic():
        ruth.delete()
        erasure.sweep_after_commit()
        assert listed() == set()
    assert listed() == {ruths_row}


def test_the_tick_writes_down_what_waited(ruth, backups, listed):
    ruths_row = row_of(ruth)
    backups.rmdir()
    ruth.delete()
    assert tombstones.write_down() == 0
    backups.mkdir()
    call_command("tick", verbosity=0)
    assert listed() == {ruths_row}
    assert tombstones.write_down() == 0


def test_a_list_that_was_lost_is_made_anew(ruth, noor, backups, listed):
    ruths_row = row_of(ruth)
    noors_row = row_of(noor)
    ruth.delete()
    tombstones.write_down()
    (backups / "erased").unlink()
    noor.delete()
    tombstones.write_down()
    assert listed() == {ruths_row, noors_row}


def test_a_list_that_cannot_be_written_holds_nobody_up(ruth, backups, listed, caplog):
    (backups / "erased").mkdir()
    with transaction.atomic():
        ruth.delete()
    assert erasure.sweep()
    assert "The list of what was erased cannot be written." in caplog.messages
    (backups / "erased").rmdir()
    assert tombstones.write_down() == 1


def test_tombstones_go_when_no_backup_is_old_enough(ruth, noor, listed):
    noors_row = row_of(noor)
    ruth.delete()
    Tombstone.objects.update(at=clock.now() - timedelta(days=15))
    tombstones.write_down()
    noor.delete()
    tombstones.write_down()
    for _ in range(2):
        call_command("tick", at=(clock.now() + timedelta(days=2)).isoformat(), verbosity=0)
        assert left() == listed() == {noors_row}


# --- What a restore does with them ------------------------------------------------------------------------------------


def erased(row: object, table: str = "people_user", *fields: str) -> Erasure:
    return Erasure(uuid4(), clock.now(), table, str(row), fields)


def test_what_came_back_is_erased_again(ruth, noor):
    assert tombstones.erase_again([erased(ruth.pk), erased(uuid4())]) == 2
    assert list(User.objects.all()) == [noor]


def test_what_the_backup_knew_of_is_not_touched(make_account):
    """A number is given again: what bears it now was written after the erasure."""
    ruth = make_account("ruth")
    address = EmailAddress.objects.create(user=ruth, email="ruth@second.example")
    known = erased(address.pk, "account_emailaddress")
    Tombstone.objects.create(pk=known.id, at=known.at, table=known.table, row=known.row)
    assert tombstones.erase_again([known]) == 0
    assert EmailAddress.objects.filter(pk=address.pk).exists()


def test_an_erasure_is_known_from_then_on(ruth, make_account):
    one = erased(4711, "account_emailaddress")
    tombstones.erase_again([one])
    EmailAddress.objects.create(pk=4711, user=ruth, email="ruth@second.example")
    assert tombstones.erase_again([one]) == 0
    assert EmailAddress.objects.filter(pk=4711).exists()


def test_fields_that_were_emptied_are_emptied_again(ruth):
    with transaction.atomic():
        User.objects.filter(pk=ruth.pk).update(name="")
        tombstones.erased_fields(User, ruth.pk, "name")
    (since,) = tombstones.known_here().erasures
    Tombstone.objects.all().delete()
    User.objects.filter(pk=ruth.pk).update(name="Ruth")
    assert tombstones.erase_again([since]) == 1
    ruth.refresh_from_db()
    assert ruth.name == ""
    assert ruth.email == "ruth@alongside.example"


def test_what_is_no_longer_called_so_is_no_error(ruth):
    assert tombstones.erase_again([erased(1, "an_old_table"), erased(ruth.pk, "people_user", "an_old_field")]) == 2
    ruth.refresh_from_db()


def test_a_row_that_can_be_none_is_refused_and_nothing_is_erased(ruth):
    with pytest.raises(DamagedListError, match="“12” is no id of practice_attempt"):
        tombstones.erase_again([erased(ruth.pk), erased(12, Attempt._meta.db_table)])
    assert User.objects.filter(pk=ruth.pk).exists()
    assert not Tombstone.objects.exists()
