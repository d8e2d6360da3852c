from multiprocessing import active_children
from pathlib import Path

from trienkhai.documents.reader.batch import read_files

from . import samples


def papers(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number:02}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(samples.LETTER.replace("321 /", f"{number + 1} /"), encoding="utf-8")
    return paths


def test_files_are_answered_in_their_order_and_drawn_only_as_fast_as_fetched(tmp_path):
    paths, drawn = papers(tmp_path, 12), []
    (tmp_path / "03.txt").write_bytes(b"")
    (tmp_path / "05.txt").unlink()

    ahead, answers = 0, []
    for path, taken in read_files((drawn.append(path) or path for path in paths), workers=2):
        answers.append((path, taken.refusal or (taken.reading and taken.reading.number)))
        ahead = max(ahead, len(drawn) - len(answers))

    wrong = {3: "empty", 5: "not_there"}
    assert answers == [(path, wrong.get(number, str(number + 1))) for number, path in enumerate(paths)]
    assert ahead <= 2


def test_when_the_processes_die_the_files_they_held_are_read_again(tmp_path):
    paths = papers(tmp_path, 10)

    numbers = []
    for _path, taken in read_files(paths, workers=2):
        numbers.append(taken.reading and taken.reading.number)
        if len(numbers) == 3:
            for process in active_children():
                process.kill()

    assert numbers == [str(number) for number in range(1, 11)]
