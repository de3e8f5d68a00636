"""The few figures that evaluation needs."""

from sklearn.metrics import average_precision_score, roc_auc_score


def share(hits):
    """The share of true values; None when there are none to count."""
    hits = list(hits)
    return sum(hits) / len(hits) if hits else None


def area_under_roc(scores, gold):
    return float(roc_auc_score(gold, scores))


def average_precision(scores, gold):
    return float(average_precision_score(gold, scores))
