"""A sandbox for students' code, and the protocol by which the grader talks to it."""
