"""What makes the data and the pages of the repository; no part of the program."""
