"""Can this scenario be told? Every reason to refuse one, each with its place and a sentence for its author.

First what is written is looked at on its own: keys, places to go to, patience. When that holds, the whole scenario is
walked: every state that any replies can bring about, over every reply that its rules can tell apart. What is not
refused is proved: each beat, rule and ending can happen, no reply that pulls back lifts her, and whatever is replied
the conversation ends after a bounded number of replies.
"""

from collections import Counter
from collections.abc import Iterator

from alongside.core import gettext_noop as _
from alongside.core.problem import Place, Problem
from alongside.core.rating.moves import Move
from alongside.core.rating.stance import Stance
from alongside.core.story.scenario import (
    PATIENCE_HIGHEST,
    TRUST_HIGHEST,
    Beat,
    Change,
    Reaction,
    Scenario,
)
from alongside.core.story.telling import State
from alongside.core.story.walk import Walk, walk

KEY_TWICE = _("The key “%(key)s” is used more than once.")
NO_OPENING = _("There is no beat “%(key)s” to open with.")
NO_SUCH_KEY = _("There is no beat or ending “%(key)s” to go to.")
GOES_TO_ITSELF = _("A beat cannot go to itself. To stay on it, leave “goto” out.")
OPENS_NOWHERE = _("To open up leads somewhere: “goto” must name a beat or an ending.")
LEAVES_NOWHERE = _("To leave ends the conversation: “goto” must name an ending.")
ENDS_OTHERWISE = _("This says “%(then)s”, but the ending “%(key)s” says “%(how)s”.")
STAYS_WORDLESS = _("Without “goto” the conversation stays here, and “says” must give what is said then.")
WORN_STAYS = _("When patience is used up something must happen: “goto” must name a beat or an ending.")
WORN_LIFTS = _("When patience is used up nobody opens up or trusts more.")
WORN_MISSING = _("Replies can leave the conversation on this beat, so it needs “worn”, for when patience is used up.")
NEUTRAL_NAMED = _("A neutral reply always goes to “otherwise”, so no rule can name it.")
PATIENCE_MISSING = _("Replies can leave the conversation on this beat, so its patience must be 1 to %(highest)d.")
PATIENCE_IDLE = _("Nothing stays on this beat, so it has no use for “patience” or “worn”.")
TRUST_TOO_FAR = _("Trust can change by −%(highest)d to %(highest)d at once.")

BEAT_UNREACHED = _("No replies lead to this beat.")
ENDING_UNREACHED = _("No replies lead to this ending.")
NEVER_FIRES = _("No reply can ever bring this about.")
CANCELS = _(
    "A reply with %(moves)s would open up or raise trust here, but it also pulls back, and a lean-in never cancels a "
    "pull-back. Take such replies in a rule before this one, or let this one lack “pulls back”."
)
NO_END = _("With trust at %(trust)d, no replies lead from here to an ending.")
ENDLESS = _("With trust at %(trust)d, replies can bring the conversation back here again and again, for ever.")


def problems(scenario: Scenario) -> list[Problem]:
    """Give every reason to refuse the scenario, in the order of its text; empty when it can be told.

    The walk over all states is made only when the keys, the places to go to and the patience are in order, so a
    scenario can show new problems when the first ones are solved. Texts are not read. An infinite conversation is
    refused altogether: a scenario may come back to a beat only as another state, such as with less trust.
    """
    return list(_in_writing(scenario)) or list(_in_the_telling(scenario))


def _in_writing(scenario: Scenario) -> Iterator[Problem]:
    """What can be seen without telling the story."""
    if scenario.beat(scenario.opening) is None:
        yield Problem(("opening",), NO_OPENING, {"key": scenario.opening})
    times = Counter([beat.key for beat in scenario.beats] + [ending.key for ending in scenario.endings])
    for index, beat in enumerate(scenario.beats):
        if times[beat.key] > 1:
            yield Problem(("beats", index, "key"), KEY_TWICE, {"key": beat.key})
        for number, rule in enumerate(beat.rules):
            if Stance.NEUTRAL in rule.when.stance:
                yield Problem(("beats", index, "rules", number, "when", "stance"), NEUTRAL_NAMED)
        for place, reaction in _reactions(beat):
            yield from _of_reaction(scenario, beat, ("beats", index, *place), reaction)
        yield from _of_patience(("beats", index), beat)
    for index, ending in enumerate(scenario.endings):
        if times[ending.key] > 1:
            yield Problem(("endings", index, "key"), KEY_TWICE, {"key": ending.key})


