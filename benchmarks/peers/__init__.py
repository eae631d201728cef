"""Measure other engines on the same examples and the same messages, in the same run."""
