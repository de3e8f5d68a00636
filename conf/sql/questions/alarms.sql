-- Which figures of the night that was audited last were out of the ordinary?
-- Compared with the nights before it; watch is a change that is large or certain, and not both, which is no alarm.
SELECT verdict, measure, side, dimension, value, figure, usual, low, high, relative_change, since, night
FROM audit_drift
WHERE night = (SELECT max(night) FROM audit_drift)
  AND against = 'window'
  AND verdict IN ('alarm', 'continuing', 'watch')
ORDER BY verdict, evidence DESC, measure, side, dimension, value NULLS LAST;
