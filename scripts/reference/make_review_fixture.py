"""Writes random reviews of stratified samples with what statsmodels, numpy and ppi_py make of them."""

import json
import sys

import numpy as np
from ppi_py import ppi_mean_ci, ppi_mean_pointestimate
from statsmodels.stats.proportion import proportion_confint

ALPHA = 0.05


def stratum(random, messages, sampled, mean, skill, votes):
    """Messages whose probabilities tell the outcome as well as skill (0 to 1) says, and reviews of some."""
    probability = random.beta(4 * mean, 4 * (1 - mean), messages)
    truth = random.random(messages) < skill * probability + (1 - skill) * mean
    drawn = random.choice(messages, sampled, replace=False)
    outcome = truth[drawn].astype(float)
    if votes:
        outcome = random.binomial(votes, np.where(outcome == 1, 0.8, 0.1)) / votes
    return {"all": probability, "outcome": outcome, "probability": probability[drawn]}


def stratified(strata):
    weights = weights_of(strata)
    value = sum(w * s["outcome"].mean() for w, s in zip(weights, strata))
    below = above = 0.0
    for weight, one in zip(weights, strata):
        mean, size = one["outcome"].mean(), len(one["outcome"])
        low, high = proportion_confint(mean * size, size, alpha=ALPHA, method="wilson")
        below += variance_factor(weight, one) * (mean - low) ** 2
        above += variance_factor(weight, one) * (high - mean) ** 2
    return value, below, above


def prediction_powered(strata):
    weights = weights_of(strata)
    explained = spread = 0.0
    for weight, one in zip(weights, strata):
        if len(one["outcome"]) > 1:
            factor = variance_factor(weight, one) / len(one["outcome"])
            explained += factor * np.cov(one["outcome"], one["probability"])[0, 1]
            spread += factor * one["all"].var()
    lam = float(np.clip(explained / spread, 0, 1)) if spread else 0.0
    value = sum(
        w * np.squeeze(ppi_mean_pointestimate(s["outcome"], s["probability"], s["all"], lam=lam))
        for w, s in zip(weights, strata)
    )
    before = after = 0.0
    for weight, one in zip(weights, strata):
        if differs(one):
            factor = variance_factor(weight, one) / len(one["outcome"])
            before += factor * one["outcome"].var(ddof=1)
            after += factor * (one["outcome"] - lam * one["probability"]).var(ddof=1)
    left = min(1.0, after / before) if before else 1.0
    below = above = 0.0
    for weight, one in zip(weights, strata):
        part = stratified([one])
        share = weight**2 * (left if differs(one) else 1.0)
        below += share * part[1]
        above += share * part[2]
    return lam, value, below, above


def weights_of(strata):
    sizes = np.array([len(s["all"]) for s in strata], dtype=float)
    return sizes / sizes.sum()


def variance_factor(weight, one):
    return weight**2 * (1 - len(one["outcome"]) / len(one["all"]))


def differs(one):
    return len(one["outcome"]) > 1 and one["outcome"].std() > 0


def interval(value, below, above):
    value = min(1.0, max(0.0, value))
    return {
        "value": value,
        "low": max(0.0, value - np.sqrt(below)),
        "high": min(1.0, value + np.sqrt(above)),
    }


def case(name, strata):
    lam, value, below, above = prediction_powered(strata)
    written = {
        "name": name,
        "strata": [
            {
                "messages": len(s["all"]),
                "mean": s["all"].mean(),
                "variance": s["all"].var(),
                "reviewed": [[y, f] for y, f in zip(s["outcome"].tolist(), s["probability"].tolist())],
            }
            for s in strata
        ],
        "stratified": interval(*stratified(strata)),
        "prediction_powered": {"lambda": lam, **interval(value, below, above)},
    }
    if len(strata) == 1:
        # Both what PPI++ makes of it, the power tuned by itself, and the plain interval of reviews alone.
        one = strata[0]
        low, high = ppi_mean_ci(one["outcome"], one["probability"], one["all"], alpha=ALPHA)
        written["ppi"] = {"low": float(np.squeeze(low)), "high": float(np.squeeze(high))}
    return written


def main(path):
    random = np.random.default_rng(20)
    cases = [
        case("one large stratum", [stratum(random, 200_000, 2_000, 0.3, 1.0, 0)]),
        case("labels that tell nothing", [stratum(random, 50_000, 400, 0.4, 0.0, 0)]),
        case(
            "rare and common strata",
            [
                stratum(random, 9_000, 60, 0.02, 1.0, 0),
                stratum(random, 700, 40, 0.3, 1.0, 0),
                stratum(random, 200, 25, 0.7, 0.8, 0),
                stratum(random, 60, 20, 0.95, 0.5, 0),
            ],
        ),
        case(
            "people who differ",
            [stratum(random, 500, 30, 0.2, 1.0, 3), stratum(random, 300, 40, 0.8, 1.0, 2)],
        ),
        case(
            "one review, all reviewed, nothing found",
            [
                stratum(random, 40, 1, 0.5, 1.0, 0),
                stratum(random, 12, 12, 0.6, 1.0, 0),
                stratum(random, 800, 30, 0.001, 1.0, 0),
            ],
        ),
    ]
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"cases": cases}, file, indent=1)
        file.write("\n")


main(sys.argv[1])
