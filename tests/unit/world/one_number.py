"""One number of a stream alone, in plain Python: what docs/randomness.md says, and what a kernel does."""

from hashlib import blake2b

WORD = 2**64 - 1


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """A block of four 64-bit words of Philox4x64-10 (Salmon, Moraes, Dror and Shaw 2011)."""
    a, b, c, d = counter
    low, high = key
    for _ in range(10):
        first, second = a * 0xD2E7470EE14C6C93, c * 0xCA5A826395121157
        a, b, c, d = (second >> 64) ^ b ^ low, second & WORD, (first >> 64) ^ d ^ high, first & WORD
        low, high = (low + 0x9E3779B97F4A7C15) & WORD, (high + 0xBB67AE8584CAA73B) & WORD
    return a, b, c, d


def number(seed: int, replication: int, name: str, index: int, page: int = 0) -> float:
    """Number `index` of a page of a stream."""
    digest = blake2b(f"{seed}/{replication}/{name}".encode(), digest_size=16).digest()
    key = int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")
    word = philox((1 + index // 4, page, 0, 0), key)[index % 4]
    return max((word >> 11) * 2.0**-53, 2.0**-54)


def of_entity(seed: int, replication: int, name: str, entity: int, ordinal: int = 0) -> float:
    """A number of a plain stream."""
    return number(seed, replication, name, entity, ordinal)


def of_series(seed: int, replication: int, name: str, entity: int, ordinal: int) -> float:
    """A number of a stream of series."""
    return number(seed, replication, name, 16 * entity + ordinal % 16, ordinal // 16)
