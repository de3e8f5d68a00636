-- How did harm, volume and failures go from night to night?
-- Of replies, as audit has counted them, the newest night first.
SELECT night, exchanges, judged, harmful, harmful_rate, severe, low_confidence, off_format, errors, model_id
FROM audit_metrics
WHERE side = 'response' AND dimension = 'all'
ORDER BY night DESC;
