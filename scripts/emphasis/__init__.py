"""What Chinese government work reports put their weight on.

Pure functions and small dataclasses, importable in a notebook; nothing here knows Snakemake. The floors, each importing
only from those below it: ``publish``, ``figures`` / ``topics``, ``targets``, ``measures`` / ``segment`` / ``ingest`` /
``text``, ``tables``.
"""

__version__ = "0.1.0"
