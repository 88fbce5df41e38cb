"""The imitated bank: its screens on top of its world and rules (simulator.domain) and their store."""
