"""Prints the marks: `python -m simulation.validation.forecasts [--exports 4] [--years 60]`."""

from __future__ import annotations

import argparse
import sys

from simulation.validation.forecasts import marks, rows, steady, tested


def main(arguments: list[str]) -> int:
    """Prints the marks of all exports together; 1 where one is missed."""
    parser = argparse.ArgumentParser(prog="simulation.validation.forecasts", description=__doc__)
    parser.add_argument("--exports", type=int, default=4)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--years", type=int, default=60)
    asked = parser.parse_args(arguments)
    exports = range(asked.first, asked.first + asked.exports)
    found = tested(steady(), "universal", exports, asked.years, lambda number: print(f"export {number}", flush=True))
    told = marks(found)
    print(*rows(told), str(found.sentence), sep="\n", flush=True)
    return 0 if all(each.passed for each in told) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
