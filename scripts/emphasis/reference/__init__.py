"""The yardstick: what a report stresses and what it passes over, against reports of its kind."""
