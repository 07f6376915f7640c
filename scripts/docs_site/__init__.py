"""The documentation site, built from docs/ (part of `make docs`): its pages with numbers, its sources, Sphinx, its links."""
