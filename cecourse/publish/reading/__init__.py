"""Read an executed notebook: its cells as HTML, with formulas and code in colours."""
