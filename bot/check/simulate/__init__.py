"""People who look for something that they know and may not name: how often and how fast they are shown it.

`people.py` draws them, `behave.py` decides what they do next, `phrasing.py` puts that into words without knowing the
target, `play.py` lets them talk, `figures.py` counts.
"""
