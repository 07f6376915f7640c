"""The sentences behind a row of a table, found in the results alone."""
