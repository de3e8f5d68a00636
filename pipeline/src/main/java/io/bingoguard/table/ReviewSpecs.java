package io.bingoguard.table;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/** The tables of what people were asked about labels, what they answered, and what that tells. */
final class ReviewSpecs {
  private static final String KNOWN_SIDE = "side IN ('prompt', 'response')";

  private static final StructType SAMPLE_COLUMNS =
      StructType.fromDDL(
          """
          sample_id STRING NOT NULL COMMENT 'Which sample the item is of',
          place INT NOT NULL COMMENT 'In which order items are to be reviewed, from 1; any beginning of it is a sample of all strata',
          item_id STRING NOT NULL COMMENT 'What tells the item in files',
          side STRING NOT NULL COMMENT 'Which message is asked about: prompt or response',
          conversation_id STRING NOT NULL COMMENT 'The exchange, as in labels',
          turn_index INT NOT NULL COMMENT 'Likewise',
          content_hash STRING NOT NULL COMMENT 'Likewise',
          input_file STRING COMMENT 'Likewise; null for a Delta table',
          input_row BIGINT COMMENT 'Likewise; null for a Delta table',
          harmful BOOLEAN NOT NULL COMMENT 'Verdict of the label on the message when the sample was drawn',
          probability DOUBLE NOT NULL COMMENT 'P(harmful) of the message by the label',
          category STRING COMMENT 'Code of the category by the label; null where the message is not harmful by it',
          severity INT COMMENT 'Severity by the label; null for prompts, and where it is not known',
          stratum STRING NOT NULL COMMENT 'Part of the messages that the item was drawn from: side, verdict, category of a harmful one, and bounds of the probability',
          stratum_messages BIGINT NOT NULL COMMENT 'Messages of the stratum when the sample was drawn',
          stratum_sample INT NOT NULL COMMENT 'Items that were drawn from it',
          stratum_mean DOUBLE NOT NULL COMMENT 'Mean probability of all its messages',
          stratum_variance DOUBLE NOT NULL COMMENT 'Variance of their probabilities',
          weight DOUBLE NOT NULL COMMENT 'stratum_messages / stratum_sample: how many messages the item stands for when the whole sample is reviewed',
          model_id STRING NOT NULL COMMENT 'Name of the model that labelled',
          model_revision STRING NOT NULL COMMENT 'SHA-256 over its files',
          prompt_pack STRING NOT NULL COMMENT 'Name, version and SHA-256 of its prompt pack',
          seed BIGINT NOT NULL COMMENT 'By which items were drawn',
          labels_id STRING NOT NULL COMMENT 'The labels table that was sampled',
          labels_version BIGINT NOT NULL COMMENT 'Its version',
          sampled_at TIMESTAMP NOT NULL COMMENT 'When the sample was drawn'""");

  static final TableSpec SAMPLE =
      new TableSpec(
          "Messages drawn for people to review, one row an item",
          SAMPLE_COLUMNS,
          Map.of(
              "known_side", KNOWN_SIDE,
              "probability_of_unit", "probability BETWEEN 0 AND 1",
              "drawn_from_stratum", "stratum_sample BETWEEN 1 AND stratum_messages AND weight >= 1",
              "category_of_harmful", "harmful OR category IS NULL"),
          List.of(),
          List.of("sampled_at"),
          Map.of());

  private static final StructType REVIEWS_COLUMNS =
      StructType.fromDDL(
          """
          sample_id STRING NOT NULL COMMENT 'Sample of the item',
          item_id STRING NOT NULL COMMENT 'The item, as in review_sample',
          reviewer STRING NOT NULL COMMENT 'Who answered, as the tool names people',
          harmful BOOLEAN COMMENT 'The answer; null where the person could not tell',
          category STRING COMMENT 'Code of the category that the person chose for a harmful message; null where none was chosen',
          reviewed_at TIMESTAMP COMMENT 'When, as the tool has it; null where it does not tell',
          tool STRING NOT NULL COMMENT 'From which tool the answer comes: label-studio, argilla or csv',
          imported_at TIMESTAMP NOT NULL COMMENT 'When it was imported'""");

  static final TableSpec REVIEWS =
      new TableSpec(
          "Answers of people about sampled messages, one row an item and reviewer",
          REVIEWS_COLUMNS,
          Map.of("category_of_harmful", "coalesce(harmful, false) OR category IS NULL"),
          List.of(),
          List.of("imported_at"),
          Map.of());

  private static final StructType ESTIMATES_COLUMNS =
      StructType.fromDDL(
          """
          sample_id STRING NOT NULL COMMENT 'Sample whose reviews were used',
          side STRING NOT NULL COMMENT 'prompt or response',
          measure STRING NOT NULL COMMENT 'prevalence: share of harmful messages; precision: share of those judged harmful that are; category_precision: share of them that are harmful in the category judged; missed: share of those judged harmless that are harmful',
          method STRING NOT NULL COMMENT 'stratified, or prediction_powered',
          category STRING COMMENT 'Code of the category that the messages were judged to be of; null for all',
          estimate DOUBLE COMMENT 'What people would find in all messages; null until each stratum has a review',
          low DOUBLE COMMENT 'Lower end of its interval of 95%; null as estimate',
          high DOUBLE COMMENT 'Upper end; null as estimate',
          judged DOUBLE COMMENT 'The same share by the verdicts of the labels; null but for prevalence',
          expected DOUBLE COMMENT 'The same share if the probabilities of the labels were right; null for category_precision',
          messages BIGINT NOT NULL COMMENT 'Messages that the share is of',
          sampled BIGINT NOT NULL COMMENT 'Items drawn from them',
          reviewed BIGINT NOT NULL COMMENT 'Items that have an answer',
          answers BIGINT NOT NULL COMMENT 'Answers about them',
          disputed BIGINT NOT NULL COMMENT 'Items on which people differ',
          strata BIGINT NOT NULL COMMENT 'Strata of the messages',
          strata_reviewed BIGINT NOT NULL COMMENT 'Those with a review',
          model_id STRING NOT NULL COMMENT 'Name of the model that labelled',
          model_revision STRING NOT NULL COMMENT 'SHA-256 over its files',
          prompt_pack STRING NOT NULL COMMENT 'Name, version and SHA-256 of its prompt pack',
          sampled_at TIMESTAMP NOT NULL COMMENT 'When the sample was drawn',
          estimated_at TIMESTAMP NOT NULL COMMENT 'When this was computed'""");

  static final TableSpec ESTIMATES =
      new TableSpec(
          "What reviews tell about labels, one row a sample and figure",
          ESTIMATES_COLUMNS,
          Map.of(
              "known_side", KNOWN_SIDE,
              "known_measure",
                  "measure IN ('prevalence', 'precision', 'category_precision', 'missed')",
              "known_method", "method IN ('stratified', 'prediction_powered')",
              "whole_or_null",
                  "(estimate IS NULL) = (low IS NULL) AND (estimate IS NULL) = (high IS NULL)",
              "interval_of_unit",
                  "estimate IS NULL OR (0 <= low AND low <= estimate AND estimate <= high AND high <= 1)",
              "counts_in_order",
                  "disputed BETWEEN 0 AND reviewed AND reviewed <= sampled AND sampled <= messages AND reviewed <= answers"),
          List.of(),
          List.of("sampled_at"),
          Map.of());

  private ReviewSpecs() {}
}
