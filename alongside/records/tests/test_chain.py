"""The arithmetic of the chain: nothing can be changed in it, by anybody without the key, that does not show."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import assume, given
from hypothesis import strategies as some

from alongside.records.trail import chain
from alongside.records.trail.chain import Fault, FaultKind, Line, Link

KEY = bytes(range(32))
BEGAN = datetime(2027, 5, 1, 12, tzinfo=UTC)
TERM = timedelta(days=3 * 365)
ids = some.none() | some.integers(1, 5).map(lambda number: UUID(int=number))
words = some.sampled_from(["talk_noted", "staff_left", "declared_ready"])


@some.composite
def trails(draw: some.DrawFn, fewest: int = 2) -> list[Link]:
    """A trail as the tick makes it: batches of some entries each, chained."""
    sizes = draw(some.lists(some.integers(1, 4), min_size=fewest, max_size=5))
    entry, batches = 0, []
    for size in sizes:
        lines = []
        for _ in range(size):
            entry += draw(some.integers(1, 3))  # an id that was rolled back leaves a gap
            at = BEGAN + timedelta(seconds=entry)
            lines.append(Line(entry, at, at + TERM, draw(words), draw(ids), draw(ids)))
        batches.append(lines)
    return chained(batches)


def chained(batches: list[list[Line]]) -> list[Link]:
    links: list[Link] = []
    for number, lines in enumerate(batches, 1):
        before = links[-1].digest if links else chain.BEFORE_THE_FIRST
        link = Link(number, lines[-1].at, lines[-1].expires_at, len(lines), b"", tuple(lines))
        links.append(replace(link, digest=chain.digest_of(KEY, before, link)))
    return links


def dropped(links: list[Link], number: int) -> list[Link]:
    """The trail after all batches up to ``number`` have expired."""
    last = replace(links[number - 1], lines=())
    return [replace(last, anchor=chain.anchor_of(KEY, last)), *links[number:]]


def fault_in(links: list[Link]) -> Fault | None:
    return chain.verify(KEY, links).fault


def with_lines(links: list[Link], index: int, *lines: Line) -> list[Link]:
    in_order = tuple(sorted(lines, key=lambda line: line.id))
    return [*links[:index], replace(links[index], lines=in_order), *links[index + 1 :]]


@given(trails(fewest=0), some.data())
def test_what_was_not_touched_holds_and_goes_on_holding_when_its_beginning_expires(links, data):
    verdict = chain.verify(KEY, links)
    assert verdict.fault is None
    assert (verdict.batches, verdict.entries) == (len(links), sum(link.count for link in links))
    assert verdict.newest == (links[-1] if links else None)
    if links:
        gone = data.draw(some.integers(1, len(links)))
        later = chain.verify(KEY, dropped(links, gone))
        assert later.fault is None
        assert later.batches == len(links) - gone
        assert later.newest is not None
        assert later.newest.digest == links[-1].digest


CHANGES_OF_A_LINE: list[Callable[[Line], Line]] = [
    lambda line: replace(line, id=line.id + 1_000),
    lambda line: replace(line, at=line.at + timedelta(microseconds=1)),
    lambda line: replace(line, expires_at=line.expires_at - timedelta(microseconds=1)),
    lambda line: replace(line, verb=f"{line.verb}s"),
    lambda line: replace(line, actor=None if line.actor else UUID(int=9)),
    lambda line: replace(line, subject=None if line.subject else UUID(int=9)),
    lambda line: replace(line, actor=line.subject, subject=line.actor),
]


@given(trails(), some.data())
def test_a_changed_entry_shows_in_its_batch(links, data):
    index = data.draw(some.integers(0, len(links) - 1))
    lines = list(links[index].lines)
    place = data.draw(some.integers(0, len(lines) - 1))
    changed = data.draw(some.sampled_from(CHANGES_OF_A_LINE))(lines[place])
    assume(changed != lines[place])
    lines[place] = changed
    assert fault_in(with_lines(links, index, *lines)) == Fault(FaultKind.CHANGED, index + 1)


@given(trails(), some.data())
def test_entries_that_changed_places_show(links, data):
    index = data.draw(some.integers(0, len(links) - 1))
    lines = links[index].lines
    one, other = (data.draw(some.sampled_from(lines)) for _ in range(2))
    swapped = [
        replace(other, id=one.id) if line is one else replace(one, id=other.id) if line is other else line
        for line in lines
    ]
    assume(swapped != list(lines))
    assert fault_in(with_lines(links, index, *swapped)) == Fault(FaultKind.CHANGED, index + 1)


@given(trails(), some.data())
def test_a_missing_and_an_added_entry_show(links, data):
    index = data.draw(some.integers(0, len(links) - 1))
    lines = links[index].lines
    line = data.draw(some.sampled_from(lines))
    fewer = with_lines(links, index, *(each for each in lines if each is not line))
    assert fault_in(fewer) == Fault(FaultKind.ENTRY_MISSING, index + 1)
    more = with_lines(links, index, *lines, replace(line, id=line.id + 1_000))
    assert fault_in(more) == Fault(FaultKind.ENTRY_ADDED, index + 1)


@given(trails(), some.data())
def test_an_entry_that_was_moved_to_another_batch_shows_in_the_first_of_the_two(links, data):
    source, target = data.draw(some.permutations(range(len(links))))[:2]
    line = data.draw(some.sampled_from(links[source].lines))
    moved = with_lines(links, source, *(each for each in links[source].lines if each is not line))
    moved = with_lines(moved, target, *moved[target].lines, line)
    assert fault_in(moved) == Fault(
        FaultKind.ENTRY_MISSING if source < target else FaultKind.ENTRY_ADDED, min(source, target) + 1
    )


@given(trails(), some.data())
def test_a_missing_batch_shows_unless_it_is_the_newest(links, data):
    index = data.draw(some.integers(0, len(links) - 2))
    assert fault_in([*links[:index], *links[index + 1 :]]) == Fault(FaultKind.BATCH_MISSING, index + 1)
    assert fault_in(links[:-1]) is None  # what only a note on paper shows


@given(trails(), some.data())
def test_a_batch_that_is_taken_out_and_closed_up_shows(links, data):
    index = data.draw(some.integers(0, len(links) - 2))
    renumbered = [replace(link, number=link.number - 1) for link in links[index + 1 :]]
    assert fault_in([*links[:index], *renumbered]) == Fault(FaultKind.CHANGED, index + 1)


CHANGES_OF_A_BATCH: list[Callable[[Link], Link]] = [
    lambda link: replace(link, at=link.at + timedelta(microseconds=1)),
    lambda link: replace(link, expires_at=link.expires_at - timedelta(days=1)),
    lambda link: replace(link, digest=bytes(32)),
    lambda link: replace(link, digest=link.digest[:-1]),
    lambda link: replace(link, count=link.count - 1, lines=link.lines[1:]),
    lambda link: replace(link, count=link.count + 1, lines=(*link.lines, replace(link.lines[-1], id=99))),
]


@given(trails(), some.data())
def test_what_stands_on_a_batch_is_chained_too(links, data):
    index = data.draw(some.integers(0, len(links) - 1))
    links[index] = data.draw(some.sampled_from(CHANGES_OF_A_BATCH))(links[index])
    assert fault_in(links) == Fault(FaultKind.CHANGED, index + 1)


@given(trails(), some.data())
def test_nobody_without_the_key_makes_the_trail_begin_later(links, data):
    number = data.draw(some.integers(2, len(links)))
    forged = dropped(links, number)
    earlier = dropped(links, number - 1)[0].anchor
    anchors = [b"", forged[0].digest, earlier, chain.anchor_of(bytes(32), forged[0])]
    for anchor in anchors:
        assert fault_in([replace(forged[0], anchor=anchor), *forged[1:]]) == Fault(FaultKind.BEGINNING_CHANGED, number)
    assert fault_in([replace(forged[0], anchor=None), *forged[1:]]) == Fault(FaultKind.BATCH_MISSING, 1)
    assert fault_in([links[0], *forged]) == Fault(FaultKind.BEGINNING_CHANGED, number)


@given(trails())
def test_an_entry_that_comes_back_after_it_expired_shows(links):
    beginning, *rest = dropped(links, 2)
    back = replace(beginning, lines=links[1].lines[:1])
    assert fault_in([back, *rest]) == Fault(FaultKind.ENTRY_ADDED, 2)


@given(trails(), some.binary(min_size=32, max_size=32))
def test_without_the_key_nothing_can_be_made_anew(links, key):
    assume(key != KEY)
    assert chain.verify(key, links).fault == Fault(FaultKind.CHANGED, 1)


def test_a_trail_of_today_is_read_tomorrow():
    line = Line(7, BEGAN, BEGAN + TERM, "talk_noted", UUID(int=1), None)
    link = Link(1, BEGAN, BEGAN + TERM, 1, b"", (line,))
    digest = chain.digest_of(KEY, chain.BEFORE_THE_FIRST, link)
    assert digest.hex() == "8dfc197d9e59081a7d86aac2a5c0202628077c3e25ef251a993f89119166ed0f"
    assert (
        chain.anchor_of(KEY, replace(link, digest=digest)).hex()
        == "2cb761906e837a40965cb32bd159dd66830dbbadfca0dac0191471d7d874360c"
    )


def test_verbs_and_ids_cannot_run_into_one_another():
    line = Line(7, BEGAN, BEGAN + TERM, "a", None, UUID(bytes=b"\0" * 16))
    other = replace(line, actor=UUID(bytes=b"\0" * 16), subject=None)
    digests = {chain.digest_of(KEY, b"", Link(1, BEGAN, BEGAN, 1, b"", (each,))) for each in (line, other)}
    assert len(digests) == 2
