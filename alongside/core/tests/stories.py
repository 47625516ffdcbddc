"""Stories for the tests of stories: a small one, the ones that ship, and generated ones."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from alongside.core.rating.moves import Family, Kind, Move
from alongside.core.rating.stance import Stance
from alongside.core.story import Beat, Change, Condition, Ending, Reaction, Rule, Scenario, Step, begin, hear
from alongside.practice.scenario_file import read_scenario

FILES = sorted((Path(__file__).parents[3] / "content").glob("*/scenarios/*.yaml"))
SHIPPED = [read_scenario(path.read_text("utf-8"), str(path)) for path in FILES]

LEAVES = Reaction(then=Change.LEAVES, trust=-2, thought="not again.", goto="gone")
STAYS = Reaction(then=Change.STAYS, thought="hm.", says="you there?")
WORN = Reaction(then=Change.GOES_QUIET, thought="talking to a wall.", goto="quiet")
ENDINGS = (
    Ending(key="told", how=Change.OPENS_UP, says="that helped", closing="She told you."),
    Ending(key="quiet", how=Change.GOES_QUIET, says="night then", closing="She kept it."),
    Ending(key="gone", how=Change.LEAVES, closing="She left."),
)


def when(then: Change, goto: str | None = None, *, trust: int = 0, says: str = "", **condition: Any) -> Rule:
    """A rule whose condition is given as its parts."""
    return Rule(when=Condition(**condition), then=then, thought="oh.", trust=trust, goto=goto, says=says)


def leaning_in(goto: str, trust: int = 1) -> Rule:
    return when(Change.OPENS_UP, goto, trust=trust, stance=frozenset({Stance.LEANS_IN}))


def hostile() -> Rule:
    return Rule(when=Condition(kind=frozenset({Kind.HOSTILE})), **vars(LEAVES))


HELLO = Beat(
    key="hello",
    says="hey\nyou up?",
    rules=(hostile(), leaning_in("secret")),
    otherwise=STAYS,
    patience=1,
    worn=WORN,
)
SECRET = Beat(
    key="secret",
    says="i went back",
    rules=(hostile(), leaning_in("told", trust=3)),
    otherwise=STAYS,
    patience=2,
    worn=WORN,
)
SMALL = Scenario(
    source_id="small",
    title="Small",
    person="Ana",
    language="en",
    content_note="Going back.",
    about="Ana writes late.",
    opening="hello",
    beats=(HELLO, SECRET),
    endings=ENDINGS,
)


def small(hello: Beat = HELLO, secret: Beat = SECRET, endings: tuple[Ending, ...] = ENDINGS) -> Scenario:
    """The small story with another beat or other endings."""
    return replace(SMALL, beats=(hello, secret), endings=endings)


def as_long_as_it_lasts(scenario: Scenario, said: Iterable[AbstractSet[Move]]) -> list[Step]:
    """Hear replies until the conversation ends or they do."""
    steps: list[Step] = []
    state = begin(scenario)
    for moves in said:
        if state.ended is not None:
            break
        steps.append(hear(scenario, state, moves))
        state = steps[-1].state
    return steps


replies = st.frozensets(st.sampled_from(Move), max_size=6)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Stories of one to three beats that are in order in writing, but may be untellable in every other way."""
    endings = draw(st.sampled_from([ENDINGS, ENDINGS[1:], ENDINGS[:2], ENDINGS[1:2]]))
    keys = ["one", "two", "three"][: draw(st.integers(1, 3))]
    return Scenario(
        source_id="generated",
        title="Generated",
        person="Bo",
        language="en",
        content_note="None.",
        about="Somebody.",
        opening=keys[0],
        beats=tuple(draw(_beats(key, keys, endings)) for key in keys),
        endings=endings,
    )


@st.composite
def _beats(draw: st.DrawFn, key: str, keys: list[str], endings: tuple[Ending, ...]) -> Beat:
    others = [other for other in keys if other != key]
    reactions = _reactions(others, endings, may_stay=True)
    conditions = draw(st.lists(_conditions(), max_size=3))
    rules = tuple(Rule(when=condition, **vars(draw(reactions))) for condition in conditions)
    otherwise = draw(reactions)
    stays = any(reaction.stays_here for reaction in (*rules, otherwise))
    return Beat(
        key=key,
        says="so",
        rules=rules,
        otherwise=otherwise,
        patience=draw(st.integers(1, 2)) if stays else 0,
        worn=draw(_reactions(others, endings, may_stay=False)) if stays else None,
    )


@st.composite
def _reactions(draw: st.DrawFn, others: list[str], endings: tuple[Ending, ...], *, may_stay: bool) -> Reaction:
    """``may_stay`` is also whether she may open up: what happens when patience is used up may do neither."""
    ends = {ending.key: ending.how for ending in endings if may_stay or ending.how is not Change.OPENS_UP}
    places = [*others, *ends, *([None] if may_stay else [])]
    goto = draw(st.sampled_from(places or [None]))
    if goto in ends:
        then = ends[goto]
    else:
        opening = [Change.OPENS_UP] if may_stay and goto else []
        then = draw(st.sampled_from([Change.STAYS, Change.GOES_QUIET, *opening]))
    trust = draw(st.integers(-2, 2 if may_stay else 0))
    return Reaction(then=then, thought="hm.", trust=trust, goto=goto, says="mm" if goto is None else "")


def _conditions() -> st.SearchStrategy[Condition]:
    return st.builds(
        Condition,
        move=st.frozensets(st.sampled_from(Move), max_size=3),
        kind=st.frozensets(st.sampled_from(Kind), max_size=1),
        stance=st.frozensets(st.sampled_from([Stance.LEANS_IN, Stance.MIXED, Stance.PULLS_BACK]), max_size=2),
        lacks=st.frozensets(st.sampled_from([*Move, *Kind, *Family]), max_size=2),
        trust_at_least=st.sampled_from([-5, -5, 0, 2]),
        trust_at_most=st.sampled_from([5, 5, 1, -1]),
    )
