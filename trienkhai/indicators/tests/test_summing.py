"""The parts make what is shown, whatever the aggregation."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from trienkhai.indicators import summing
from trienkhai.indicators.summing import Part, Sign, Standing, Told, Why

RULES = (summing.SUM, summing.MEAN, summing.WEIGHTED, summing.RATIO, summing.LAST, summing.NONE)
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
POSITIVE = st.decimals(min_value=0, max_value=10**6, places=4)
MORNING = datetime(2017, 4, 5, 8, tzinfo=UTC)


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        branch = draw(st.integers(1, 3))
        standing = draw(st.sampled_from(list(Standing)))
        told = Told(
            draw(NUMBERS),
            draw(POSITIVE),
            draw(POSITIVE),
            draw(POSITIVE),
            MORNING + timedelta(hours=draw(st.integers(0, 9))),
        )
        excluded = Why.NOT_APPLICABLE if standing == Standing.EXCLUDED else None
        path = f"00000001{branch:08d}{number:08d}"
        found.append(Part(number, path, standing, told if standing == Standing.COUNTED else None, why=excluded))
    return found


@given(parts(), st.sampled_from(RULES), st.integers(0, 12))
def test_the_branches_add_up_to_the_total(found, rule, own):
    weighed = summing.weigh(found, rule, own)
    total = summing.total_of(weighed, rule, Decimal(100))
    branches = [
        summing.total_of([part for part in weighed if part.path[8:16] == f"{branch:08d}"], rule, Decimal(100))
        for branch in (1, 2, 3)
    ]

    with localcontext(summing.EXACT):
        assert total.top == sum(branch.top for branch in branches)
        assert total.bottom == sum(branch.bottom for branch in branches)
    assert total.counted == sum(branch.counted for branch in branches)
    assert total.expected + total.excluded == len(found) == len(weighed)
    if total.counted:
        with localcontext(summing.EXACT):
            assert total.number == summing.finished(total.top, total.bottom, rule, Decimal(100))


@given(parts(), st.sampled_from(RULES))
def test_the_number_is_what_the_rule_says(found, rule):
    weighed = summing.weigh(found, rule, 0)
    told = [part.told for part in found if part.standing == Standing.COUNTED]
    number = summing.total_of(weighed, rule, Decimal(100)).number

    if rule == summing.SUM and told:
        assert number == sum(one.number for one in told)
    if rule == summing.MEAN and told:
        assert abs(number * len(told) - sum(one.number for one in told)) < Decimal("1e-12")
    if rule == summing.LAST and told:
        assert number in {one.number for one in told if one.at == max(other.at for other in told)}
    if not told:
        assert number is None


def test_what_is_not_summed_up_shows_the_own_value_alone():
    both = [Part(7, "a", Standing.COUNTED, Told(Decimal(5))), Part(8, "ab", Standing.COUNTED, Told(Decimal(6)))]

    weighed = summing.weigh(both, summing.NONE, 7)

    assert summing.total_of(weighed, summing.NONE).number == 5
    assert weighed[1].why == Why.NOT_SUMMED


def test_a_ratio_over_nothing_has_no_number():
    part = Part(1, "a", Standing.COUNTED, Told(Decimal(0), Decimal(0), Decimal(0)))

    assert summing.total_of(summing.weigh([part], summing.RATIO, 1), summing.RATIO).number is None


def test_signs_of_both_directions():
    near = Decimal(90)

    def sign(actual: int | None, target: int | None, *, higher: bool) -> Sign:
        numbers = [None if number is None else Decimal(number) for number in (actual, target)]
        return summing.sign_of(*numbers, higher=higher, near=near)

    assert [sign(n, 100, higher=True) for n in (100, 90, 89, None)] == ["met", "near", "missed", "no_data"]
    assert [sign(n, 100, higher=False) for n in (100, 110, 111)] == ["met", "near", "missed"]
    assert sign(1, None, higher=True) == "no_target"
    assert sign(-95, -100, higher=True) == "met"


@given(NUMBERS, NUMBERS, st.booleans())
def test_a_share_is_never_more_than_the_numbers_allow(actual, target, higher):
    share = summing.share_of(actual, target, higher=higher)

    assert share is None or share >= 0
