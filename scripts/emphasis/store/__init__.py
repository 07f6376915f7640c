"""Tables: how they are written and read, in batches, checked against their schemas, never half written."""
