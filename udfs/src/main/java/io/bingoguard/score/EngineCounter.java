package io.bingoguard.score;

/** What an engine counts. Times are in nanoseconds. */
public enum EngineCounter {
  /** Time spent on rendering and tokenizing, over all threads. */
  TOKENIZE_NANOS,
  /** Time spent on choosing and laying out packs. */
  PACK_NANOS,
  /** Time spent on computing shared prefixes. */
  PREFIX_NANOS,
  /** Time spent in scoring passes. */
  FORWARD_NANOS,
  /** Time in which the device had nothing to do although tasks were at work. */
  WAIT_NANOS,
  /** Time that requests waited for their pass, over all requests. */
  QUEUE_NANOS,
  /** Scoring passes. */
  PASSES,
  /** Requests scored. */
  REQUESTS,
  /** Tokens of those requests after their shared prefixes. */
  USEFUL_TOKENS,
  /** Tokens that passes computed, bucket padding included. */
  COMPUTED_TOKENS,
  /** Passes that did not fit into the device's memory. */
  OUT_OF_MEMORY,
  /** Labels that came out off format. */
  OFF_FORMAT,
  /** Labels that came out as errors. */
  ERRORS
}
