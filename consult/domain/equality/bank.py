"""The questions themselves: words, codes, purpose and source of each."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.equality.ethnic import ETHNIC
from consult.domain.messages import N_

VERSION = 2
PREFER_NOT = "prefer_not_to_say"
PREFER_NOT_WORDS = N_("Prefer not to say")
YES_NO = (("yes", N_("Yes")), ("no", N_("No")))
CENSUS = "Census 2021, Office for National Statistics"
GSS = "Harmonised standard of the Government Statistical Service"


@dataclass(frozen=True)
class EqualityQuestion:
    """One question: msgids by option key, in order; "prefer not to say" comes last, after "or".

    `purpose` and `source` are for those who choose what is asked. An option without words is a heading within the list.
    """

    key: str
    text: str
    options: tuple[tuple[str, str], ...]
    hint: str = ""
    purpose: str = ""
    source: str = GSS
    usual: bool = False
    several: bool = False
    #: before which option a heading stands, as msgids
    headings: tuple[tuple[str, str], ...] = ()

    @property
    def alone(self) -> frozenset[str]:
        """Options that nobody chooses with others."""
        return frozenset({"none", PREFER_NOT})


AGED = N_("This question is for people aged 16 or over.")
BANK = (
    EqualityQuestion(
        "age_band",
        N_("What is your age?"),
        (
            ("under_16", N_("Under 16")),
            ("16_24", N_("16 to 24")),
            ("25_34", N_("25 to 34")),
            ("35_44", N_("35 to 44")),
            ("45_54", N_("45 to 54")),
            ("55_64", N_("55 to 64")),
            ("65_74", N_("65 to 74")),
            ("75_84", N_("75 to 84")),
            ("85_over", N_("85 or over")),
        ),
        purpose="Whether people of every age were heard, and whether a change bears harder on some ages.",
        source="Bands of the GP Patient Survey",
        usual=True,
    ),
    EqualityQuestion(
        "sex",
        N_("What is your sex?"),
        (("female", N_("Female")), ("male", N_("Male"))),
        purpose="Whether women and men were heard, and whether a change bears harder on one sex.",
        source=CENSUS,
        usual=True,
    ),
    EqualityQuestion(
        "gender_identity",
        N_("Is the gender you identify with the same as your sex registered at birth?"),
        YES_NO,
        AGED,
        purpose="Whether trans people were heard. Only where the equality assessment uses it.",
        source=CENSUS,
    ),
    EqualityQuestion(
        "disability_1",
        N_(
            "Do you have any physical or mental health conditions or illnesses "
            "lasting or expected to last 12 months or more?"
        ),
        YES_NO,
        purpose="Whether people with long-term conditions were heard.",
        usual=True,
    ),
    EqualityQuestion(
        "disability_2",
        N_("Do any of your conditions or illnesses reduce your ability to carry out day-to-day activities?"),
        (("a_lot", N_("Yes, a lot")), ("a_little", N_("Yes, a little")), ("not_at_all", N_("Not at all"))),
        N_("Answer this only if you said yes to the question before."),
        purpose="Whether disabled people, as the Equality Act means it, were heard.",
        usual=True,
    ),
    EqualityQuestion(
        "impairment",
        N_("Do any of your conditions or illnesses affect you in any of these areas?"),
        (
            ("vision", N_("Vision, for example blindness or partial sight")),
            ("hearing", N_("Hearing, for example deafness or partial hearing")),
            ("mobility", N_("Mobility, for example walking short distances or climbing stairs")),
            ("dexterity", N_("Dexterity, for example lifting and carrying objects, using a keyboard")),
            ("learning", N_("Learning, understanding or concentrating")),
            ("memory", N_("Memory")),
            ("mental_health", N_("Mental health")),
            ("stamina", N_("Stamina, breathing or fatigue")),
            ("social", N_("Socially or behaviourally, for example autism or attention deficit disorder")),
            ("other", N_("Another area")),
            ("none", N_("None of these")),
        ),
        purpose="Which adjustments a change has to make. Only where the equality assessment uses it.",
        several=True,
    ),
    EqualityQuestion(
        "ethnic_1",
        N_("What is your ethnic group?"),
        (
            ("white", N_("White")),
            ("mixed", N_("Mixed or multiple ethnic groups")),
            ("asian", N_("Asian or Asian British")),
            ("black", N_("Black, African, Caribbean or Black British")),
            ("other", N_("Other ethnic group")),
        ),
        purpose="Whether people of every ethnic group were heard.",
        usual=True,
    ),
    EqualityQuestion(
        "ethnic_2",
        N_("Which of these best describes your background?"),
        tuple((option, words) for _parent, _heading, group in ETHNIC for option, words in group),
        purpose="The finer groups of the Census, where the area has enough people in them to be counted.",
        source=CENSUS,
        headings=tuple((group[0][0], heading) for _parent, heading, group in ETHNIC),
    ),
    EqualityQuestion(
        "religion",
        N_("What is your religion?"),
        (
            ("none", N_("No religion")),
            ("christian", N_("Christian, including Church of England, Catholic, Protestant and all others")),
            ("buddhist", N_("Buddhist")),
            ("hindu", N_("Hindu")),
            ("jewish", N_("Jewish")),
            ("muslim", N_("Muslim")),
            ("sikh", N_("Sikh")),
            ("other", N_("Any other religion")),
        ),
        purpose="Whether people of every religion and none were heard, where it bears on the service.",
        source=CENSUS,
    ),
    EqualityQuestion(
        "sexual_orientation",
        N_("Which of the following best describes your sexual orientation?"),
        (
            ("straight", N_("Straight or heterosexual")),
            ("gay_lesbian", N_("Gay or lesbian")),
            ("bisexual", N_("Bisexual")),
            ("other", N_("Other sexual orientation")),
        ),
        AGED,
        purpose="Whether lesbian, gay and bisexual people were heard.",
        source=CENSUS,
    ),
    EqualityQuestion(
        "marital",
        N_("What is your legal marital or registered civil partnership status?"),
        (
            ("never", N_("Never married and never registered in a civil partnership")),
            ("married", N_("Married")),
            ("partnership", N_("In a registered civil partnership")),
            ("separated_married", N_("Separated, but still legally married")),
            ("separated_partnership", N_("Separated, but still legally in a civil partnership")),
            ("divorced", N_("Divorced")),
            ("dissolved", N_("Formerly in a civil partnership which is now legally dissolved")),
            ("widowed", N_("Widowed")),
            ("surviving", N_("Surviving partner from a registered civil partnership")),
        ),
        purpose="Only where the equality assessment uses it.",
        source=CENSUS,
    ),
    EqualityQuestion(
        "pregnancy",
        N_("Are you pregnant, or have you had a baby in the last 12 months?"),
        (
            ("pregnant", N_("Yes, pregnant")),
            ("baby", N_("Yes, had a baby")),
            ("no", N_("No")),
            ("not_applicable", N_("Not applicable")),
        ),
        purpose="Only where the equality assessment uses it.",
        source="Usual wording of NHS forms; there is no harmonised standard",
    ),
    EqualityQuestion(
        "carer",
        N_(
            "Do you look after, or give any help or support to, anyone because they have long-term physical or "
            "mental health conditions or illnesses, or problems related to old age?"
        ),
        (
            ("no", N_("No")),
            ("9_or_less", N_("Yes, 9 hours a week or less")),
            ("10_19", N_("Yes, 10 to 19 hours a week")),
            ("20_34", N_("Yes, 20 to 34 hours a week")),
            ("35_49", N_("Yes, 35 to 49 hours a week")),
            ("50_more", N_("Yes, 50 hours a week or more")),
        ),
        N_("Do not count anything you do as part of your paid work."),
        purpose="Whether carers were heard.",
        source=CENSUS,
        usual=True,
    ),
    EqualityQuestion(
        "main_language",
        N_("What is your main language?"),
        (
            ("english", N_("English")),
            ("welsh", N_("Welsh")),
            ("polish", N_("Polish")),
            ("romanian", N_("Romanian")),
            ("arabic", N_("Arabic")),
            ("urdu", N_("Urdu")),
            ("bsl", N_("British Sign Language")),
            ("other", N_("Another language")),
        ),
        purpose="Whether people whose main language is not English were heard.",
        source="The concept of Census 2021, with the languages of this site",
    ),
    EqualityQuestion(
        "capacity",
        N_("How are you answering?"),
        (
            ("public", N_("As a patient or member of the public")),
            ("carer", N_("As a carer")),
            ("for_someone", N_("For somebody else")),
            ("nhs_staff", N_("As somebody who works in health or social care")),
            ("practice", N_("As a GP or for a practice")),
            ("voluntary", N_("For a voluntary organisation or charity")),
            ("councillor", N_("As a councillor")),
            ("other", N_("In another way")),
        ),
        purpose="Who the answers come from; results tell patients, staff and organisations apart.",
        source="Usual typing of responses to consultations",
    ),
)
