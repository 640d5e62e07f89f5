"""People we write to: for now those who asked to be told what happened. Nothing here can be linked to an answer."""
