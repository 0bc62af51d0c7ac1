"""`trial_quantities`: numbers with their comparators and units."""
