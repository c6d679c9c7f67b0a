"""docs/benchmarks.md: what is measured, as tables and plots. `python -m benchmarks` writes it."""
