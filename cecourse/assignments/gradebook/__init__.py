"""What is known about a class: facts that accumulate, what people wrote, and the rules for what counts."""
