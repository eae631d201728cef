"""Tests of the deposit receipts."""
