"""Why a message could not be sent; any other OSError is about the way there, not about the address."""


class Refused(OSError):
    """There is no such address, or it takes no mail: trying again is of no use."""


class Busy(OSError):
    """Not this address at this time."""
