"""Door one: the command line; one command per file, loaded only when it is called."""
