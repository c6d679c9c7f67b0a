"""How much one person may ask of the studio; docs/studio.md says why each is what it is."""

MB = 1_000_000
MOST_FILE_BYTES = 200 * MB
MOST_BOOK_BYTES = 300 * MB
MOST_FILES = 5_000
MOST_BOOKS = 50
MOST_JSON_BYTES = 4 * MB
# Nested as deep as keys of settings are (docs/limits.md), and what a place in a text may need.
MOST_JSON_DEPTH = 32
MOST_DIGITS = 9
# Bodies that wait in memory, of all people together: three covers, a dozen tables of contents.
MOST_HELD_BYTES = 64 * MB
# Less room on the disk is for those who have books there already.
LEAST_FREE_BYTES = 200 * MB
MOST_WAITING = 20
MOST_RUNNING = 2
# What a child process gets: enough for the largest book that is read (docs/reliability.md).
CHILD_MEMORY_BYTES = 4_000 * MB
CHILD_CPU_S = 600
CHILD_WALL_S = 900
# The contents as a page shows and changes them.
MOST_ROWS = 50_000
MOST_LINES = 400
