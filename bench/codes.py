"""Whether the time that an answer takes tells if there is such a code: wrong handle, wrong secret, right.

Run: ``python -m bench.codes``; about two minutes on one core. In a house of its own, with an empty database, a survivor
has a code, and it is typed on the page where codes are opened: with another handle, with another secret, and as it is,
in turn, in an order that chance chooses anew each time. What is timed is the whole answer, as somebody far away could.

Prints, for each: the median and the middle half of the times, and the ratio of its median to that of a wrong secret;
then the same ratio of the processor's time, which neighbours on the machine do not disturb. Wrong handle and wrong
secret must not be told apart: their ratio differs from 1 by less than each varies by itself. A right code does a little
more (it notes the use and opens), and tells nothing that its answer does not say. The last row says what one try costs
without the page: Argon2id alone.
"""

import os
import random
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

ROUNDS = 60
WARM_UP = 3


def main() -> None:
    """Measure in a house that is thrown away afterwards, and print."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("DATA", "KEYS"):
            (Path(folder) / name).mkdir()
            os.environ[f"ALONGSIDE_{name}"] = str(Path(folder) / name)
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.config.settings"
        import django

        django.setup()
        _measure()


def _measure() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    ways = _ways()
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for number in range(WARM_UP + ROUNDS):
        for name in random.sample(list(ways), len(ways)):
            began, worked = perf_counter(), process_time()
            ways[name]()
            if number >= WARM_UP:
                times[name].append((perf_counter() - began, process_time() - worked))
    _print(times)


def _ways() -> dict[str, Callable[[], object]]:
    """Give what is timed, by its name."""
    from django.conf import settings
    from django.test import Client

    from alongside.core.codes import Code, new_survivor_code
    from alongside.core.sealing import take_as_long
    from alongside.people import acts
    from alongside.people.acts import codes

    codes.TRIES_OF_A_NETWORK = replace(codes.TRIES_OF_A_NETWORK, allowed=10**6)
    codes.TRIES_OF_ALL = replace(codes.TRIES_OF_ALL, allowed=10**6)
    right, other = acts.draw_code(), new_survivor_code()
    acts.come(right)

    def typing(code: Code, status: int) -> Callable[[], object]:
        words = " ".join(code.words)

        def type_it() -> None:
            answer = Client(HTTP_HOST="localhost").post("/talk/open/", {"code": words})
            assert answer.status_code == status, answer.status_code

        return type_it

    return {
        "wrong handle": typing(Code(other.handle, right.secret), 422),
        "wrong secret": typing(Code(right.handle, other.secret), 422),
        "right": typing(right, 302),
        "Argon2id alone": lambda: take_as_long(right.secret, cost=settings.CODE_COST),
    }


def _print(times: dict[str, list[tuple[float, float]]]) -> None:
    waited, worked = ({name: [each[of] for each in pairs] for name, pairs in times.items()} for of in (0, 1))
    print("| typed | median, ms | middle half, ms | to a wrong secret | processor, to a wrong secret |")
    print("|---" * 5 + "|")
    for name in times:
        low, middle, high = (quartile * 1e3 for quartile in statistics.quantiles(waited[name], n=4))
        ratios = " | ".join(f"{_ratio(each, name):.3f}" for each in (waited, worked))
        print(f"| {name} | {middle:.1f} | {low:.1f} to {high:.1f} | {ratios} |")


def _ratio(times: dict[str, list[float]], name: str) -> float:
    return statistics.median(times[name]) / statistics.median(times["wrong secret"])


if __name__ == "__main__":
    main()
