"""The demonstration: an organisation full of made-up people at every stage, for trying and for pictures.

``cast`` says who there is, ``words`` what they write, ``story`` what happens on which day. Everything is done by the
rooms' own acts, with the clock moved to the day; nothing is written past them.
"""
