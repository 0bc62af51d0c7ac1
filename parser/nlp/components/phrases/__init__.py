"""`trial_phrases`: noun phrases, with a guess at the kind of thing that each names."""
