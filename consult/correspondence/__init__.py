"""People who write to us by name: requests for another format or language. Nothing here leads to an answer."""
