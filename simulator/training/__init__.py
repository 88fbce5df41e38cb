"""Training around the bank: classes, courses, coaching, progress and the instructor's desk."""
