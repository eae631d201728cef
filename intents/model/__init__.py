"""Learn from the catalogue what messages mean, and score a message against it with numpy alone."""
