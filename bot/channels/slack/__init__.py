"""Translate between Slack and the house: nothing here knows the service."""
