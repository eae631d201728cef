"""Make the files that customers receive."""
