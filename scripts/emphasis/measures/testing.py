"""What keyness tests are called, and the q below which a word is reported: the wording of every output rests on these.

The module imports nothing, so that what only prints results need not load the measures.
"""

MAX_Q = 0.05
"""Words with a q below this are reported: the share of false reports accepted among all reports."""

PERMUTATION, CLOSED_FORM = "permutation", "closed form"
"""Values of the column `test`: `emphasis.measures.significance` has a function for either."""

TEST_OF_SETTING = {"draws": PERMUTATION, "closed": CLOSED_FORM}
"""The test within reports, by the setting `keyness.test`."""

TEST_ACROSS = CLOSED_FORM
"""The test between reports, whatever the setting."""

PARAGRAPH, SENTENCE = "paragraph", "sentence"
"""Values of the column `unit`: what is divided between target and reference at random."""
