"""The sum against floods and the receipt code."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.feedback import proof, receipts

DAY = date(2017, 3, 6)


@given(bits=st.integers(0, 10), purpose=st.sampled_from(proof.PURPOSES))
def test_what_is_solved_has_its_zero_bits_and_is_taken_on_its_day_and_the_next(bits, purpose):
    challenge = proof.make_challenge(purpose, bits, on=DAY, key="k")
    number = proof.solve(challenge)

    assert proof.is_solved(challenge, number) and proof.zero_bits(challenge, number) >= bits
    assert proof.fault_of(challenge, purpose, on=DAY, key="k") == ""
    assert proof.fault_of(challenge, purpose, on=DAY + timedelta(days=1), key="k") == ""
    assert proof.fault_of(challenge, purpose, on=DAY + timedelta(days=2), key="k") == "old"
    assert proof.fault_of(challenge, purpose, on=DAY - timedelta(days=1), key="k") == "old"


def test_a_challenge_with_fewer_bits_of_another_site_or_for_another_use_is_forged():
    challenge = proof.make_challenge("gui", 19, on=DAY, key="k")

    assert proof.fault_of(challenge.replace(".19.", ".1."), "gui", on=DAY, key="k") == "forged"
    assert proof.fault_of(challenge, "gui", on=DAY, key="other") == "forged"
    assert proof.fault_of(challenge, "doc", on=DAY, key="k") == "forged"
    assert proof.fault_of("đề", "gui", on=DAY, key="k") == "forged"


@given(st.text(max_size=40))
def test_anything_typed_for_a_number_is_answered(typed):
    challenge = proof.make_challenge("gui", 250, on=DAY, key="k")

    assert not proof.is_solved(challenge, typed)


def test_a_text_that_is_no_challenge_is_not_solved():
    with pytest.raises(ValueError):
        proof.solve("abc")


def test_codes_have_eighty_bits_and_are_read_as_people_type_them():
    codes = {receipts.new_code() for _n in range(200)}

    assert len(codes) == 200 and 5 * receipts.LENGTH >= 60
    assert all(receipts.plain(code) == code.replace("-", "") for code in codes)
    assert receipts.plain(" 0i1l-ABCD efgh 2345 ") == "0111ABCDEFGH2345"
    assert receipts.plain("ABC") == receipts.plain("") == receipts.plain("ĐĐĐĐ-" * 4) == ""
    one = codes.pop()
    assert receipts.hash_of(one) == receipts.hash_of(one.lower()) != receipts.hash_of(codes.pop())
