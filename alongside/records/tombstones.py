"""What a person erased must not come back by a restore.

A room registers what people can erase::

    @leaves_tombstone
    class Reflection(models.Model): ...

From then on each row that is deleted, one by one, by ``QuerySet.delete()`` or in a cascade, leaves a tombstone in the
same transaction: the table, the row's id and the time, never words. (``_raw_delete`` and SQL of one's own leave none.)
Where words are emptied and the row stays, the act says so itself, in its transaction::

    erased_fields(Attempt, attempt.pk, "draft")

and ``bury`` stands in where Django tells nobody that rows are deleted.

Tombstones are copied to the list beside the backups (``erased_list``) by ``erasure.sweep``, so at once where the act
calls ``sweep_after_commit()``, and by the tick at the latest. A restore erases again whatever stands in the list and
not among the backup's own tombstones: exactly what was erased after the backup was taken, whatever the clocks said, and
although a number may be given to another row afterwards. Both are kept for ``KEPT``, longer than any backup.

A model whose id is another's (a one-to-one primary key) cannot be registered: let it have an id of its own.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import post_delete

from alongside.records import clock, erased_list
from alongside.records.erased_list import DamagedListError, ErasedList, Erasure
from alongside.records.models import Tombstone
from alongside.records.ticking import at_each_tick

logger = logging.getLogger(__name__)

BACKUPS_KEPT = timedelta(days=14)
KEPT = BACKUPS_KEPT + timedelta(days=2)
_AT_A_TIME = 500

M = TypeVar("M", bound=type[models.Model])


def leaves_tombstone(model: M) -> M:
    """Let every row of ``model`` that is deleted leave a tombstone. Usable as a decorator.

    Raises ``TypeError`` for a model whose id is another model's.
    """
    if model._meta.pk.is_relation:
        raise TypeError(f"{model.__name__} has another model’s id; give it one of its own.")
    post_delete.connect(_leave, sender=model, dispatch_uid=f"tombstone of {model._meta.label}")
    return model


def erased_fields(model: type[models.Model], pk: object, *fields: str) -> None:
    """Leave a tombstone for ``fields`` of one row, which are emptied in the caller's transaction.

    A restore empties them again: null where that may be, else as in a new row. Raises ``FieldDoesNotExist``.
    """
    names = [model._meta.get_field(field).name for field in fields]
    Tombstone.objects.create(table=model._meta.db_table, row=str(pk), fields=",".join(names))


def bury(rows: models.QuerySet[Any]) -> None:
    """Leave a tombstone for each of ``rows``, in the caller's transaction: a restore takes them out of older backups.

    For rows of which Django says nothing when it deletes them, those of many-to-many fields; and for what stays here,
    but must not come back as it was.
    """
    table = rows.model._meta.db_table
    Tombstone.objects.bulk_create([Tombstone(table=table, row=str(pk)) for pk in rows.values_list("pk", flat=True)])


def write_down() -> int:
    """Copy the tombstones that are not there yet to the list beside the backups; give how many.

    A list that is missing is made anew, of all of them. Without a backups folder there is nothing to write to, and they
    wait. Raises ``OSError`` when it cannot be written.
    """
    path = Path(settings.BACKUPS) / erased_list.FILE_NAME
    if not path.parent.is_dir():
        return 0
    is_new = not path.exists()
    waiting = list(Tombstone.objects.filter(**({} if is_new else {"is_written_down": False})).order_by("at", "pk"))
    if waiting or is_new:
        erased_list.append(path, map(_as_erasure, waiting), since=clock.now() - KEPT)
    for start in range(0, len(waiting), _AT_A_TIME):
        written = [tombstone.pk for tombstone in waiting[start : start + _AT_A_TIME]]
        Tombstone.objects.filter(pk__in=written).update(is_written_down=True)
    return len(waiting)


def known_here() -> ErasedList:
    """Give what this database itself knows to have been erased."""
    return ErasedList(clock.now() - KEPT, tuple(map(_as_erasure, Tombstone.objects.order_by("at", "pk"))))


def erase_again(erasures: Iterable[Erasure]) -> int:
    """Erase what the database does not know to have been erased, all or nothing; give how many erasures were new to it.

    What a table or a field is no longer called so, or was not there in the first place, is no error. Raises
    ``DamagedListError`` for an id that cannot be one.
    """
    known = set(Tombstone.objects.values_list("pk", flat=True))
    fresh = [erasure for erasure in erasures if erasure.id not in known]
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    with transaction.atomic():
        for erasure in fresh:
            if erasure.table in tables:
                _erase_again(tables[erasure.table], erasure)
        Tombstone.objects.bulk_create([_as_tombstone(erasure) for erasure in fresh], _AT_A_TIME)
    return len(fresh)


@at_each_tick
def forget_old_tombstones(moment: datetime) -> None:
    """Drop the tombstones that are older than every backup, from the list first, so that it never knows more."""
    oldest = moment - KEPT
    erased_list.drop_before(Path(settings.BACKUPS) / erased_list.FILE_NAME, oldest)
    Tombstone.objects.filter(at__lt=oldest).delete()


def _leave(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    Tombstone.objects.create(table=sender._meta.db_table, row=str(instance.pk))


def _erase_again(model: type[models.Model], erasure: Erasure) -> None:
    try:
        rows = model._base_manager.filter(pk=model._meta.pk.to_python(erasure.row))
    except ValidationError as error:
        raise DamagedListError(f"“{erasure.row}” is no id of {erasure.table}.") from error
    if erasure.fields:
        fields = {field.name: field for field in model._meta.concrete_fields}
        emptied = {name: _empty(fields[name]) for name in erasure.fields if name in fields}
        if emptied:
            rows.update(**emptied)
    else:
        for row in rows:
            row.delete()


def _empty(field: "models.Field[Any, Any]") -> object:
    return None if field.null else field.get_default()


def _as_erasure(tombstone: Tombstone) -> Erasure:
    fields = tuple(tombstone.fields.split(",")) if tombstone.fields else ()
    return Erasure(tombstone.pk, tombstone.at, tombstone.table, tombstone.row, fields)


def _as_tombstone(erasure: Erasure) -> Tombstone:
    fields = ",".join(erasure.fields)
    return Tombstone(pk=erasure.id, at=erasure.at, table=erasure.table, row=erasure.row, fields=fields)
