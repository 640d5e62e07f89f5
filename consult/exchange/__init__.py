"""Questionnaires in and out: what a file said, and what could not be kept of it."""
