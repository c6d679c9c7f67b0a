"""Whether a pattern may take for ever: which there are, how to attack them, how long they take."""
