"""Tests of signing and of judging signatures."""