def _reactions(beat: Beat) -> Iterator[tuple[Place, Reaction]]:
    for index, rule in enumerate(beat.rules):
        yield ("rules", index), rule
    yield ("otherwise",), beat.otherwise
    if beat.worn is not None:
        yield ("worn",), beat.worn


def _of_reaction(scenario: Scenario, beat: Beat, where: Place, reaction: Reaction) -> Iterator[Problem]:
    if abs(reaction.trust) > TRUST_HIGHEST:
        yield Problem((*where, "trust"), TRUST_TOO_FAR, {"highest": TRUST_HIGHEST})
    if reaction is beat.worn and reaction.lifts:
        yield Problem(where, WORN_LIFTS)
    if reaction.goto is None:
        yield from _of_staying(where, beat, reaction)
    elif reaction.goto == beat.key:
        yield Problem((*where, "goto"), GOES_TO_ITSELF)
    elif ending := scenario.ending(reaction.goto):
        if ending.how is not reaction.then:
            named = {"then": reaction.then.value, "key": ending.key, "how": ending.how.value}
            yield Problem((*where, "goto"), ENDS_OTHERWISE, named)
    elif scenario.beat(reaction.goto) is None:
        yield Problem((*where, "goto"), NO_SUCH_KEY, {"key": reaction.goto})
    elif reaction.then is Change.LEAVES:
        yield Problem((*where, "goto"), LEAVES_NOWHERE)


def _of_staying(where: Place, beat: Beat, reaction: Reaction) -> Iterator[Problem]:
    if reaction.then is Change.OPENS_UP:
        yield Problem((*where, "then"), OPENS_NOWHERE)
    elif reaction.then is Change.LEAVES:
        yield Problem((*where, "then"), LEAVES_NOWHERE)
    elif reaction is beat.worn:
        yield Problem(where, WORN_STAYS)
    elif not reaction.says:
        yield Problem(where, STAYS_WORDLESS)


def _of_patience(where: Place, beat: Beat) -> Iterator[Problem]:
    if any(reaction.stays_here for reaction in (*beat.rules, beat.otherwise)):
        if not 1 <= beat.patience <= PATIENCE_HIGHEST:
            yield Problem((*where, "patience"), PATIENCE_MISSING, {"highest": PATIENCE_HIGHEST})
        if beat.worn is None:
            yield Problem(where, WORN_MISSING)
    elif beat.patience or beat.worn is not None:
        yield Problem((*where, "worn" if beat.worn else "patience"), PATIENCE_IDLE)


def _in_the_telling(scenario: Scenario) -> Iterator[Problem]:
    """What can be seen only by taking every reply from every state."""
    walked = walk(scenario)
    trapped = _trust_of(walked.trapped())
    endless = _trust_of(walked.endless() - walked.trapped())
    for index, beat in enumerate(scenario.beats):
        where: Place = ("beats", index)
        if beat.key not in walked.beats():
            yield Problem(where, BEAT_UNREACHED)
            continue
        if beat.key in trapped:
            yield Problem(where, NO_END, {"trust": trapped[beat.key]})
        if beat.key in endless:
            yield Problem(where, ENDLESS, {"trust": endless[beat.key]})
        yield from _of_what_happened(where, beat, walked)
    for index, ending in enumerate(scenario.endings):
        if ending.key not in walked.endings():
            yield Problem(("endings", index), ENDING_UNREACHED)


def _of_what_happened(where: Place, beat: Beat, walked: Walk) -> Iterator[Problem]:
    for place, _reaction in _reactions(beat):
        if (beat.key, place) not in walked.happened:
            yield Problem((*where, *place), NEVER_FIRES)
        if moves := walked.cancelled.get((beat.key, place)):
            named = " + ".join(move.value for move in Move if move in moves)
            yield Problem((*where, *place), CANCELS, {"moves": named})


def _trust_of(states: set[State]) -> dict[str, int]:
    """Give the beats of these states, each with the highest trust among them."""
    return {state.beat: state.trust for state in sorted(states, key=lambda state: state.trust)}
