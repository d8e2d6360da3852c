"""What is measured, a module for each question; every function returns figures by key."""
