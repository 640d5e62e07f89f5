"""What is sealed says nothing, not even how long it is."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.answering import comeback, drafts, keys, receipt, seal
from consult.storage import random_key

words = st.dictionaries(st.text(max_size=20), st.text(max_size=200), max_size=5)


@pytest.fixture
def box(tmp_path: Path) -> tuple[X25519PrivateKey, bytes]:
    """A key pair."""
    public_key = keys.make(tmp_path / "box", 7)
    return keys.load(tmp_path / "box", 7), public_key


@given(words)
def test_a_draft_opens_with_its_key_and_no_other(payload):
    key = seal.new_key()
    sealed = seal.seal_draft(key, payload)
    assert seal.open_draft(key, sealed) == payload
    with pytest.raises(seal.DoesNotOpen):
        seal.open_draft(seal.new_key(), sealed)


@settings(max_examples=50)
@given(words)
def test_a_ballot_opens_with_the_private_key_alone(payload):
    private_key, other = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    sealed = seal.seal_ballot(private_key.public_key().public_bytes_raw(), payload)
    assert seal.open_ballot(private_key, sealed) == payload
    with pytest.raises(seal.DoesNotOpen):
        seal.open_ballot(other, sealed)


def test_a_ballot_cannot_be_passed_off_as_equality_answers(box):
    private_key, public_key = box
    with pytest.raises(seal.DoesNotOpen):
        seal.open_equality(private_key, seal.seal_ballot(public_key, {}))


@pytest.mark.parametrize("at", [0, 31, 32, 500, -1])
def test_a_ballot_changed_anywhere_does_not_open(box, at):
    private_key, public_key = box
    sealed = bytearray(seal.seal_ballot(public_key, {"a": {}}))
    sealed[at] ^= 1
    with pytest.raises(seal.DoesNotOpen):
        seal.open_ballot(private_key, bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(48)])
def test_rubbish_does_not_open_and_does_not_crash(box, sealed):
    with pytest.raises(seal.DoesNotOpen):
        seal.open_ballot(box[0], sealed)
    with pytest.raises(seal.DoesNotOpen):
        seal.open_draft(seal.new_key(), sealed)


@pytest.mark.parametrize(
    ("letters", "kilobytes"),
    [(1, 4), (4_000, 4), (5_000, 16), (16_000, 16), (17_000, 64), (66_000, 128), (140_000, 192)],
)
def test_lengths_are_told_only_in_steps(box, letters, kilobytes):
    sealed = seal.seal_ballot(box[1], {"a": "x" * letters})
    assert len(sealed) == kilobytes * 1024 + 32 + 16
    draft = seal.seal_draft(seal.new_key(), {"a": "x" * letters})
    assert len(draft) == kilobytes * 1024 + 12 + 16


def test_equality_answers_look_like_none(box):
    private_key, public_key = box
    none = seal.seal_equality(public_key, None)
    some = seal.seal_equality(public_key, {"age_band": "85_over", "sex": "female", "ethnic_1": "prefer_not_to_say"})
    assert len(none) == len(some)
    assert seal.open_equality(private_key, none) == {}
    assert seal.open_equality(private_key, some)["age_band"] == "85_over"


def test_the_same_answers_never_look_the_same_twice(box):
    key = seal.new_key()
    assert seal.seal_draft(key, {"a": 1}) != seal.seal_draft(key, {"a": 1})
    assert seal.seal_ballot(box[1], {"a": 1}) != seal.seal_ballot(box[1], {"a": 1})


def test_what_is_kept_of_a_key_does_not_lead_back_to_it():
    key = seal.new_key()
    kept = {drafts.draft_id(key), receipt.kept_of(key)}
    assert key not in kept and hashlib.sha256(key).digest() not in kept
    assert len(kept) == 2


def test_a_box_key_is_for_its_owner_alone_and_gone_when_destroyed(tmp_path):
    folder = tmp_path / "box"
    generation = random_key()
    keys.make(folder, generation)
    place = keys.place(folder, generation)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    before = place.read_bytes()
    twin = tmp_path / "twin"
    twin.hardlink_to(place)
    keys.destroy(folder, generation)
    assert not place.exists()
    assert len(twin.read_bytes()) == 32 and twin.read_bytes() != before
    keys.destroy(folder, generation)
    with pytest.raises(keys.KeyLost):
        keys.load(folder, generation)


def test_a_key_is_never_written_over_another(tmp_path):
    keys.make(tmp_path / "box", 1)
    with pytest.raises(FileExistsError):
        keys.make(tmp_path / "box", 1)


def test_a_come_back_number_opens_the_key_however_it_is_typed():
    key = seal.new_key()
    number, look_up, wrapped = comeback.new_number(key)
    assert [len(group) for group in number.split()] == [4, 4, 4, 4, 1]
    arabic = number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for typed in (number, number.replace(" ", ""), f"  {number.replace(' ', '-')} ", arabic):
        stretched = comeback.stretch(typed)
        assert stretched is not None and stretched.look_up == look_up
        assert comeback.unwrap(stretched, wrapped) == key
    assert key not in wrapped and look_up not in wrapped


def test_every_wrong_digit_and_every_swap_of_neighbours_is_noticed():
    number = comeback.new_number(seal.new_key())[0].replace(" ", "")
    for at, right in enumerate(number):
        for digit in "0123456789":
            wrong = number[:at] + digit + number[at + 1 :]
            assert (comeback.tidy(wrong) is None) == (digit != right)
        swapped = number[:at] + number[at + 1 : at + 2] + right + number[at + 2 :]
        assert swapped == number or comeback.tidy(swapped) is None


@pytest.mark.parametrize("typed", ["", "1", "12345678901234567x", "1" * 400, "\0", "²" * 17])
def test_what_is_not_a_number_opens_nothing(typed):
    assert comeback.stretch(typed) is None


def test_another_number_does_not_unwrap():
    _number, _look_up, wrapped = comeback.new_number(seal.new_key())
    other = comeback.stretch(comeback.new_number(seal.new_key())[0])
    assert other is not None and comeback.unwrap(other, wrapped) is None


def test_a_receipt_is_known_however_it_is_typed():
    key = seal.new_key()
    shown = receipt.shown(key)
    assert len(shown.replace(" ", "")) == 20
    for typed in (
        shown,
        shown.lower(),
        shown.replace(" ", ""),
        shown.replace(" ", "-"),
        shown.replace("0", "o").replace("1", "l"),
    ):
        assert receipt.kept(typed) == receipt.kept_of(key)
    assert receipt.kept_of(seal.new_key()) != receipt.kept_of(key)
