"""The functions of `scipy.special` that are used here; they load in a tenth of the time of the whole package."""

from simulation.written.light import without_front

__all__ = [
    "bdtr",
    "betaincinv",
    "fdtrc",
    "gammainc",
    "gammainccinv",
    "gammaincinv",
    "gammaln",
    "log_ndtr",
    "ndtr",
    "ndtri",
    "ndtri_exp",
    "stdtr",
    "stdtrit",
]

try:
    with without_front("scipy.special"):
        from scipy.special._ufuncs import (
            bdtr,
            betaincinv,
            fdtrc,
            gammainc,
            gammainccinv,
            gammaincinv,
            gammaln,
            log_ndtr,
            ndtr,
            ndtri,
            ndtri_exp,
            stdtr,
            stdtrit,
        )
except ImportError:  # they stand elsewhere in another scipy
    from scipy.special import (
        bdtr,
        betaincinv,
        fdtrc,
        gammainc,
        gammainccinv,
        gammaincinv,
        gammaln,
        log_ndtr,
        ndtr,
        ndtri,
        ndtri_exp,
        stdtr,
        stdtrit,
    )
