"""A run of the workflow: its folder of reports, configuration, fingerprints of code and data, lock, jobs and closing line."""
