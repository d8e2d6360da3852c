"""A few hundred of the broken documents that `python -m tools.fuzz_reader` makes ten thousand of."""

from tools.fuzz_reader import Run, faults, mutated, report, run

SEED, COUNT = 11, 400


def test_broken_documents_raise_nothing():
    runs = [run(number, SEED) for number in range(COUNT)]

    assert faults(runs) == []


def test_the_same_number_makes_the_same_document_again():
    assert mutated(5, SEED) == mutated(5, SEED) != mutated(6, SEED)


def test_an_exception_and_an_input_far_over_the_median_are_reported():
    runs = [Run(number, 1000, 0.01) for number in range(9)] + [Run(9, 1000, 3), Run(10, 1000, 0.01, "ValueError: no")]

    assert [line.split(":")[0] for line in report(runs)] == ["10", "9"]
