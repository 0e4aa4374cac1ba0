"""What is said about the text: annotations, and the codebook that they are made under."""
