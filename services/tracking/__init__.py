"""Tell where an item is, from whichever source is set (TRK-1)."""
