"""The steps of all features: what is given, what is done, what then shows."""
