"""Sign PDFs so that they are certified against change and last (REC-7)."""
