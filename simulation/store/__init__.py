"""Finished replications kept in one file, so that nothing is computed twice and nothing is lost.

Stands between `analysis`, which asks a `Shelf` for what is there, and the studies, which ask for thousands of
replications. Start reading at `database.Store`; `analysis.identity.model_digest` says for which version of the
program a replication holds, `default_path` where the file lies.
"""

from simulation.analysis.identity import model_digest
from simulation.store.database import OFF, STORE, Holding, Store, default_path, open_store
from simulation.store.opening import StoreError

__all__ = ["OFF", "STORE", "Holding", "Store", "StoreError", "default_path", "model_digest", "open_store"]
