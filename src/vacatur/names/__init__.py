"""Text to tokens: normalising names for matching. Pure functions; knows nothing of parties or lists."""
