"""Book → Publication, and Book → PrintDocument: what the author meant becomes what is shipped."""
