"""Answers on paper, by telephone, face to face and in letters: counted in batches, keyed, and put into the box."""
