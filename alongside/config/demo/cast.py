"""Everybody in the demonstration. Nobody is real, nor could be: their surnames are things."""

from dataclasses import dataclass

DOMAIN = "demonstration.example"
"""Reserved for examples (RFC 2606): no mail to it ever arrives anywhere."""
PASSWORD = "a made-up house by the sea"  # noqa: S105 - everybody may know it
SECOND_FACTOR = "ALONGSIDEDEMONSTRATIONONLYABCDEF"
"""What everybody's app in the demonstration makes its six figures of; base 32, and no secret at all."""


@dataclass(frozen=True)
class Person:
    """Somebody made up. ``habit``: how she answers before she has learnt otherwise, 0 to 2 (``words.BEFORE``)."""

    name: str
    habit: int = 0

    @property
    def email(self) -> str:
        """How she signs in."""
        return f"{self.name.split()[0].lower()}@{DOMAIN}"


CARLA = Person("Carla Lighthouse")
OWEN = Person("Owen Footbridge")
COORDINATORS = (CARLA, OWEN)

SOL = Person("Sol Rainbarrel")
TAMAR = Person("Tamar Streetlamp")
SURVIVOR_LEADERS = (SOL, TAMAR)

MINA = Person("Mina Snowglobe")
OSKAR = Person("Oskar Teaspoon", 1)
RUFUS = Person("Rufus Inkwell", 2)
GWEN = Person("Gwen Hourglass", 1)
YUSRA = Person("Yusra Bookmark")
ALMA = Person("Alma Thimble", 2)
DESMOND = Person("Desmond Paperkite", 1)
VIOLA = Person("Viola Postcard")

SUNNIVA = Person("Sunniva Lunchbox", 2)
KAISA = Person("Kaisa Umbrella", 1)
LEIF = Person("Leif Candlestick")
IMANI = Person("Imani Pocketwatch", 2)
PILAR = Person("Pilar Raincoat")
TOMASZ = Person("Tomasz Lampshade", 1)

RAVI = Person("Ravi Bookend", 2)
NOEMI = Person("Noemi Teapot")
BELA = Person("Bela Saltcellar", 1)
ODILE = Person("Odile Matchbox", 2)
FERGUS = Person("Fergus Doorbell")
JUNO = Person("Juno Windowsill", 1)


@dataclass(frozen=True)
class Comer:
    """Somebody made up who came to talk. ``code``: the six words that open what is hers, which everybody may know."""

    name: str
    code: str


FERN = Comer("Fern", "kettle lantern walnut cobweb drizzle spoon")
PLUM = Comer("Plum", "pebble canyon ribbon snowman thimble zebra")
SAGE = Comer("Sage", "cactus velvet acorn footpath jigsaw yarn")

OWN_CODES = {
    RAVI: "paddle cinnamon eagle quilt",
    NOEMI: "lemon sapling bonfire jacket",
    JUNO: "harbor parsley daisy wagon",
    CARLA: "olive ladder balcony yogurt",
    SOL: "raisin umbrella crayon willow",
}
"""The four words by which allies and care members open what is sealed to them."""

TO_TALK = (
    (FERN, "talks with Ravi, and has told the care team something"),
    (PLUM, "has asked Noemi, who has not answered yet"),
    (SAGE, "waits, because nobody fits yet"),
)
"""Whose code to open, and how it stands."""
TO_TRY = (
    (CARLA, "coordinator, and on the care team"),
    (SOL, "survivor leader, and on the care team"),
    (RAVI, "ally in the first months, who talks with Fern"),
    (NOEMI, "ally, whom somebody has asked"),
    (TOMASZ, "has done everything, and waits for the second of two who decide"),
    (YUSRA, "learner in the lessons"),
    (MINA, "signed up yesterday"),
)
"""Whom to sign in as, and what she is."""
