"""What may go wrong on purpose, as a tree; anything else is a fault of ours."""


class ConsultError(Exception):
    """The root: a refusal with a sentence that may be shown to the person."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class Rejected(ConsultError):
    """Something the person can put right: shown beside its field with status 422."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class NotNow(ConsultError):
    """The state of the thing forbids it: status 409 and a page that says so."""


class NotAllowed(ConsultError):
    """This account may not do that: status 403."""


class Missing(ConsultError):
    """There is no such thing, or it is not for this person to know: status 404."""
