"""Carry out the commands of the product, one file each."""
