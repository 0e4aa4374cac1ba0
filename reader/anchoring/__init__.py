"""Finding a span again after the text changed."""
