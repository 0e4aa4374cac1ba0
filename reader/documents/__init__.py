"""Text in: what a document is, and how its words, sentences and quotations are found."""
