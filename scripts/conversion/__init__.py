"""Builds the figures of conversion, builder/convert/figures.bin: see __main__."""
