"""Transformation groups, their practices and leads, and the public way in to everything that is asked."""
