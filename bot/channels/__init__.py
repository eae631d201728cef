"""Translate between platforms and the house; know nothing of the service."""
