"""Figures as files: pictures, films, and what their letters do at another size."""
