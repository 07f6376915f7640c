"""Importing this module reads the dictionaries by which tokens are cut.

Scripts of steps that cut terms import it: the process that steps are forked from then has the dictionaries before it forks, and
they are read once in a run instead of once in a job; see `emphasis.run.forks`.
"""

from emphasis.segment.vocabulary import read_dictionaries

read_dictionaries()
