"""Limits hold for whoever comes at the same moment, and keep nobody's address."""

import threading
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

import pytest
from allauth.account.adapter import get_adapter
from django.db import connection, transaction
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as some

from alongside.core.sealing import ServerKeys
from alongside.records import clock, erasure, limits
from alongside.records.leaving_out import left_out_tables
from alongside.records.limits import UNKNOWN_NETWORK, Limit, left, network_of, rate_of, take, unusual_rise
from alongside.records.models import HourCount, Window
from conftest import bytes_on_disk

HOUR = timedelta(hours=1)
NOON = datetime(2027, 5, 1, 12, tzinfo=UTC)
ASKS = Limit("asks of a network", 3, HOUR)
HERE, THERE = "192.0.2.7", "192.0.2.8"


@pytest.fixture
def noon(db: None):
    with clock.moved_to(NOON):
        yield


@pytest.mark.usefixtures("noon")
def test_what_is_allowed_can_be_taken_and_no_more_until_the_next_window():
    assert [take(ASKS, HERE) for _ in range(5)] == [True, True, True, False, False]
    with clock.moved_to(NOON + timedelta(minutes=59)):
        assert not take(ASKS, HERE)
    with clock.moved_to(NOON + HOUR):
        assert take(ASKS, HERE)


@pytest.mark.usefixtures("noon")
def test_what_is_left_is_told_without_taking_it():
    assert left(ASKS, HERE) == left(ASKS, HERE) == 3
    take(ASKS, HERE)
    assert left(ASKS, HERE) == 2
    for _ in range(4):
        take(ASKS, HERE)
    assert left(ASKS, HERE) == 0
    fewer = Limit(ASKS.name, 1, ASKS.per)  # the door was slowed meanwhile
    assert left(fewer, HERE) == 0
    assert not take(fewer, HERE)


@pytest.mark.usefixtures("noon")
def test_one_network_takes_nothing_from_another_nor_one_limit_from_another():
    everybody, others = Limit("asks", 3, HOUR), Limit("codes", 3, HOUR)
    for limit, who in ((ASKS, HERE), (ASKS, THERE), (everybody, ""), (others, HERE), (others, b"\0\1")):
        assert [take(limit, who) for _ in range(4)] == [True, True, True, False]


@pytest.mark.usefixtures("noon")
def test_nothing_can_be_taken_where_nothing_is_allowed():
    assert not take(Limit("closed", 0, HOUR))
    assert left(Limit("closed", 0, HOUR)) == 0


@pytest.mark.parametrize(
    ("name", "allowed", "per"), [("", 1, HOUR), ("n" * 41, 1, HOUR), ("asks", -1, HOUR), ("asks", 1, timedelta(0))]
)
def test_what_is_no_limit_is_refused(name, allowed, per):
    with pytest.raises(ValueError, match="no limit"):
        Limit(name, allowed, per)


@given(
    some.timedeltas(timedelta(days=-20_000), timedelta(days=20_000)),
    some.timedeltas(timedelta(seconds=1), timedelta(days=30)),
)
def test_windows_lie_side_by_side(since_noon, per):
    limit, moment = Limit("asks", 1, per), NOON + since_noon
    ends = limit.ends_at(moment)
    assert moment < ends <= moment + per
    assert limit.ends_at(ends - timedelta(microseconds=1)) == ends
    assert limit.ends_at(ends) == ends + per


@pytest.mark.usefixtures("noon")
def test_what_was_taken_cannot_be_given_back_by_whatever_goes_wrong_afterwards():
    with pytest.raises(RuntimeError), transaction.atomic():
        take(ASKS, HERE)
    assert left(ASKS, HERE) == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("allowed", [1, 25])
def test_of_many_at_the_same_moment_only_as_many_as_are_allowed_get_something(allowed):
    limit, many, tries = Limit("asks", allowed, timedelta(days=300)), 8, 5
    started = threading.Barrier(many)
    got: list[bool | BaseException] = []

    def try_it() -> None:
        try:
            connection.ensure_connection()
            started.wait(10)
            got.extend(take(limit, HERE) for _ in range(tries))
        except BaseException as error:
            got.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, got)) == ["False"] * (many * tries - allowed) + ["True"] * allowed
    assert Window.objects.get().taken == allowed
    assert sum(HourCount.objects.values_list("tries", flat=True)) == many * tries


# --- What is kept -----------------------------------------------------------------------------------------------------


def test_nobody_can_be_followed_from_one_limit_or_window_to_another(db):
    for limit in (ASKS, Limit("codes", 3, HOUR)):
        for moment in (NOON, NOON + HOUR):
            with clock.moved_to(moment):
                take(limit, "203.0.113.77")
    hashes = [bytes(who) for who in Window.objects.values_list("who", flat=True)]
    assert len(set(hashes)) == 4
    assert {len(each) for each in hashes} == {32}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="reads an SQLite file")
