"""What a person can do: plain functions that both doors, command line and screen, call."""
