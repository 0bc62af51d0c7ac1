"""`trial_windows`: stretches of time with their anchors."""
