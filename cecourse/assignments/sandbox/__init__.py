"""The wall around a student's code, and what crosses it."""
