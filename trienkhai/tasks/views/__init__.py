"""Pages of tasks: my work, the list, one assignment with its verbs; giving and approving have modules of their own."""
