"""Verdicts on topic models, as the tables print them, and the number of reports that decides which model comes first.

Imports nothing, so that workflow rules can import it.
"""

KEPT, WEAK, NOISE = "kept", "weak", "not distinguishable from noise"
"""Of models and topics: better than shuffled text in both measures, in one, in none."""

BETTER = "better than noise"
"""Of one measure of a model or topic; otherwise `NOISE`."""

TOO_LITTLE = "too little text"
"""Of a model that was not fitted."""

MAIN_RESULT, SECONDARY = "main result", "beside it"
"""Of the order in which models are to be read: the first, and the others."""

POLICY, FORMULA = "policy", "formula"
"""Kinds of topics: a subject, or set phrases of the genre."""

LEAST_REPORTS = 8
"""From so many reports on, a model of all of them is fitted and is the main result; fewer reports get a model each, and the
reference basis is the main result."""
