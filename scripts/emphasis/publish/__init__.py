"""What leaves the workflow: the manifest and the pages made from the tables."""
