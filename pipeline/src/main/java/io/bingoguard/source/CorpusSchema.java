package io.bingoguard.source;

import java.util.Arrays;

/** The ways in which people lay out conversations. */
public enum CorpusSchema {
  /** A list of messages with {@code role} and {@code content}. */
  MESSAGES("messages", "a column with a list of messages that have role and content"),
  /** A list of messages with {@code from} and {@code value}. */
  SHAREGPT("sharegpt", "a column with a list of messages that have from and value"),
  /** A prompt with no, one or several responses in columns of their own. */
  PAIRS("pairs", "a prompt column such as prompt, user_input or instruction"),
  /** One text with {@code Human:} and {@code Assistant:} turns. */
  TRANSCRIPT("transcript", "a text column with Human: and Assistant: turns"),
  /** One row a message, linked to its parent. */
  MESSAGE_ROWS("message-rows", "the columns message_id, parent_id, text, role and message_tree_id");

  private final String key;
  private final String expectation;

  CorpusSchema(String key, String expectation) {
    this.key = key;
    this.expectation = expectation;
  }

  /** Name on the command line. */
  public String key() {
    return key;
  }

  /** What a corpus needs to fit this schema, for messages. */
  String expectation() {
    return expectation;
  }

  /** The schema of a command-line name; an unknown name is an error that lists the known ones. */
  public static CorpusSchema of(String key) {
    return Arrays.stream(values())
        .filter(schema -> schema.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                SourceErrors.schemaNotNamed(
                    key, Arrays.stream(values()).map(CorpusSchema::key).toList()));
  }
}
