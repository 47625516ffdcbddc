"""What is said in the private half of the demonstration: at the door, by allies of themselves, and to one another."""

DOOR = {
    "under_age": "The youth line: 555 0102, every day until 22:00 (made up, rings nowhere)",
    "answers_take": "a day, at weekends two (made up)",
}

PRESENTED: dict[str, tuple[str, dict[str, str]]] = {
    "Juno Windowsill": (
        "Juno",
        {
            "parenting": "I have brought up three, and I know that nobody does it the way that books say.",
            "family": "I can listen to a long story about a sister.",
        },
    ),
    "Noemi Teapot": (
        "Noemi",
        {
            "court-and-papers": "I read official letters for fun, and I can read one with you, line by line.",
            "home": "I have looked for a flat with nothing in my hands, more than once.",
            "money": "I know how to make a list of debts that one can look at.",
        },
    ),
    "Ravi Bookend": (
        "Ravi",
        {
            "work": "I have changed my work three times, and was afraid each time.",
            "starting-again": "I like beginnings, the slow ones too.",
            "good-news": "I am somebody who is simply glad with you.",
        },
    ),
}
"""By who she is: the name that she goes by here, and a sentence for each topic."""

WISHED = {"Fern": ("work", "starting-again"), "Plum": ("court-and-papers", "money"), "Sage": ("faith",)}
"""By who came: topics."""
SPOKEN = {"Sage": ("cy",)}
"""By who came: the languages she asked for, where she did."""

FIRST_WORDS = {
    "Fern": "Hello. I start in a bakery on Monday and I have told nobody where I was before. What do I say?",
    "Plum": "There is a letter on my table that I have not opened for nine days. Would you sit with me while I do?",
    "Sage": "",
}

FERN_AND_RAVI: tuple[tuple[int, str, str], ...] = (
    (
        12,
        "Ravi Bookend",
        "A bakery! Congratulations, Fern. And nobody to tell it to, until now. What worries you?",
    ),
    (
        11,
        "Fern",
        "That somebody asks what I did the last six years. I practise an answer, and it always sounds false.",
    ),
    (10, "Ravi Bookend", "That sounds tiring, to rehearse it alone. What would you like them to know, if anything?"),
    (8, "Fern", "Nothing, really. That I get up early."),
    (7, "Ravi Bookend", "Then that may be the whole answer. It is yours to decide how much anybody gets to hear."),
    (5, "Fern", "First week done. Nobody asked. I burnt forty rolls and they laughed, and not at me."),
    (4, "Ravi Bookend", "Forty! I am so glad that you told me. What was it like, that they laughed with you?"),
    (2, "Fern", "New. I will write again on Sunday, I am asleep on my feet."),
)
"""How many days ago, who, and what: after Fern's first words, which are the first message."""

TO_CARE = (
    "Ravi is kind, it is not about that. I would like to know what happens with all this when I do not write for some "
    "weeks. Does it go away?"
)
