"""What is asked, what is right, and how mistakes look."""
