"""The page: one file that shows every number of a run with the sentences behind it, and needs no network."""
