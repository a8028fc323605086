"""What was true of an exported year: parameters, leads with what nobody sees of them, every event, faults planted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import yaml

from simulation.calibration.exporting.layouts import File
from simulation.calibration.exporting.year import SimulatedYear
from simulation.department.record import REASONS, STATES, LogRow
from simulation.scenario import describe

NOTE = "the true values behind the exports beside this folder; no reader of records may look here"


def truth_of(year: SimulatedYear, told: Mapping[str, Any]) -> tuple[File, ...]:
    """The files of the truth.

    Args:
        year: the exported year.
        told: what was done by each planted fault.
    """
    record = year.record
    run = {
        "note": NOTE,
        "structure": record.structure,
        "replication": record.replication,
        "seed": year.scenario.experiment.seed,
        "first_hour": str(year.world.start),
        "faults": dict(told),
    }
    scenario = yaml.safe_dump(describe.resolved(year.scenario), sort_keys=False, allow_unicode=True, width=110)
    return (
        File("truth.json", (json.dumps(run, indent=2, ensure_ascii=False) + "\n").encode()),
        File("scenario.yaml", scenario.encode()),
        File("leads.csv", _csv(_leads(year))),
        File("events.csv", _csv(pd.DataFrame(record.events, columns=LogRow._fields))),
    )


def _leads(year: SimulatedYear) -> pd.DataFrame:
    """One row a lead, in the order of arrival; times are hours since the first hour."""
    record, leads = year.record, year.record.leads
    frame = pd.DataFrame(
        {
            "lead": list(leads.uid),
            "channel": np.array(record.channels, object)[leads.channel],
            "product": np.array(record.products, object)[leads.product],
            "first_day": leads.initial,
            "fit": leads.fit,
            "arrived": leads.arrived,
            "answered": leads.answered,
            "qualified": leads.qualified,
            "state": np.array(STATES, object)[leads.state],
            "reason": np.array(REASONS, object)[leads.reason],
            "in_vain": leads.in_vain,
            "closed": leads.closed,
            "size": leads.size,
        }
    )
    for step, name in enumerate(year.step_names):
        frame[f"came.{name}"] = leads.entered[:, step]
        frame[f"thinking.{name}"] = year.thinking[:, step]
    return frame


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False).encode()
