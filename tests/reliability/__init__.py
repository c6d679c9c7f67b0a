"""What must never be lost, whatever fails: each part yields rows for docs/reliability.md.

`python -m tests.reliability` does all of it and writes that page; the tests do less of the same.
"""
