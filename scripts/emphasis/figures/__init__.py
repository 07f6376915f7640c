"""Word clouds, charts and the font they are set in."""
