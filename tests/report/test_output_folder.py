"""Files appear whole and all at once, or not at all."""

import os
import stat
from pathlib import Path

import pytest

from simulation.report.output_folder import OutputFolder, write_text


def test_files_get_their_names_only_at_the_end(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "a" / "b")
    folder.add("one.txt", "1")
    folder.reserve("two.txt").write_text("2", encoding="utf-8")
    assert not (folder.path / "one.txt").exists()
    made = folder.finish()
    assert [path.name for path in made] == ["one.txt", "two.txt"]
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.path.iterdir()} == {
        "one.txt": "1",
        "two.txt": "2",
    }


def test_what_was_there_stays_until_everything_new_is_written(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("old", encoding="utf-8")
    folder = OutputFolder(tmp_path)
    folder.add("one.txt", "new")
    folder.abandon()
    assert os.listdir(tmp_path) == ["one.txt"]
    assert (tmp_path / "one.txt").read_text(encoding="utf-8") == "old"


def test_folders_made_for_nothing_are_removed_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    OutputFolder(tmp_path / "there" / "new" / "newer").abandon()
    OutputFolder(tmp_path / "there").abandon()
    assert os.listdir(tmp_path) == ["there"]
    assert os.listdir(tmp_path / "there") == []


def test_stale_files_of_an_earlier_result_are_removed_and_foreign_ones_stay(tmp_path: Path) -> None:
    for name in ("events.csv", "notes.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    folder = OutputFolder(tmp_path)
    folder.add("summary.json", "{}")
    folder.finish(stale=["summary.json", "events.csv", "months.csv"])
    assert sorted(os.listdir(tmp_path)) == ["notes.txt", "summary.json"]


def test_a_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    write_text(tmp_path / "written.txt", "text")
    (tmp_path / "other.txt").write_text("text", encoding="utf-8")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("written.txt", "other.txt")}
    assert len(modes) == 1


@pytest.mark.parametrize("name", ["file/inside", "file"])
def test_a_file_cannot_be_a_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        OutputFolder(tmp_path / name)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_text_is_not_written_over_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_text(tmp_path / "folder", "text")
    assert os.listdir(tmp_path) == ["folder"]


def test_a_folder_that_is_abandoned_twice_keeps_the_first_error(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "made" / "here")
    folder.add("a.txt", "text")
    folder.abandon()
    folder.abandon()
    assert not (tmp_path / "made").exists()
