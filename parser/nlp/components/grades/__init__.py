"""`trial_grades`: stages, grades and classes with their values."""
