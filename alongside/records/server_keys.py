"""With which of the server's sealing keys the database was written.

Only fingerprints are kept, and they tell whether the keys at hand are the right ones. A server that lost its keys makes
new ones when it starts; without this it would go on as if nothing were missing.
"""

from alongside.core.sealing import ServerKeys
from alongside.records.models import ServerKey


def missing_from(keys: ServerKeys) -> list[int]:
    """Give the numbers of the keys that this database was written with and that are not among ``keys``; 0: handle key.

    Of a number that is there with another key, too.
    """
    here = keys.fingerprints
    noted = ServerKey.objects.order_by("number").values_list("number", "fingerprint")
    return [number for number, fingerprint in noted if here.get(number) != fingerprint]


def note(keys: ServerKeys) -> bool:
    """Note that the database is written with ``keys`` from now on. Says whether they are the first.

    Ask ``missing_from`` before; what is noted of a number already stays.
    """
    are_first = not ServerKey.objects.exists()
    for number, fingerprint in keys.fingerprints.items():
        ServerKey.objects.get_or_create(number=number, defaults={"fingerprint": fingerprint})
    return are_first


def forget(number: int) -> None:
    """Note that nothing is left in the database that the key of this number closed."""
    ServerKey.objects.filter(number=number).delete()
