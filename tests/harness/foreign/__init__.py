"""Three sites that somebody else might have built, to try the acceptance on: legacy, frames, spa."""
