"""The catalogue of defects that `make prove` switches on, one at a time. Not part of the distribution."""
