"""Which tests are run again on PostgreSQL, and that none is left out by mistake."""

from types import SimpleNamespace

import pytest

from tests.second_database import depends_on_the_database, reaches_it_unsaid


@pytest.fixture
def item_of(request):
    """Make a test of a function, as pytest collects it; it is not run."""
    return lambda function: pytest.Function.from_parent(request.node.parent, name=function.__name__, callobj=function)


def takes_the_database(db): ...
def takes_it_for_real(transactional_db): ...
def takes_somebody_who_is_stored(ruth): ...
def takes_a_server(live_server): ...
@pytest.mark.django_db
def is_marked(): ...
@pytest.mark.on_both_databases
def is_marked_for_its_own_process(tmp_path): ...
@pytest.mark.on_both_databases
@pytest.mark.browser
def is_a_walk_on_both(live_server, ruth): ...  # fmt: skip


@pytest.mark.parametrize(
    "function",
    [
        takes_the_database,
        takes_it_for_real,
        takes_somebody_who_is_stored,
        takes_a_server,
        is_marked,
        is_marked_for_its_own_process,
        is_a_walk_on_both,
    ],
)
def test_what_a_database_may_change_is_run_again(item_of, function):
    assert depends_on_the_database(item_of(function))


def takes_none(tmp_path, settings): ...
@pytest.mark.browser
def is_a_walk(live_server, ruth): ...  # fmt: skip


@pytest.mark.parametrize("function", [takes_none, is_a_walk])
def test_what_none_changes_is_not(item_of, function):
    assert not depends_on_the_database(item_of(function))


def test_a_test_that_took_a_database_without_saying_so_fails(item_of):
    names = ["tmp_path", "_django_db_helper"]
    assert reaches_it_unsaid(SimpleNamespace(fixturenames=names, node=item_of(takes_none)))
    assert not reaches_it_unsaid(SimpleNamespace(fixturenames=names, node=item_of(takes_somebody_who_is_stored)))
    assert not reaches_it_unsaid(SimpleNamespace(fixturenames=["tmp_path"], node=item_of(takes_none)))


def test_what_is_asked_for_by_name_while_a_test_runs_is_seen(request, item_of):
    request.getfixturevalue("tmp_path")
    assert "tmp_path" in request.fixturenames
