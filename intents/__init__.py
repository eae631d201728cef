"""Turn what a customer writes into an `Understanding`: pure, deterministic, no I/O beyond the catalogue."""
