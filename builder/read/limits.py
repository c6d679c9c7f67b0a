"""How much a book may hold. Far above any real book, far below what hurts a machine."""

MIB = 1024 * 1024

# The longest web novels have 20 million characters: 60 MB of UTF-8.
MAX_FILE_BYTES = 128 * MIB
MAX_BOOK_BYTES = 512 * MIB
MAX_FILES = 20_000
MAX_IMAGE_BYTES = 32 * MIB
MAX_IMAGES_BYTES = 512 * MIB
# 100 megapixels is A3 at 600 dpi.
MAX_IMAGE_PIXELS = 100_000_000
# More broken bytes than these are counted, not listed one by one.
MAX_FAULTS_LISTED = 100
