"""The signed pack: one zip with all that was published of some results, and proof that nothing changed.

`contents` says what is in it and makes every file of it again from `release.json` and the questionnaires alone;
`archive` packs and unpacks, `signing` signs, `keeping` holds what was signed once, and `verifying` tries all of it
without a database or settings.
"""
