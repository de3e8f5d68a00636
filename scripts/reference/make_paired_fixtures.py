r"""Writes what SciPy and statsmodels give for pairs of verdicts on the same messages.

`compare` computes its own figures in Java: exact intervals of shares, McNemar's test, tails of
the binomial distribution, and Tango's score interval for the difference of paired shares. The
last has no function there; it is found here by the definition, as the differences at which the
likelihood, maximised numerically under that difference, gives a score of the normal quantile.
From the root of the repository:

    python scripts/reference/make_paired_fixtures.py pipeline/src/test/resources/paired/reference.json
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

LEVEL = 0.95
SHARES = [(0, 1), (1, 1), (0, 50), (1, 1000), (7, 20), (20, 20), (123, 45_678), (3, 10_000_000), (999_999, 1_000_000)]
# Of n messages: gained, lost, both, neither.
TABLES = [
    (0, 0, 0, 30),
    (1, 0, 43, 0),
    (12, 2, 36, 0),
    (2, 12, 0, 36),
    (5, 5, 80, 910),
    (9, 16, 3, 7),
    (40, 11, 500, 9_449),
    (0, 7, 1, 0),
    (3_100, 2_800, 120_000, 874_100),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", type=Path)
    output = parser.parse_args().output
    fixture = {
        "level": LEVEL,
        "shares": [share(count, out_of) for count, out_of in SHARES],
        "tables": [table(*cells) for cells in TABLES],
    }
    output.write_text(json.dumps(fixture, indent=1) + "\n", encoding="utf-8")


def share(count, out_of):
    low, high = proportion_confint(count, out_of, alpha=1 - LEVEL, method="beta")
    return {
        "count": count,
        "out_of": out_of,
        "low": 0.0 if count == 0 else float(low),
        "high": 1.0 if count == out_of else float(high),
        "tail_at_one_percent": float(stats.binom.sf(count - 1, out_of, 0.01)),
    }


def table(gained, lost, both, neither):
    cells = [[both, lost], [gained, neither]]
    exact = mcnemar(cells, exact=True).pvalue if gained + lost else 1.0
    corrected = mcnemar(cells, exact=False, correction=True).pvalue if gained + lost else 1.0
    low, high = tango(gained, lost, gained + lost + both + neither)
    return {
        "gained": gained,
        "lost": lost,
        "both": both,
        "neither": neither,
        "exact": float(exact),
        "corrected": float(corrected),
        "low": low,
        "high": high,
    }


def tango(gained, lost, messages):
    """Tango (1998), Statistics in Medicine 17:891-908."""
    quantile = stats.norm.ppf(0.5 + LEVEL / 2)
    seen = (gained - lost) / messages

    def score(difference):
        nuisance = most_likely_lost(gained, lost, messages, difference)
        variance = messages * (2 * nuisance + difference * (1 - difference))
        return (gained - lost - messages * difference) / math.sqrt(max(variance, 1e-300))

    tiny = 1e-13
    low = optimize.brentq(lambda d: score(d) - quantile, -1 + tiny, seen - tiny, xtol=1e-14) if seen > -1 else -1.0
    high = optimize.brentq(lambda d: score(d) + quantile, seen + tiny, 1 - tiny, xtol=1e-14) if seen < 1 else 1.0
    return low, high


def most_likely_lost(gained, lost, messages, difference):
    """Probability of a loss that makes the table most likely where gains are so much likelier than losses."""
    least, most = max(0.0, -difference), (1 - difference) / 2
    rest = messages - gained - lost

    def slope(p):
        """Falls with p, so that its root is the maximum."""
        return part(gained, p + difference) + part(lost, p) - 2 * part(rest, 1 - 2 * p - difference)

    inside = (most - least) * 1e-12
    a, b = least + inside, most - inside
    if slope(a) <= 0:
        return least
    if slope(b) >= 0:
        return most
    return optimize.brentq(slope, a, b, xtol=1e-18, rtol=8 * np.finfo(float).eps)


def part(count, probability):
    """What a cell of the table adds to the slope of the likelihood."""
    if count == 0:
        return 0.0
    return count / probability if probability > 0 else math.inf


if __name__ == "__main__":
    main()
