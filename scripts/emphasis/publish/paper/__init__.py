"""The paper kit: what an author copies into a paper, made from the tables of a run."""
