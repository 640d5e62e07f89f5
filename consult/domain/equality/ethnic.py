"""Ethnic groups of the Census 2021 in England, each within its harmonised parent (DOMAIN C3)."""

from __future__ import annotations

from consult.domain.messages import N_

#: Parent, its heading, and its groups as (key, words); keys carry the NHS Data Dictionary's letter.
ETHNIC = (
    (
        "white",
        N_("White"),
        (
            ("a_british", N_("English, Welsh, Scottish, Northern Irish or British")),
            ("b_irish", N_("Irish")),
            ("c_traveller", N_("Gypsy or Irish Traveller")),
            ("c_roma", N_("Roma")),
            ("c_white", N_("Any other White background")),
        ),
    ),
    (
        "mixed",
        N_("Mixed or multiple ethnic groups"),
        (
            ("d_caribbean", N_("White and Black Caribbean")),
            ("e_african", N_("White and Black African")),
            ("f_asian", N_("White and Asian")),
            ("g_mixed", N_("Any other mixed or multiple background")),
        ),
    ),
    (
        "asian",
        N_("Asian or Asian British"),
        (
            ("h_indian", N_("Indian")),
            ("j_pakistani", N_("Pakistani")),
            ("k_bangladeshi", N_("Bangladeshi")),
            ("r_chinese", N_("Chinese")),
            ("l_asian", N_("Any other Asian background")),
        ),
    ),
    (
        "black",
        N_("Black, African, Caribbean or Black British"),
        (
            ("n_african", N_("African")),
            ("m_caribbean", N_("Caribbean")),
            ("p_black", N_("Any other Black, Black British or Caribbean background")),
        ),
    ),
    (
        "other",
        N_("Other ethnic group"),
        (("s_arab", N_("Arab")), ("s_other", N_("Any other ethnic group"))),
    ),
)
#: The first-step group of each finer one.
PARENTS = {option: parent for parent, _heading, group in ETHNIC for option, _words in group}
#: The NHS Data Dictionary's 16+1 codes.
NHS_CODES = {option: option[0].upper() for option in PARENTS}
