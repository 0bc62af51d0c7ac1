"""`trial_topics`: subjects that criteria have of their own (consent, pregnancy, other trials, allergies, …)."""
