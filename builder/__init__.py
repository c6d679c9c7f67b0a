"""Raw Chinese text in, finished books out."""
