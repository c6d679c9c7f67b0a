"""How much a book may hold. Far above any real book, far below what hurts a machine."""

MIB = 1024 * 1024

# The longest web novels have 20 million characters: 60 MB of UTF-8.
MAX_FILE_BYTES = 128 * MIB
MAX_BOOK_BYTES = 512 * MIB
MAX_FILES = 20_000
# A book's text without mark-up. The longest web novels have 20 million characters in 700,000
# lines.
MAX_CHARACTERS = 30_000_000
MAX_TEXT_LINES = 1_000_000
# As it was decoded: with the mark-up, and with blank lines between the others.
MAX_RAW_CHARACTERS = 100_000_000
MAX_LINES = 3_000_000
# Tags and character references; a <p> and a </p> for each line of the longest novel.
MAX_TAGS = 1_500_000
# In one file. Its parser takes two kilobytes for each.
MAX_MARKDOWN_LINES = 300_000
# The signs that its parser asks its rules at, up to 17 millionths of a second each; an opening bracket
# counts twice. A dictionary of 50,000 entries, each with bold, italics and a link, has 450,000.
MAX_MARKDOWN_SIGNS = 600_000
# In one file, those that a short row lacks among them. A dictionary of 50,000 rows and five columns.
MAX_MARKDOWN_CELLS = 250_000
# Headings that mark-up says: three for each entry of the largest dictionary.
MAX_MARKED_HEADINGS = 150_000
# A novel that has lost all its line ends is one line; the longest chapters have 60,000 characters.
MAX_LINE_CHARACTERS = 5_000_000
MAX_IMAGE_BYTES = 32 * MIB
MAX_IMAGES_BYTES = 512 * MIB
# All pictures of a book together: six hundred pages scanned at 600 dpi.
MAX_IMAGES_PIXELS = 20_000_000_000
# All pictures inside one drawing together, which nobody can make smaller: A4 scanned at 600 dpi.
MAX_DRAWN_PIXELS = 36_000_000
# More broken bytes than these are counted, not listed one by one.
MAX_FAULTS_LISTED = 100

# Archives. Source: what OWASP and the writers of zip bombs agree on; a book has a few thousand.
MAX_ARCHIVE_ENTRIES = 10_000
MAX_ARCHIVE_BYTES = 500 * MIB
# A member may not unpack to more than so many times its size. Text packs 1:4; files under the
# free size may be all spaces.
MAX_RATIO = 200
RATIO_FREE_BYTES = MIB
# Folders in folders: part, volume, chapter.
MAX_FOLDER_DEPTH = 4
