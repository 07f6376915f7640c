"""What concerns a run: the folder of reports, the configuration, fingerprints of code, the lock, the closing line."""
