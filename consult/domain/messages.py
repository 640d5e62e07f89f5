"""Texts that are said to people from where no translator is at hand."""


def N_(message: str) -> str:
    """Mark a text for translation; whoever prints it says it in the reader's language."""
    return message
