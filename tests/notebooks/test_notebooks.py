"""The notebooks run from top to bottom, quickly, and lie in the repository without outputs."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
QUICK = "inside_one_day"
"""The one that always runs: it simulates least."""
SECONDS = 300  # for a busy machine; each takes 3 to 20
"""Of a cell; a notebook is meant to take less than a minute in all, and far less where nothing else runs."""


def test_there_are_notebooks() -> None:
    names = {path.stem for path in NOTEBOOKS}
    assert {"choose_a_structure", "client_proposal", "what_if", "inside_one_day", "where_it_flips"} <= names
    assert "from_crm_to_decision" in names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_cleared(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert all(not cell.outputs and cell.execution_count is None for cell in cells if cell.cell_type == "code")


@pytest.mark.parametrize(
    "path",
    [path if path.stem == QUICK else pytest.param(path, marks=pytest.mark.slow) for path in NOTEBOOKS],
    ids=lambda path: path.stem,
)
def test_a_notebook_runs(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": str(folder)}}).execute()
    said = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("image/png" in output.get("data", {}) for output in said)
    if path.stem == "client_proposal":
        pictures = sorted((folder / "proposal").glob("*.png"))
        assert len(pictures) == 6
        assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)
