"""What is kept while a consultation is written: by what is kept, one file each."""

from consult.studio.models.bank import BankEntry
from consult.studio.models.edits import Edit
from consult.studio.models.links import ReviewLink
from consult.studio.models.looked_at import LookedAt
from consult.studio.models.remarks import Remark
from consult.studio.models.translations import Translation, TranslatorsNote
from consult.studio.models.trials import TrialAnswers

__all__ = ["BankEntry", "Edit", "LookedAt", "Remark", "ReviewLink", "Translation", "TranslatorsNote", "TrialAnswers"]
