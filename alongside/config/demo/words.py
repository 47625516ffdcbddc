"""What people write in the demonstration: to whoever tells them something, and to one another."""

BEFORE: dict[str, tuple[str, str, str]] = {
    "form-a-1": (
        "I'm sorry for your loss. You should talk to the daughter, she would want to know. Honesty always helps.",
        "Oh no. What did she die of? And why did you say the gym, of all things?",
        "You poor thing, that sounds so sad. But at least you were there, try to look on the bright side.",
    ),
    "form-b-1": (
        "My condolences. You should tell the lad at work the truth, people understand more than you think.",
        "How old was he? Did his family know about you?",
        "Poor you, all alone with that. Time heals everything, you will see.",
    ),
    "form-a-2": (
        "Well, you asked. Stealing is wrong. You should pay it back, even anonymously, and look in the mirror.",
        "How much did you take all in all? Didn't anybody ever notice?",
        "Oh Florin. You must have been through terrible things to do that. It's all in the past now.",
    ),
    "form-b-2": (
        "Honestly? That's a cruel lie. You should apologise to at least one of them. I did that once and felt better.",
        "How many were there? Why your mum, and not something else?",
        "You poor woman, what that life makes of people. Try not to think about it any more.",
    ),
    "form-a-3": (
        "Congratulations! You should ring the school tomorrow and ask about the check, and get a lawyer to look at it.",
        "What was the caution for exactly? Does your family know?",
        "Oh, you poor girl. Don't worry, I'm sure it will all be fine.",
    ),
    "form-b-3": (
        "Great news! Just write self-employed in the box, everybody does that. You should not lie at home though.",
        "Which massage place was it? Who could you give as a boss?",
        "Oh dear, that must hurt so much. At least you have the job, chin up.",
    ),
}
"""By disclosure: what somebody answers who gives advice, who asks for details, who pities."""

AFTER: dict[str, tuple[str, str, str]] = {
    "form-a-1": (
        "Ilse. I'm glad you said her name to me. Standing there with a paper plate, being from the gym, sounds lonely.",
        "Thank you for telling me about Ilse. She sang while the kettle boiled. What would you have told them?",
        "Thank you for telling me about Ilse. Maybe you could still write to the daughter, one day. I'm listening.",
    ),
    "form-b-1": (
        "Then Walter is somebody's loss, here, with you and me. What was on the cup that he kept for you?",
        "I'm sorry about Walter. Seven years of Thursdays is a long time to be sorry about a landlord, all day, alone.",
        "I'm glad you told me about Walter. You could tell the lad a bit more some day, couldn't you?",
    ),
    "form-a-2": (
        "I'm still here, Florin. You told me the worst of it and left the door open. What goes on in you then?",
        "Thank you for saying it straight. It sounds as if being called honest is what makes your neck go hot.",
        "I'm still here. It took courage to say that. But do you think that you should give some of it back?",
    ),
    "form-b-2": (
        "I'm not going anywhere. It took something to tell me that. What is it like when they say give it to Maud?",
        "Thank you for trusting me with that, Maud. Your ears burn. It seems there is more in it than no regrets.",
        "I'm staying. I can hear that it isn't simple. You should be kinder to yourself, though.",
    ),
    "form-a-3": (
        "You got in! I'm so happy for you, and I hear how sick that page makes you feel. It's not stupid. What cake?",
        "No, it isn't stupid. You worked for that place. It makes sense that you are glad and scared by turns.",
        "You got in, wonderful! Of course you are scared. Don't worry too much, it will be fine.",
    ),
    "form-b-3": (
        "They want you! Of course you tried the boots on. And that empty box sounds as if it shouts. Do you want to "
        "talk about it, or be happy for a minute first?",
        "It isn't mad at all. You danced in a stairwell. I can hear the joy, and how scared you are of losing it.",
        "They want you, how good! I can hear both. At least the hard part is over now.",
    ),
}
"""By disclosure: what people answer after the workshop; the last of each still pulls back a little."""

