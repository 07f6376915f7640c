"""Topic models and their validation."""
