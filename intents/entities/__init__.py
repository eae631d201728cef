"""Find in a message what the contract calls entities, each by a recogniser of its own."""
