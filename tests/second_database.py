"""What ``make test`` runs again on PostgreSQL: a plugin of pytest that leaves out what another database cannot change.

Run again is each test that takes a database, and each that is marked ``on_both_databases``: because a process that it
starts asks the database, or because it is one of the walks in a browser that are walked on both. The rest needs no
second time: pytest-django lets a test that takes no database reach none (``reaches_it_unsaid`` finds those that take it
behind our back), and pages look the same on either. How many are left out is said at the end.
"""

import pytest

LEFT_OUT = pytest.StashKey[int]()
SENTENCE = "Not run again, as no database changes their outcome"


def depends_on_the_database(item: pytest.Item) -> bool:
    """Say whether another database may change what comes out of a test."""
    if item.get_closest_marker("on_both_databases"):
        return True
    return takes_a_database(item) and not item.get_closest_marker("browser")


def takes_a_database(item: pytest.Item) -> bool:
    """Say whether a test has a database, by what it and its fixtures name as arguments, or by a mark."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & {"_django_db_helper", "live_server"})


def reaches_it_unsaid(request: pytest.FixtureRequest) -> bool:
    """Say whether a test that ran had a database although nothing told so before: it would be left out by mistake."""
    return "_django_db_helper" in request.fixturenames and not takes_a_database(request.node)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what another database cannot change."""
    kept = [item for item in items if depends_on_the_database(item)]
    config.stash[LEFT_OUT] = len(items) - len(kept)
    items[:] = kept


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a worker tell how many it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    """Hear from a worker how many it left out; all leave out the same."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many were left out."""
    terminalreporter.write_line(f"{SENTENCE}: {config.stash.get(LEFT_OUT, 0)} tests.")
