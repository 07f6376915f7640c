"""What keyness tests are called, and the q below which a word is reported: the wording of every output rests on these.

The module imports nothing, so that what only prints results need not load the measures.
"""

MAX_Q = 0.05
"""Words with a q below this are reported: the share of false reports accepted among all reports."""
