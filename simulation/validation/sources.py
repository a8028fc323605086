"""Where the formulas come from: each short name as the table shows it, and the work in full."""

from __future__ import annotations

SOURCES: dict[str, str] = {
    "arithmetic": "Demand in hours over the hours there are; nothing from nothing.",
    "Cobham 1954": "Cobham, A. (1954) Priority assignment in waiting line problems. Operations Research 2(1).",
    "Cox 1962": "Cox, D. R. (1962) Renewal Theory: renewal counts and alternating renewal processes.",
    "Erlang 1917": (
        "Erlang, A. K. (1917) Solution of some problems in the theory of probabilities of significance in automatic "
        "telephone exchanges. Elektroteknikeren 13."
    ),
    "Feller 1968": (
        "Feller, W. (1968) An Introduction to Probability Theory and Its Applications I, 3rd ed.: binomial and Poisson "
        "laws (ch. VI), compound Poisson (ch. XII)."
    ),
    "Fuhrmann & Cooper 1985": (
        "Fuhrmann, S. W. & Cooper, R. B. (1985) Stochastic decompositions in the M/G/1 queue with generalized "
        "vacations. Operations Research 33(5)."
    ),
    "Garnett et al. 2002": (
        "Garnett, O., Mandelbaum, A. & Reiman, M. (2002) Designing a call center with impatient customers. "
        "Manufacturing & Service Operations Management 4(3)."
    ),
    "Hawkes 1971": (
        "Hawkes, A. G. (1971) Spectra of some self-exciting and mutually exciting point processes. Biometrika 58(1)."
    ),
    "Jackson 1957": (
        "Jackson, J. R. (1957) Networks of waiting lines. Operations Research 5(4); Burke, P. J. (1956) The output of "
        "a queuing system. Operations Research 4(6)."
    ),
    "Kleinrock 1965": (
        "Kleinrock, L. (1965) A conservation law for a wide class of queueing disciplines. Naval Research Logistics "
        "Quarterly 12(2)."
    ),
    "Kendall 1953": (
        "Kendall, D. G. (1953) Stochastic processes occurring in the theory of queues and their analysis by the method "
        "of the imbedded Markov chain. Annals of Mathematical Statistics 24(3)."
    ),
    "Khinchine 1932": (
        "Pollaczek, F. (1930) Über eine Aufgabe der Wahrscheinlichkeitstheorie. Mathematische Zeitschrift 32; "
        "Khinchine, A. Y. (1932) Mathematical theory of a stationary queue. Matematicheskii Sbornik 39(4)."
    ),
    "Lewis & Shedler 1979": (
        "Lewis, P. A. W. & Shedler, G. S. (1979) Simulation of nonhomogeneous Poisson processes by thinning. Naval "
        "Research Logistics Quarterly 26(3)."
    ),
    "Little 1961": "Little, J. D. C. (1961) A proof for the queuing formula L = λW. Operations Research 9(3).",
    "Palm 1957": "Palm, C. (1957) Research on telephone traffic carried by full availability groups. Tele 1.",
    "Takács 1963": (
        "Takács, L. (1963) Delay distributions for one line with Poisson input, general holding times, and various "
        "orders of service. Bell System Technical Journal 42(2)."
    ),
    "derived": "Derived from the formulas above; see `simulation/validation/formulas.py`.",
    "White & Christie 1958": (
        "White, H. & Christie, L. S. (1958) Queuing with preemptive priorities or with breakdown. Operations Research "
        "6(1)."
    ),
}
