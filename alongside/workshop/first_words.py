"""The front page's text as it ships, in English. From then on the page belongs to those who edit it.

Licence: CC BY 4.0, as all content.
"""

TITLE = "Be someone she can tell"

LEAD = (
    "Alongside is a free workshop for people who want to stand with people in, or leaving, the sex industry. "
    "Someone tells you something hard. You answer in your own words, and see at once how it lands."
)

BODY = """\
<p>You do not need to have been where she has been.</p>
<p>When she wonders whether to tell you what her life is like, one question lies under every hesitation:
<b>will you judge me?</b> She may test it. She may tell you the shocking thing first, to see what you do.</p>
<p>What helps then is seldom clever. It is <b>leaning in</b>: believing her, saying back what you heard, leaving the
choice with her, staying. And it is noticing when you <b>pull back, ever so slightly</b>: with advice before she was
understood, with a kindness that looks down, with a question that she need not answer. Almost everybody does it,
mostly out of goodwill. She notices. And it can be unlearned, the way we learn to speak: by trying, and by hearing how
it came across.</p>
<p>Nothing is worth more here than the leadership of people who have lived it. And a different background
disqualifies nobody. If you can be safe, non-judgmental and supportive, you can help.</p>
<p><i>We write “she”, because most often it is. People of every gender are meant.</i></p>
"""

WHAT_HAPPENS = """\
<ol>
<li>You make an account with an e-mail address and a password. It costs nothing.</li>
<li>Ten short lessons wait for you, about three hours with all that belongs to them, in pieces as small as you like.
Before the first and after the last you answer three people, and see what has changed.</li>
<li>In between you practise. A person made up for practice tells you something that is hard to tell, and you answer as
you would answer anyone. At once, and for your eyes only, you see what each sentence did: where it leaned in, where it
pulled back, and another way to say it. How the conversation goes on depends on you.</li>
<li>Stop anywhere, go on later, take any turn again. Nothing you write leaves this server, and you can delete all of
it.</li>
</ol>
"""

HONEST = """\
<ul>
<li><b>A small model reads your replies.</b> It runs on this server, and it is wrong at times. Where it is unsure it
says so, and you can say where you see it differently.</li>
<li><b>Survivors have not reviewed it yet,</b> neither the reading nor the lessons and conversations. Until they have,
each of them says so.</li>
<li><b>A certificate is no promise.</b> It says that you took the workshop, not that you are ready to walk with someone.
People decide that with you.</li>
</ul>
"""

FOR_SURVIVORS = """\
<p>This page asks nothing of you. No survivor is ever asked to sign up here, for anything.</p>
<p>If you would like to help us teach others, you are as welcome as anyone, and more than welcome: ask the people who
run this page. Whether you say a word about your own life is yours to decide.</p>
"""
