"""The article pane, measured at three sizes: `python -m bench.pane`."""
