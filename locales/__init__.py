"""Hold every word that a person reads, per language, and the way dates, numbers and amounts are written."""
