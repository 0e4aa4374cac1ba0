"""Inter-annotator agreement on spans: measures by interval arithmetic, each with its definition and its source."""
