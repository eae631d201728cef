"""Keep the records and the rules of the Service Centre: no chat, no wording."""
