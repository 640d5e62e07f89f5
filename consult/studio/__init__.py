"""Writing together: the editor, the bank of questions, the translation desk, remarks and trials before opening."""
