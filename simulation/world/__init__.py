"""What fate brings: all luck of one possible year, from named random streams, the same for every structure.

May use `scenario`; knows nothing of people at work, events or money. The dynamics look numbers up here and never call
a generator. Start reading at `world.World`, then `streams` (how a number is keyed), `stream_map` (which streams there
are) and `stock` (leads of a channel).
"""

from simulation.world.stock import Stock
from simulation.world.streams import Streams
from simulation.world.world import World

__all__ = ["Stock", "Streams", "World"]
