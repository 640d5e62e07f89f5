"""The twelve transformation groups of Dorset, with fictional practices (codes Z99…) and leads (drama telephone numbers)."""

from __future__ import annotations

from datetime import date

AS_AT = date(2026, 11, 1)

#: slug, name, locality, practices as (name, town)
GROUPS: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "central-bournemouth",
        "Central Bournemouth",
        "Bournemouth",
        (
            ("Pier Approach Surgery", "Bournemouth"),
            ("Wimborne Road Medical Centre", "Winton"),
            ("Chine Gardens Practice", "Bournemouth"),
        ),
    ),
    (
        "north-bournemouth",
        "North Bournemouth",
        "Bournemouth",
        (
            ("Kinson Green Surgery", "Kinson"),
            ("Moordown Health Centre", "Moordown"),
            ("Stour Bend Practice", "Redhill"),
        ),
    ),
    (
        "christchurch",
        "Christchurch",
        "Christchurch",
        (
            ("Priory Meadow Surgery", "Christchurch"),
            ("Mudeford Quay Practice", "Mudeford"),
            ("Highcliffe Cross Surgery", "Highcliffe"),
        ),
    ),
    (
        "east-bournemouth",
        "East Bournemouth",
        "Bournemouth",
        (
            ("Southbourne Grove Surgery", "Southbourne"),
            ("Boscombe Overcliff Practice", "Boscombe"),
            ("Pokesdown Medical Centre", "Pokesdown"),
        ),
    ),
    (
        "poole-north-and-east-dorset",
        "Poole North and East Dorset",
        "East Dorset",
        (
            ("Broadstone Heath Surgery", "Broadstone"),
            ("Wimborne Minster Practice", "Wimborne"),
            ("Ferndown Woods Surgery", "Ferndown"),
            ("Verwood Potteries Practice", "Verwood"),
        ),
    ),
    (
        "poole-bay",
        "Poole Bay",
        "Poole",
        (("Branksome Chine Surgery", "Branksome"), ("Parkstone Lilliput Practice", "Parkstone")),
    ),
    (
        "poole-central",
        "Poole Central",
        "Poole",
        (
            ("Old Orchard Street Surgery", "Poole"),
            ("Hamworthy Bridge Practice", "Hamworthy"),
            ("Oakdale Rise Surgery", "Oakdale"),
        ),
    ),
    (
        "purbeck",
        "Purbeck",
        "Purbeck",
        (
            ("Swanage Bay Surgery", "Swanage"),
            ("Wareham Walls Practice", "Wareham"),
            ("Corfe View Surgery", "Corfe Castle"),
            ("Bere Meadows Surgery", "Bere Regis"),
        ),
    ),
    (
        "mid-dorset",
        "Mid Dorset",
        "Mid Dorset",
        (
            ("Dorchester South Walks Surgery", "Dorchester"),
            ("Poundbury Square Practice", "Poundbury"),
            ("Puddletown Ford Surgery", "Puddletown"),
            ("Cerne Valley Practice", "Cerne Abbas"),
        ),
    ),
    (
        "north-dorset",
        "North Dorset",
        "North Dorset",
        (
            ("Shaftesbury Gold Hill Practice", "Shaftesbury"),
            ("Gillingham Mill Surgery", "Gillingham"),
            ("Blandford Bridges Surgery", "Blandford Forum"),
            ("Sturminster Mill Practice", "Sturminster Newton"),
        ),
    ),
    (
        "weymouth-and-portland",
        "Weymouth and Portland",
        "Weymouth and Portland",
        (
            ("Weymouth Esplanade Surgery", "Weymouth"),
            ("Radipole Lake Practice", "Weymouth"),
            ("Easton Square Surgery", "Portland"),
        ),
    ),
    (
        "west-dorset",
        "West Dorset",
        "West Dorset",
        (
            ("Bridport Ropewalk Surgery", "Bridport"),
            ("Lyme Cobb Practice", "Lyme Regis"),
            ("Beaminster Square Surgery", "Beaminster"),
            ("Sherborne Abbey Fields Practice", "Sherborne"),
        ),
    ),
)

CLINICAL_LEADS = (
    "Dr Amara Osei", "Dr Helen Frampton", "Dr Piotr Zielinski", "Dr Ruth Galpin", "Dr Sanjay Mehta", "Dr Nia Prosser",
    "Dr Colm Brennan", "Dr Lucy Hardy", "Dr Farah Siddiqui", "Dr Tom Squibb", "Dr Grace Adeyemi", "Dr Owen Loveless",
)  # fmt: skip
PROGRAMME_LEADS = (
    "Janet Cox", "Mihai Popa", "Sarah Legg", "David Trent", "Priya Nair", "Ellen Burt",
    "Rob Symes", "Kate Foot", "Yusuf Karim", "Anna Wolska", "Mark Hansford", "Beth Stone",
)  # fmt: skip


def code(number: int) -> str:
    """A practice code that no real practice has."""
    return f"Z99{number:03}"


def telephone(number: int) -> str:
    """A number reserved for drama."""
    return f"01632 960{number:03}"


#: A county to compare with, in round numbers of our own: people in thousands by age, and of how many are women.
SOURCE = "Round numbers of the demonstration, not official figures"
THOUSANDS = {
    "under_16": (60, 29),
    "16_24": (33, 16),
    "25_34": (36, 18),
    "35_44": (39, 20),
    "45_54": (46, 24),
    "55_64": (56, 29),
    "65_74": (55, 29),
    "75_84": (40, 21),
    "85_over": (16, 10),
}
BY_ANSWER = {
    "disability_1": {"yes": 140, "no": 241},
    "ethnic_1": {"white": 368, "mixed": 5, "asian": 5, "black": 1, "other": 2},
    "carer": {"no": 345, "9_or_less": 15, "10_19": 4, "20_34": 3, "35_49": 3, "50_more": 11},
}
