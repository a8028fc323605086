"""Simulates a sales department: `python run.py --help`."""

from simulation.cli import main

if __name__ == "__main__":
    main()
