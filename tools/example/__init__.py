"""The example database, `annotations.db.example`: two articles, two annotators who differ; rebuilt by a command."""
