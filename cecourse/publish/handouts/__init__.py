"""A PDF for paper of each notebook."""
