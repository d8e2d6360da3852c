"""Questions of the board (`board`) and of the log (`acts`)."""
