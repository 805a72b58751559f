"""What people read: grades, feedback, a page about the class."""
