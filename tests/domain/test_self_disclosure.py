"""What tells who somebody is is pointed out in what they wrote; most of what tells nothing is left alone."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.self_disclosure import Kind, find, modulus_11

TELLING = [
    ("My NHS number is 943 476 5919, please look", Kind.NHS_NUMBER, "943 476 5919"),
    ("nhs no: 1234567890 (wrong check digit, still said)", Kind.NHS_NUMBER, "1234567890"),
    ("987 654 3210", Kind.NHS_NUMBER, "987 654 3210"),
    ("Ring me on 01202 123456 after six", Kind.TELEPHONE, "01202 123456"),
    ("+44 7700 900123", Kind.TELEPHONE, "+44 7700 900123"),
    ("mobile 07700900123.", Kind.TELEPHONE, "07700900123"),
    ("Mój telefon: 07700 900 123", Kind.TELEPHONE, "07700 900 123"),
    ("اتصل بي ٠٧٧٠٠ ٩٠٠١٢٣", Kind.TELEPHONE, "٠٧٧٠٠ ٩٠٠١٢٣"),
    ("write to jo.bloggs+gp@example.org.uk!", Kind.EMAIL, "jo.bloggs+gp@example.org.uk"),
    ("I live in BH15 2AB and walk", Kind.POSTCODE, "BH15 2AB"),
    ("dt11dd", Kind.POSTCODE, "dt11dd"),
    ("we are at 14 Harbour View Road, ground floor", Kind.ADDRESS, "14 Harbour View Road"),
    ("Flat 3b, Castle Street is where the lift is broken", None, ""),
    ("born on 03/04/1951 in Poole", Kind.BIRTH_DATE, "03/04/1951"),
    ("my DOB: 3 April 1951", Kind.BIRTH_DATE, "3 April 1951"),
    ("urodzona 03.04.1951", Kind.BIRTH_DATE, "03.04.1951"),
    ("Dr Patel never listens", Kind.NAME, "Dr Patel"),
    ("the receptionist called Sandra was kind", Kind.NAME, "receptionist called Sandra"),
    ("My name is Maria Kowalska.", Kind.NAME, "My name is Maria Kowalska"),
    ("Nazywam się Jan Nowak", Kind.NAME, "Nazywam się Jan Nowak"),
    ("اسمي محمد علي", Kind.NAME, "اسمي محمد علي"),
    ("ڈاکٹر احمد نے مدد کی", Kind.NAME, "ڈاکٹر احمد"),
]
HARMLESS = [
    "The doctor was very helpful and the nurse who saw me was kind.",
    "I waited 45 minutes, then 2 weeks, then 3 months: 2019 was better than 2025.",
    "The surgery opens at 8.30 and closes at 18.30 on 24/12/2026.",
    "Bus number 42 runs every 20 minutes; I am 83 and it costs £2.50.",
    "I called 111 and 999 and then 116 123.",
    "The receptionist And the doctor Were both late",
    "Way too long on the telephone. 10 out of 10 for the nurse!",
    "Doctor did not listen. Nurse did.",
    "",
]


@pytest.mark.parametrize(("text", "kind", "piece"), [one for one in TELLING if one[1]])
def test_a_telling_piece_is_found(text, kind, piece):
    assert (kind, piece) in [(one.kind, text[one.start : one.end]) for one in find(text)]


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_words_are_left_alone(text):
    assert find(text) == []


def test_names_of_staff_are_found_in_any_case():
    found = find("I saw okonkwo twice", staff=["Okonkwo"])
    assert [one.kind for one in found] == [Kind.NAME]


def test_an_nhs_number_has_a_check_digit():
    assert modulus_11("9434765919") and modulus_11("9876543210")
    assert not modulus_11("9434765918")
    chance = random.Random(1)
    hits = sum(modulus_11("".join(chance.choice("0123456789") for _ in range(10))) for _ in range(20_000))
    assert 0.08 < hits / 20_000 < 0.10


@given(st.text(max_size=400))
def test_any_text_gives_pieces_in_order_without_overlaps(text):
    found = find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(alphabet="0123456789 -+()@.abcXYZ", max_size=3_000))
def test_no_text_takes_long(text):
    find(text * 3)


def test_the_last_letter_of_an_arabic_word_is_no_doctor():
    assert find("لم يستمع إلي أحد. أريد موعدًا") == []
    assert [one.kind for one in find("رأيت د. سامي أمس")] == [Kind.NAME]
