"""The bank that is imitated: its world, its rules and its screens. It knows nothing of training."""
