"""Chat on a web page, and in other sites' pages through an embedded frame (docs/decisions/0004)."""
