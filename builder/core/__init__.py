"""What every room shares: the book model, spans, the ledger, diagnostics, errors, settings, events.

Imports the standard library and nothing else, so that it loads in milliseconds and
can be read without knowing any other package.
"""
