package io.bingoguard.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Sha256;
import io.bingoguard.guard.WellFormed;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transcripts, moments, roles and broken Unicode, as corpora write them. */
class TextFormsTest {
  @Test
  void startsTurnsOnlyAfterBlankLines() {
    assertThat(turns("Human: a\nHuman: b\n\nAssistant:  c\r\n\r\nHuman: d\n\n Human: e\n\nHuman:"))
        .containsExactly(
            new Turn.Message(MessageRole.USER, "a\nHuman: b"),
            new Turn.Message(MessageRole.ASSISTANT, " c"),
            new Turn.Message(MessageRole.USER, "d\n\n Human: e"),
            new Turn.Message(MessageRole.USER, ""));
  }

  @Test
  void rejectsTextBeforeTheFirstTurnAndKeepsTheRest() {
    assertThat(turns("preface\n\nHuman: q"))
        .hasSize(2)
        .first()
        .isInstanceOfSatisfying(
            Turn.Rejected.class,
            turn ->
                assertThat(turn.label().problem().orElseThrow().code())
                    .isEqualTo(ErrorCode.SOURCE_MALFORMED_TRANSCRIPT));
    assertThat(turns(" \n ")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2023-04-09T00:02:53+00:00, 2023-04-09T00:02:53Z",
    "2023-04-09 02:02:53.5+02:00, 2023-04-09T00:02:53.5Z",
    "2023-04-09T00:02:53.123456+0000, 2023-04-09T00:02:53.123456Z",
    "2023-04-09 00:02:53 UTC, 2023-04-09T00:02:53Z",
    "2023-04-09T00:02:53Z, 2023-04-09T00:02:53Z",
    "2023-04-09 00:02, 2023-04-09T00:02:00Z",
    "2023-04-09, 2023-04-09T00:00:00Z",
    "1681000000, 2023-04-09T00:26:40Z",
    "1681000000.5, 2023-04-09T00:26:40.5Z",
    "1681000000123, 2023-04-09T00:26:40.123Z",
  })
  void readsMomentsInManyForms(String text, String expected) {
    assertThat(Moments.of(text)).contains(Instant.parse(expected));
  }

  @Test
  void readsMomentsOfTypes() {
    Instant moment = Instant.parse("2023-04-09T00:26:40Z");
    assertThat(Moments.of(1681000000L)).contains(moment);
    assertThat(Moments.of(1.681e12)).contains(moment);
    assertThat(Moments.of(moment)).contains(moment);
    assertThat(Moments.of(Date.valueOf("2023-04-09")))
        .contains(Instant.parse("2023-04-09T00:00:00Z"));
    assertThat(Moments.of(LocalDate.of(2023, 4, 9)))
        .contains(Instant.parse("2023-04-09T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2023", "20230409", "2023-13-01", "+99999-01-01", "NaN"})
  void doesNotGuessMoments(String text) {
    assertThat(Moments.of(text)).isEmpty();
    assertThat(Moments.of(Double.NaN)).isEmpty();
    assertThat(Moments.of(List.of())).isEmpty();
  }

  @Test
  void replacesOnlySurrogatesWithoutPartner() {
    assertThat(WellFormed.of("\uDE00\uD83D\uDE00\uD83D")).isEqualTo("\uFFFD\uD83D\uDE00\uFFFD");
    assertThat(WellFormed.of("\uD83D\uD83D\uDE00x")).isEqualTo("\uFFFD\uD83D\uDE00x");
    String well = "plain \uD83D\uDE00";
    assertThat(WellFormed.of(well)).isSameAs(well);
  }

  @Test
  void knowsSpeakersInAnyCase() {
    assertThat(List.of("Human", " USER ", "prompter", "instruction"))
        .allMatch(name -> MessageRole.of(name).equals(Optional.of(MessageRole.USER)));
    assertThat(List.of("GPT", "chatgpt", "bot", "Model", "assistant"))
        .allMatch(name -> MessageRole.of(name).equals(Optional.of(MessageRole.ASSISTANT)));
    assertThat(List.of("system", "Tool", "function", "developer"))
        .allMatch(name -> MessageRole.of(name).equals(Optional.of(MessageRole.CONTEXT)));
    assertThat(MessageRole.of("narrator")).isEmpty();
  }

  @Test
  void showsNoConversationTextInProblems() {
    Turn turn = MessageList.turn("message 1", "a secret sentence in the wrong field", "text");
    assertThat(((Turn.Rejected) turn).label().problem().orElseThrow().message())
        .isEqualTo("message 1 has an unknown role: text of 36 characters");
    assertThat(MessageContent.of(Map.of("secret", 1))).isEqualTo(new MessageContent.Unknown());
  }

  @Test
  void hashesDifferentListsOfTextsDifferently() {
    assertThat(Sha256.of(List.of("ab", "c"))).isNotEqualTo(Sha256.of(List.of("a", "bc")));
    assertThat(Sha256.of(List.of("1:a"))).isNotEqualTo(Sha256.of(List.of("1", "a")));
    assertThat(Sha256.of("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  private static List<Turn> turns(String text) {
    return Transcript.turns(Optional.of(text));
  }
}
