"""`trial_boundaries`: entities whose begin or end patterns know better than the recogniser."""
