"""Chinese novels set as PDF by the press and by its peers, in turn: time, memory, size, faults."""
