"""A deck of slides for each notebook."""
