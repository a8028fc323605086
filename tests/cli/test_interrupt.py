"""Ctrl-C in the middle, as a terminal sends it: to the whole group of processes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Write

ROOT = Path(__file__).parents[2]
QUICK_PAGE = "from simulation.report import files; files.page = lambda *_, **__: ''"
"""Making a page takes longer than everything else."""
PATIENCE = 120.0  # seconds, on a slow machine


@pytest.mark.parametrize(
    ("jobs", "number", "code"), [(1, signal.SIGINT, 130), (2, signal.SIGINT, 130), (1, signal.SIGTERM, 143)]
)
def test_an_interruption_keeps_the_finished_replications(
    write: Write, jobs: int, number: signal.Signals, code: int
) -> None:
    file = write(("replications: 4", "replications: 100000"))
    # what is finished shows in a log, so that the interrupt comes when there is something to keep
    program = (
        # a shell in the background lets its children ignore Ctrl-C; here it is to be heard
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import sys; from pathlib import Path; from simulation.cli import main, session\n"
        "session.Progress.update = lambda self, done, total: Path('done').write_text(str(done))\n"
        f"{QUICK_PAGE}\n"
        f"sys.argv = ['run.py', 'compare', '{file}', '--jobs', '{jobs}', '--out', 'results']; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while not Path("done").exists() and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.05)
        assert Path("done").exists(), process.communicate(timeout=10)
        os.killpg(process.pid, number)
        output, remarks = process.communicate(timeout=PATIENCE)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    assert process.returncode == code, remarks
    assert "Traceback" not in remarks
    assert "of 100000 replications are reported" in remarks
    assert "Verdict:" in output
    made = json.loads(Path("results/run.json").read_text(encoding="utf-8"))
    assert made["partial"] is True
    assert 0 < made["replications_finished"] < 100_000
