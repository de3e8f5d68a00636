package io.bingoguard.table;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/** The tables that {@code audit} writes beside the labels. */
final class AuditSpecs {
  private static final StructType METRICS_COLUMNS =
      StructType.fromDDL(
          """
          night DATE NOT NULL COMMENT 'Day in UTC, by the clock',
          clock STRING NOT NULL COMMENT 'Column of the labels that the day is of: occurred_at, or labelled_at where the corpus has no times',
          side STRING NOT NULL COMMENT 'What is counted: exchange, prompt or response',
          dimension STRING NOT NULL COMMENT 'Which exchanges the row counts: all; those of one source, of other_sources, of one language, of other_languages; the harmful messages of one category and severity; or those in no other row: source_deleted, undated, other_models',
          source STRING COMMENT 'The source where dimension is source, null for exchanges without one; null elsewhere',
          language STRING COMMENT 'The language where dimension is language, null for exchanges without one; null elsewhere',
          category STRING COMMENT 'Code of the category where dimension is category; null elsewhere',
          severity INT COMMENT 'Level where dimension is category and side is response, null where unknown; null elsewhere',
          exchanges BIGINT NOT NULL COMMENT 'Exchanges',
          judged BIGINT NOT NULL COMMENT 'Messages of the side with a verdict; 0 where side is exchange',
          harmful BIGINT NOT NULL COMMENT 'Those of judged that are harmful',
          harmful_rate DOUBLE COMMENT 'harmful / judged; null where nothing was judged, and where dimension is category: the share of a category is its harmful / judged of the row of all',
          severe BIGINT NOT NULL COMMENT 'Replies of at least the severity that the configuration calls severe; 0 where side is not response',
          confidence DOUBLE COMMENT 'Mean of max(p, 1 - p), p being the probability of harm; null where nothing was judged',
          low_confidence BIGINT NOT NULL COMMENT 'Those of judged whose confidence is below the one of the configuration',
          truncated BIGINT NOT NULL COMMENT 'Exchanges with label_status truncated',
          off_format BIGINT NOT NULL COMMENT 'Exchanges with label_status off_format',
          errors BIGINT NOT NULL COMMENT 'Exchanges with label_status error',
          skipped BIGINT NOT NULL COMMENT 'Exchanges with label_status skipped_empty, skipped_language or skipped_long',
          model_id STRING NOT NULL COMMENT 'Name of the model whose labels are counted: of each night that with most current labels',
          model_revision STRING NOT NULL COMMENT 'SHA-256 over its files',
          prompt_pack STRING NOT NULL COMMENT 'Name, version and SHA-256 of its prompt pack',
          engine_version STRING NOT NULL COMMENT 'Greatest version of this software that judged a label of the row',
          models STRING NOT NULL COMMENT 'Models of all runs when this was counted, the one last at work first, one a line',
          counted_by STRING NOT NULL COMMENT 'Settings that decide counts: severity called severe, least confidence, sources and languages named a night',
          labels_id STRING NOT NULL COMMENT 'The labels table that was counted',
          labels_version BIGINT NOT NULL COMMENT 'Its version that was counted',
          labels_commit STRING COMMENT 'What tells that version from one of a copy in its place'""");

  static final TableSpec METRICS =
      new TableSpec(
          "Labels counted by night, one row a night, side and part of the exchanges",
          METRICS_COLUMNS,
          Map.of(
              "known_clock", "clock IN ('occurred_at', 'labelled_at')",
              "known_side", "side IN ('exchange', 'prompt', 'response')",
              "counts_in_order",
                  "exchanges >= 0 AND judged BETWEEN 0 AND exchanges AND harmful BETWEEN 0 AND judged"
                      + " AND low_confidence BETWEEN 0 AND judged AND severe BETWEEN 0 AND judged",
              "rate_of_unit", "harmful_rate IS NULL OR harmful_rate BETWEEN 0 AND 1"),
          List.of(),
          List.of("night"),
          Map.of());

  private static final StructType DRIFT_COLUMNS =
      StructType.fromDDL(
          """
          night DATE NOT NULL COMMENT 'The night that was looked at',
          measure STRING NOT NULL COMMENT 'harmful, severe, low_confidence, truncated, errors, off_format, or volume',
          side STRING NOT NULL COMMENT 'exchange, prompt or response',
          dimension STRING NOT NULL COMMENT 'all, source, language or category',
          value STRING COMMENT 'The source, language or category; null where dimension is all, and for exchanges without one',
          against STRING NOT NULL COMMENT 'What the night is compared with: window, the nights before it, or baseline, a time that stays',
          seen BIGINT NOT NULL COMMENT 'What was counted; of volume the exchanges',
          out_of BIGINT NOT NULL COMMENT 'Of how many; of volume 0',
          figure DOUBLE COMMENT 'seen / out_of, of volume seen; null where out_of is 0',
          usual DOUBLE COMMENT 'Middle figure of the nights compared with, their mean on the scale of the test; null where there were too few',
          low DOUBLE COMMENT 'The figure lies above this on 39 of 40 usual nights; null as usual',
          high DOUBLE COMMENT 'The figure lies below this on 39 of 40 usual nights; null as usual',
          relative_change DOUBLE COMMENT 'figure / usual - 1; null as usual, and where that is 0',
          absolute_change DOUBLE COMMENT 'figure - usual; null as usual',
          evidence DOUBLE COMMENT 'Value of the e-detector after the night; null as usual',
          evidence_needed DOUBLE NOT NULL COMMENT 'What it has to reach: nights to a false alarm times the figures that were watched',
          nights INT NOT NULL COMMENT 'Nights compared with',
          since DATE COMMENT 'Night on which the change that the evidence is for began; null where there is none',
          verdict STRING NOT NULL COMMENT 'steady; watch: effect or evidence, not both; alarm; continuing: an alarm told before; drifted: off the baseline, which is no alarm; learning: too few nights to compare with; rare: too few cases',
          model_revision STRING NOT NULL COMMENT 'Model of the night',
          prompt_pack STRING NOT NULL COMMENT 'Its prompt pack'""");

  static final TableSpec DRIFT =
      new TableSpec(
          "Figures of nights compared with those before, one row a night, figure and comparison",
          DRIFT_COLUMNS,
          Map.of(
              "known_against", "against IN ('window', 'baseline')",
              "known_verdict",
                  "verdict IN ('steady', 'watch', 'alarm', 'continuing', 'drifted', 'learning', 'rare')",
              "compared_whole", "(usual IS NULL) = (evidence IS NULL)"),
          List.of(),
          List.of("night"),
          Map.of());

  private AuditSpecs() {}
}
