"""Workbooks of responses that Microsoft Forms exports become questionnaires, as far as responses tell.

Read in this order: `headings` (what is a question), `guessing` (of which kind), `form` (all of it, from bytes to a
definition). No response is kept.
"""

from consult.exchange.microsoft_forms.form import is_microsoft_forms, read_microsoft_forms

__all__ = ["is_microsoft_forms", "read_microsoft_forms"]
