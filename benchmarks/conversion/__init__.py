"""How much of a conversion is wrong: of ours, and of plain OpenCC beside it."""
