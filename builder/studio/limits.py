"""How much one person may ask of the studio; docs/studio.md says why each is what it is."""

MB = 1_000_000
MOST_FILE_BYTES = 200 * MB
MOST_BOOK_BYTES = 300 * MB
MOST_FILES = 5_000
MOST_BOOKS = 50
MOST_JSON_BYTES = 4 * MB
MOST_WAITING = 20
MOST_RUNNING = 2
# What a child process gets: enough for the largest book that is read (docs/reliability.md).
CHILD_MEMORY_BYTES = 4_000 * MB
CHILD_CPU_S = 600
CHILD_WALL_S = 900
# The contents as a page shows and changes them.
MOST_ROWS = 50_000
MOST_LINES = 400
