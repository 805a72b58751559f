"""Style sheets: the lecture hall, paper and a dark page; the one source of colours."""
