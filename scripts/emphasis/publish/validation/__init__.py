"""The validation kit: sentences for two coders, and what their codes say about the machine's."""
