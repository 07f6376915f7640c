"""Topic models and what they can be believed for."""
