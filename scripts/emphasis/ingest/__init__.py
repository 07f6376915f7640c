"""From a file to a report: readers, body bounds, outline, metadata, confidence."""
