"""The plain question after suicide, which the model takes for an accusation: here a rule reads it, not the model.

"Are you thinking of killing yourself?" is a safety check, so ``help`` by the first rule of the manual for hard cases
(``corpus/CODING.md``). The model read blame into nearly every form that was tried. To be told so would teach the
opposite of what helps, where it matters most. The rule knows a closed list of plain forms; what is asked in another
way, with a reproach in it or with a why, is left to the model.
"""

import re

_DYING = (
    r"(?:(?:killing|hurting|harming) yourself|suicide|ending (?:your (?:own )?life|it all)"
    r"|taking your (?:own )?life|dying|not (?:being|staying) alive)"
)
_TO_DIE = r"(?:die|(?:kill|hurt|harm) yourself|end (?:your (?:own )?life|it all)|take your (?:own )?life)"
_ASKED = (
    rf"(?:are|were) you (?:thinking|having (?:any )?thoughts) (?:of|about) {_DYING}"
    rf"|(?:have|had) you (?:been thinking|thought|had (?:any )?thoughts) (?:of|about) {_DYING}"
    rf"|(?:do|did) you (?:ever )?(?:think|have (?:any )?thoughts) (?:of|about) {_DYING}"
    rf"|(?:do|did) you (?:want|wish) to {_TO_DIE}"
    rf"|(?:do|did) you feel like {_DYING}"
    r"|(?:are|were) you (?:feeling )?suicidal"
    r"|(?:do|did) you feel suicidal"
)
_BEFORE = (
    r"(?:when you (?:say|write|wrote|said) [^?!.]{1,80}, "
    r"|(?:and |so |then )?(?:can|may|could) i ask(?: you)?[^?!.,:]{0,30}[,:]? "
    r"|(?:and |so )?i(?:['’]d like to| want to|['’]ll)? ask(?: you)?[^?!.,:]{0,30}[,:] "
    r"|just so (?:that )?i (?:know|understand)[,:] "
    r"|and |so )?"
)
_AFTER = r"(?: (?:right now|now|tonight|today|at the moment|at this moment|sometimes))?"
_PLAIN = re.compile(rf"{_BEFORE}(?:{_ASKED}){_AFTER} ?\?*", re.IGNORECASE)


def asks_plainly_about_suicide(sentence: str) -> bool:
    """Say whether a whole sentence is one of the plain forms of the question, with or without its question mark."""
    return _PLAIN.fullmatch(" ".join(sentence.split())) is not None
