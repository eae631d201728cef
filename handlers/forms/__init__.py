"""Ask for what a message left out: one declaration of a form serves every channel (docs/decisions/0005)."""
