"""Finished replications kept in one file, so that nothing is computed twice and nothing is lost.

Stands between `analysis`, which asks a `Shelf` for what is there, and the studies, which ask for thousands of
replications. Start reading at `database.Store`; `analysis.identity.model_digest` says for which version of the
program a replication holds, `place.default_path` where the file lies.
"""

from simulation.analysis.identity import model_digest
from simulation.store.database import Holding, Store
from simulation.store.opening import StoreError
from simulation.store.place import OFF, STORE, default_path, open_store

__all__ = ["OFF", "STORE", "Holding", "Store", "StoreError", "default_path", "model_digest", "open_store"]
