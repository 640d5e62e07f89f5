"""Respondents: begin, page, check, submit, equality, resume, take back; the box and its settling."""
