"""What records cost to read, and the whole command `calibrate` on them: `python benchmarks/records.py`.

(m) a million rows of stage history as CSV, a list of ten thousand deals beside their history, ten thousand deals as a
    workbook, all generated; processor time, time on the clock and the most memory of a process that reads one of them,
    and the same of `run.py calibrate` with it, from a cold start to the pages.

Each is read in a process of its own, so that its memory is its own; the processor time of a command is that of its
workers too, its memory that of the largest of its processes. `--rows` takes a shorter history.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

STAGES = ("Contact", "Needs", "Proposal", "Objections", "Agreement")
CHANNELS = ("Site", "Referral", "Calls", "Fair")
GOES_ON = (0.85, 0.8, 0.75, 0.7, 0.6)
"""Share of the deals of each stage that go on."""
END = np.datetime64("2025-01-01", "s")
ROWS = 1_000_000
DEALS = 10_000
PEOPLE = 40


def history(rows: int, seed: int = 1) -> pd.DataFrame:
    """A stage history of so many rows, roughly: deals of three years until `END`, of which each stage loses some."""
    rng = np.random.default_rng(seed)
    deals = round(rows / (2 + float(np.cumprod(GOES_ON)[:-1].sum())))
    passes = rng.random((deals, len(STAGES))) < GOES_ON
    steps = np.cumprod(passes, axis=1).sum(axis=1)  # stages that were passed
    won = steps == len(STAGES)
    visited = np.minimum(steps + 1, len(STAGES)) + 1
    deal = np.repeat(np.arange(deals), visited)
    step = np.arange(len(deal)) - np.repeat(np.cumsum(visited) - visited, visited)
    last = step == np.repeat(visited - 1, visited)
    begun = END - np.sort(rng.integers(0, 3 * 365 * 86_400, deals))[::-1].astype("timedelta64[s]")
    waited = rng.exponential(6 * 86_400, len(deal)).astype(np.int64)
    waited[step == 0] = 0
    total = np.cumsum(waited)
    since = total - np.repeat(total[step == 0], visited)
    names = np.array([*STAGES, "Closed Won", "Closed Lost"], dtype=object)
    place = np.where(last, np.where(np.repeat(won, visited), len(STAGES), len(STAGES) + 1), step)
    entered = np.repeat(begun, visited) + since.astype("timedelta64[s]")
    made = pd.DataFrame(
        {
            "deal": np.char.add("D-", deal.astype(str)),
            "stage": names[place],
            "entered": pd.Series(entered).dt.strftime("%Y-%m-%d %H:%M:%S"),
            "amount": np.round(rng.lognormal(11, 0.8, deals), 2)[deal],
            "owner": np.char.add("Manager Name ", rng.integers(0, PEOPLE, deals).astype(str))[deal],
            "source": np.array(CHANNELS)[rng.integers(0, len(CHANNELS), deals)[deal]],
        }
    )
    return made[entered < END].reset_index(drop=True)


def written(rows: int, path: Path) -> int:
    """Writes a history of so many rows, roughly, and gives how many there are."""
    made = history(rows)
    made.to_csv(path, index=False)
    return len(made)


def lists(folder: Path) -> dict[str, list[Path]]:
    """Ten thousand deals as a list with their history, and the list as a workbook."""
    rows = history(DEALS * 41 // 10, 2)
    first, last = rows.drop_duplicates("deal"), rows.drop_duplicates("deal", keep="last")
    deals = pd.DataFrame(
        {
            "ID": first["deal"].to_numpy(),
            "Название сделки": [f"Поставка {number}" for number in range(len(first))],
            "Бюджет ": last["amount"].to_numpy(),
            "Ответственный": last["owner"].to_numpy(),
            "Дата создания сделки": pd.to_datetime(first["entered"]).dt.strftime("%d.%m.%Y %H:%M:%S").to_numpy(),
            "Дата закрытия": pd.to_datetime(last["entered"]).dt.strftime("%d.%m.%Y %H:%M:%S").to_numpy(),
            "Этап сделки": last["stage"].to_numpy(),
            "Воронка": "Продажи",
            "Источник": last["source"].to_numpy(),
        }
    )
    table, moves, book = folder / "deals.csv", folder / "moves.csv", folder / "deals.xlsx"
    deals.to_csv(table, index=False)
    rows[["deal", "stage", "entered"]].to_csv(moves, index=False)
    deals.to_excel(book, index=False, engine="xlsxwriter")
    return {"10 000 deals and their history": [table, moves], "10 000 deals in a workbook": [book]}


def measured(files: list[Path]) -> None:
    """Reads files and prints processor time, time on the clock and the most memory, in seconds and MB."""
    from simulation.calibration.readers import read

    wall, busy = time.perf_counter(), time.process_time()
    records = read(files)
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(records.entries)} {len(records.deals)} {busy:.2f} {wall:.2f} {most:.0f}")


def whole(files: list[Path], out: Path) -> tuple[float, float, float]:
    """Processor time and time on the clock of the whole command, seconds, and the most memory of its processes, MB."""
    end = str(END.astype("datetime64[D]"))
    command = [sys.executable, ROOT / "run.py", "calibrate", *files, "--as-of", end, "--out", out, "--quiet"]
    wall = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read().decode()
    _, code, used = os.wait4(process.pid, 0)
    if code:
        raise RuntimeError(said)
    return used.ru_utime + used.ru_stime, time.perf_counter() - wall, used.ru_maxrss / 1024


def main() -> None:
    """Writes the files, reads each in a process of its own, runs the command on it, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of the stage history")
    parser.add_argument("--read", nargs="*", type=Path, help="files to read and measure here")
    given = parser.parse_args()
    if given.read:
        measured(given.read)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        long = folder / "history.csv"
        with ProcessPoolExecutor(1) as writer:  # what writing takes is in no memory that is measured
            rows = writer.submit(written, given.rows, long).result()
            files = {f"{rows:,} rows of history".replace(",", " "): [long], **writer.submit(lists, folder).result()}
        head = "".join(f"{name:>9}" for name in ("busy s", "clock s", "most MB") * 2)
        print(f"{'(m)':<61}{'reading':>27}{'calibrate':>27}")
        print(f"{'':<36}{'MB':>6}{'entries':>10}{'deals':>9}{head}")
        for label, paths in files.items():
            size = sum(path.stat().st_size for path in paths) / 1e6
            command = [sys.executable, __file__, "--read", *map(str, paths)]
            made = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
            entries, deals, busy, wall, most = made.stdout.split()
            used = "".join(
                f"{each:>9.{digits}f}" for each, digits in zip(whole(paths, folder / "out"), (1, 1, 0), strict=True)
            )
            print(f"{label:<36}{size:>6.0f}{entries:>10}{deals:>9}{busy:>9}{wall:>9}{most:>9}{used}", flush=True)


if __name__ == "__main__":
    main()
