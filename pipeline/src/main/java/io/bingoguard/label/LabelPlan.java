package io.bingoguard.label;

import io.bingoguard.engine.EngineReport;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What labelling all of an input would take, by a sample of it.
 *
 * @param conversations conversations of the input, where counting them is cheap
 * @param sampledConversations conversations at its beginning that were read
 * @param sampledExchanges their exchanges
 * @param whole whether that is all of the input
 * @param judged exchanges that were labelled for the sake of their tokens and of the time they take
 * @param errors how many of these came out as errors
 * @param inputTokens prompt tokens of these
 * @param seconds time that they took, the opening of the model left out
 * @param engines what the engines of the executors did
 */
public record LabelPlan(
    OptionalLong conversations,
    long sampledConversations,
    long sampledExchanges,
    boolean whole,
    long judged,
    long errors,
    long inputTokens,
    double seconds,
    List<EngineReport> engines) {
  public LabelPlan {
    Objects.requireNonNull(conversations, "conversations");
    engines = List.copyOf(engines);
  }

  /** Whether its tokens are counted and not estimated. */
  public boolean allJudged() {
    return whole && judged == sampledExchanges;
  }

  /** Exchanges of the input; an estimate unless all of it was read. */
  public OptionalLong exchanges() {
    if (whole) {
      return OptionalLong.of(sampledExchanges);
    }
    return conversations.isPresent() && sampledConversations > 0
        ? OptionalLong.of(Math.round(conversations.getAsLong() * exchangesPerConversation()))
        : OptionalLong.empty();
  }

  public double exchangesPerConversation() {
    return sampledConversations > 0 ? (double) sampledExchanges / sampledConversations : 0;
  }

  public double tokensPerExchange() {
    return judged > 0 ? (double) inputTokens / judged : 0;
  }

  public double exchangesPerSecond() {
    return seconds > 0 ? judged / seconds : 0;
  }

  /** Estimated prompt tokens of the input. */
  public OptionalLong totalTokens() {
    return exchanges().isPresent()
        ? OptionalLong.of(Math.round(exchanges().getAsLong() * tokensPerExchange()))
        : OptionalLong.empty();
  }

  /** Estimated time to label the input, in seconds. */
  public OptionalDouble totalSeconds() {
    return exchanges().isPresent() && exchangesPerSecond() > 0
        ? OptionalDouble.of(exchanges().getAsLong() / exchangesPerSecond())
        : OptionalDouble.empty();
  }
}
