"""Measure the house side by side in one run, reproducibly by one command (`make bench`)."""
