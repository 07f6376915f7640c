"""Tables: written whole or not at all, checked against their schemas, read and merged batch by batch."""
