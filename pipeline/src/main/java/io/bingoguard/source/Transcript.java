package io.bingoguard.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one text with {@code Human:} and {@code Assistant:} turns, as hh-rlhf has it. A turn starts
 * at the start of the text or after a blank line; the same words elsewhere are the speaker's own.
 */
final class Transcript {
  private static final Pattern TURN =
      Pattern.compile("(?:\\A\\s*+|\\r?\\n\\r?\\n)(Human|Assistant):");

  /** What looks like a reply, in a text that has none after a blank line. */
  private static final Pattern OTHER_TURN =
      Pattern.compile("(?m)^[ \\t]*(Assistant|AI|Bot|GPT|Model):");

  private Transcript() {}

  /** Whether a text starts as a transcript does. */
  static boolean looksLikeOne(String text) {
    return TURN.matcher(text).lookingAt();
  }

  static List<Turn> turns(Optional<Object> column) {
    if (column.isEmpty()) {
      return List.of();
    }
    if (!(column.get() instanceof String text)) {
      return List.of(
          new Turn.Rejected(
              Rejection.malformedTranscript(
                  "the transcript is %s, not text".formatted(Rejection.typeName(column.get()))),
              String.valueOf(column.get())));
    }
    return turns(text);
  }

  private static List<Turn> turns(String text) {
    List<Turn> turns = new ArrayList<>();
    Matcher matcher = TURN.matcher(text);
    MessageRole speaker = null;
    int start = 0;
    while (matcher.find()) {
      add(turns, speaker, text.substring(start, matcher.start()));
      speaker = matcher.group(1).equals("Human") ? MessageRole.USER : MessageRole.ASSISTANT;
      start = matcher.end();
    }
    add(turns, speaker, text.substring(start));
    boolean answered =
        turns.stream().anyMatch(turn -> !turn.speaker().equals(MessageRole.USER.name()));
    return answered || !OTHER_TURN.matcher(text).find()
        ? turns
        : List.of(
            new Turn.Rejected(
                Rejection.malformedTranscript("replies do not begin after a blank line"), text));
  }

  private static void add(List<Turn> turns, MessageRole speaker, String text) {
    if (speaker != null) {
      turns.add(new Turn.Message(speaker, text.startsWith(" ") ? text.substring(1) : text));
    } else if (!text.isBlank()) {
      turns.add(
          new Turn.Rejected(
              Rejection.malformedTranscript("there is text before the first turn"), text));
    }
  }
}