def test_no_address_lies_in_the_file():
    take(ASKS, "203.0.113.77")
    assert b"203.0.113.77" not in bytes_on_disk()


@pytest.mark.usefixtures("noon")
def test_a_hash_of_an_address_is_another_on_a_server_with_other_keys(settings):
    take(ASKS, HERE)
    settings.SEALING_KEYS = ServerKeys({1: bytes(32)}, bytes(32))
    assert left(ASKS, HERE) == 3


@pytest.mark.usefixtures("noon")
def test_what_was_taken_is_erased_when_its_window_has_ended():
    take(ASKS, HERE)
    erasure.erase_expired(NOON + timedelta(minutes=59))
    assert Window.objects.count() == 1
    erasure.erase_expired(NOON + HOUR + timedelta(seconds=1))
    assert not Window.objects.exists()
    assert HourCount.objects.count() == 1


def test_what_was_taken_stays_out_of_backups():
    assert Window._meta.db_table in left_out_tables()


# --- A network --------------------------------------------------------------------------------------------------------


def request_from(address: str, forwarded: str | None = None):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory(REMOTE_ADDR=address).get("/", headers=headers)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", UNKNOWN_NETWORK),
        ("a socket", UNKNOWN_NETWORK),
    ],
)
def test_a_phone_with_many_addresses_is_one_network(settings, address, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert network_of(request_from(address, "198.51.100.1")) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (1, "192.0.2.7", "192.0.2.7"),
        (1, "198.51.100.1, 192.0.2.7", "192.0.2.7"),
        (2, "198.51.100.1, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
        (2, "192.0.2.7,10.0.0.2", "192.0.2.7"),
        (1, "198.51.100.1, 192.0.2.7:4711", "192.0.2.7"),
        (1, "[2001:db8:1:2::5]:4711", "2001:db8:1:2::/64"),
        (1, "2001:db8:1:2::5", "2001:db8:1:2::/64"),
    ],
)
def test_what_anybody_can_write_before_our_proxies_is_not_believed(settings, proxies, forwarded, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = request_from("10.0.0.1", forwarded)
    assert network_of(request) == network
    assert ip_address(get_adapter().get_client_ip(request)) in ip_network(network)  # allauth reads it as we do


@pytest.mark.parametrize("forwarded", [None, "", "192.0.2.7", "unknown, 10.0.0.2", "192.0.2.7, "])
def test_whoever_comes_past_our_proxies_shares_one_limit(settings, forwarded):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    expected = "192.0.2.7" if forwarded == "192.0.2.7, " else UNKNOWN_NETWORK
    assert network_of(request_from("10.0.0.1", forwarded)) == expected


# --- An unusual rise --------------------------------------------------------------------------------------------------


def tried(hours_ago: float, tries: int) -> None:
    hour = NOON - hours_ago * HOUR
    HourCount.objects.create(limit=ASKS.name, hour=hour, tries=tries, expires_at=hour + limits.COUNTS_KEPT)


@pytest.mark.usefixtures("noon")
def test_tries_are_counted_by_the_hour_refusals_included():
    for minutes, who in ((0, HERE), (10, HERE), (59, THERE), (61, HERE)):
        with clock.moved_to(NOON + timedelta(minutes=minutes)):
            take(Limit(ASKS.name, 1, HOUR), who)
    assert rate_of(ASKS, NOON) == {NOON: 3, NOON + HOUR: 1}
    assert rate_of(ASKS, NOON + HOUR) == {NOON + HOUR: 1}
    assert rate_of(Limit("codes", 1, HOUR), NOON) == {}


def test_counts_go_after_thirty_days(db):
    tried(0, 5)
    erasure.erase_expired(NOON + timedelta(days=30))
    assert HourCount.objects.exists()
    erasure.erase_expired(NOON + timedelta(days=30, seconds=1))
    assert not HourCount.objects.exists()


@pytest.mark.parametrize(
    ("now", "before", "rises"),
    [
        (10, {}, True),
        (9, {}, False),
        (9, {24: 1}, False),
        (13, {24: 4}, True),
        (12, {24: 4}, False),
        (13, {7 * 24: 5}, False),
        (13, {8 * 24: 5}, True),
        (13, {24: 1, 48: 5, 72: 2}, False),
        (13, {2: 100, 23: 100, 25: 100}, True),
        (0, {1: 10}, True),
        (0, {2: 10}, False),
        (0, {1: 10, 25: 4}, False),
    ],
)
def test_a_rise_is_more_than_three_times_the_busiest_of_the_same_hours(db, now, before, rises):
    tried(0, now)
    for hours_ago, tries in before.items():
        tried(hours_ago, tries)
    assert unusual_rise(ASKS.name, NOON + timedelta(minutes=30)) is rises
    assert not unusual_rise("codes", NOON)
