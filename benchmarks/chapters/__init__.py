"""Raw books whose truth is known, and how much of it `builder` finds.

`generate` turns a clean book into a file such as people have; `evaluate` runs read, normalize
and structure over the file and compares. `python -m benchmarks.chapters --help`.
"""