OPENINGS: dict[str, tuple[str, str]] = {
    "night-bus": (
        "Hello Halina. I won't say it, then. Tell me about tonight, I'm listening.",
        "Hi! It's not late at all. But why shouldn't I say well done? You should be proud.",
    ),
    "rehearsal": (
        "Hi Remi. I'm somebody, and I have time. Say it the way it comes.",
        "Of course. You should write it down first, that always helps. What did the flatmate find out?",
    ),
    "sunday": (
        "Morning, Bartek. I'm glad you wrote. What are they singing?",
        "Good morning. Why don't you go in? I'm sure nobody would mind.",
    ),
    "the-keys": (
        "Amara! Your name is on the paper. I'm so glad I'm the one who picked up. How do they feel in the shoe?",
        "Congratulations, finally! You should get a spare set made first thing.",
    ),
    "the-rent": (
        "Hi Dee, I'm glad you wrote. That sum must be going round and round in your head.",
        "Hi Dee. Have you tried asking the landlord? You should make a list of what you spend.",
    ),
    "the-wedding": (
        "Good evening, Maureen. It's not too late. What is it about table four?",
        "Good evening! How lovely, a wedding. Try not to worry, it will be a beautiful day.",
    ),
    "thirty-one": (
        "Happy birthday, Kit. I can be normal. What kind of cake is it?",
        "Happy birthday! Why are you alone on your birthday? You should call somebody.",
    ),
    "three-weeks": (
        "Hello Ray, yes, it is. Three weeks is close. What is it like to sit there with that until two?",
        "Hello. You need a good lawyer, right away. What did your brother find?",
    ),
    "two-phones": (
        "Hello Lucía. Yes, that's fine with me. I write only when you have written. Is it safe for you now?",
        "Hello. That sounds dangerous, you should go to the police. Who is he?",
    ),
    "waiting-room": (
        "Hi Iskra, I do. Twenty minutes with one line. What goes through you when you look at it?",
        "Hi. Just write something, nobody reads these forms anyway. Why are you at the clinic?",
    ),
}
"""By scenario: how somebody begins who leans in, and somebody who does not yet."""

LEANING_IN = (
    "Thank you for telling me that. You don't have to explain yourself to me.",
    "That sounds like a lot to carry on your own. What is the heaviest part of it tonight?",
    "It makes sense that you feel that way. I'm here, and I'm not in a hurry.",
    "Would you like me to just listen, or shall we think about it together? Either is fine with me.",
    "You found a way through that by yourself. That took something.",
    "I'm glad you said it to me. What would help you most right now?",
)
MIXED = (
    "I see. But have you tried talking to somebody about it? You should really get some advice.",
    "Oh, I know exactly how you feel, I had a hard year too.",
    "That must be awful for you. Why did you let it come to that?",
    "OK. At least it can't get any worse, can it?",
    "You could look for another job, couldn't you? I would.",
)
"""What follows an opening, whoever told it."""

VIEWS: dict[str, tuple[int, str]] = {
    MIXED[0]: (1, "To me this is a question, and she can say no to it."),
    MIXED[1]: (0, "I wanted her to know that she is not the only one."),
    MIXED[3]: (1, "My grandmother said it like that, and it always did me good."),
    MIXED[4]: (0, "I only name what there is. She is free to do something else."),
}
"""By reply: the place of a sentence in it, and how learners see its reading."""

WHY_DECIDED = "The question sounds open, but it knows the answer already. I have been asked it often."
WHY_NOT = "I see what you wanted. I would still have felt moved aside by it, so I leave the reading as it is."
SEEN_OTHERWISE = "For me it depends on who says it. From somebody whom I have known for a while it does more than that."
DECIDED_FROM_SCRATCH = (
    (
        "i haven't told anyone else",
        "Then I am glad that it is me, and I will keep it.",
        "It takes what she gives, and promises no more than that.",
    ),
    (
        "i went back last week",
        "You went back, and you are still the same to me.",
        "It says what she did, in her own words, and asks for nothing.",
    ),
)
"""What was told, a sentence in answer, and why a survivor leader hears it so."""

REFLECTIONS = (
    "I came because of my sister. Nobody asked her anything for two years, we only talked about her.",
    "I am afraid of saying the wrong thing, and then I say something quick. I want to try to be slower.",
    "My own sign: I begin to tidy the kitchen at night.",
)

WHAT_WOULD_HELP = (
    "Thank you for the talk. What would help: one more practice with somebody who does not want to leave, where you "
    "stay with what she says for three replies before you offer anything. Then let us talk again; there is no hurry."
)

CERTIFICATE_NAMES = {"Tomasz Lampshade": "Tomasz Łukasz Lampshade"}
"""Who wants another name on paper than the one that we call them by."""

ORGANISATION = {
    "name": "The Lantern House (made up)",
    "contact": "desk@demonstration.example",
    "numbers": "Somebody to talk to, day and night: 555 0100 (made up, rings nowhere)\n"
    "Our own desk: 555 0101, weekdays 10:00 to 16:00 (made up, rings nowhere)",
    "minimum_age": 18,
    "duties": "When a child is in danger now, we tell the coordinator on duty, the same hour.\n"
    "When somebody says that they will end their life, we stay with them and ring the coordinator on duty.\n"
    "Nothing else is passed on without a yes. (An example: your own duties depend on where you are.)",
    "safeguarding_lead": "Carla Lighthouse",
}
ANOTHER_PROMISE = "I keep my own phone number, my address and my other accounts to myself, and I do not ask for hers."
ANOTHER_SUMMARY = "Ten ways of pulling back, most of them kindly meant, and what can be said in their place."
HOURS = ("Read two lessons and a drill", "Sentences that learners saw differently", "Talk with a learner", "")
