"""Quality measured on corpora that are read in place: `python -m tests.evaluation NAME PATH`."""
