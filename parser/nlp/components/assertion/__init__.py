"""`trial_assertion`: words that say how a thing is meant (status, certainty, negation, severity, method, …)."""
