"""The results of a class to a learning record store (LRS), as statements of xAPI 1.0.3."""
