package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.GuardException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutDetectorTest {
  private static final String TRANSCRIPT = "\n\nHuman: q\n\nAssistant: a";
  private static final Object MESSAGES = List.of(Map.of("role", "user", "content", "q"));
  private static final Object SHAREGPT = List.of(Map.of("from", "human", "value", "q"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prompt,response,category,is_safe | pairs schema: prompt=prompt, response=response
          prompt,completion,id | pairs schema: prompt=prompt, response=completion, id=id
          conv_id,user_input,model_output,toxicity | pairs schema: prompt=user_input, response=model_output, id=conv_id
          instruction,input,output,text | pairs schema: prompt=instruction, context=input, response=output
          instruction,context,response,category | pairs schema: prompt=instruction, context=context, response=response
          prompt,response_0,response_1,is_response_0_safe | pairs schema: prompt=prompt, response=response_0, response=response_1
          Prompt,Response,UUID | pairs schema: prompt=Prompt, response=Response, id=UUID
          id,prompt,type | pairs schema: prompt=prompt, id=id
          message_id,parent_id,created_date,text,role,lang,message_tree_id | message-rows schema: message_id=message_id, parent_id=parent_id, text=text, role=role, id=message_tree_id, language=lang, timestamp=created_date
          """)
  void knowsTheUsualNames(String columns, String description) {
    assertThat(described(CorpusRequest.of("in"), texts(columns))).isEqualTo(description);
  }

  @Test
  void prefersMessagesToThePromptBesideThem() {
    Map<String, Object> ultraChat = record("prompt", "q", "prompt_id", "1", "messages", MESSAGES);
    assertThat(described(CorpusRequest.of("in"), ultraChat))
        .isEqualTo("messages schema: messages=messages, id=prompt_id");
  }

  @Test
  void tellsMessageListsByTheirFields() {
    assertThat(described(CorpusRequest.of("in"), record("talk", SHAREGPT)))
        .isEqualTo("sharegpt schema: messages=talk");
    assertThat(
            described(
                CorpusRequest.of("in"),
                record("talk", "[{\"role\":\"user\",\"content\":\"q\"}]", "conversation", 3)))
        .isEqualTo("messages schema: messages=talk");
  }

  @Test
  void findsTheColumnWithTranscripts() {
    assertThat(described(CorpusRequest.of("in"), record("name", "x", "dialogue", TRANSCRIPT)))
        .isEqualTo("transcript schema: transcript=dialogue");
  }

  @Test
  void asksWhichOfSeveralColumnsIsMeant() {
    refuses(
        CorpusRequest.of("in"),
        record("chosen", TRANSCRIPT, "rejected", TRANSCRIPT),
        "SOURCE_SCHEMA_AMBIGUOUS",
        "--column transcript=chosen or --column transcript=rejected");
    refuses(
        CorpusRequest.of("in"),
        record("messages", MESSAGES, "conversation", MESSAGES),
        "SOURCE_SCHEMA_AMBIGUOUS",
        "--column messages=messages or --column messages=conversation");
    refuses(
        CorpusRequest.of("in"),
        texts("prompt,response,completion"),
        "SOURCE_SCHEMA_AMBIGUOUS",
        "--column prompt=prompt --column response=completion");
    refuses(
        CorpusRequest.of("in"),
        texts("prompt,chosen,rejected"),
        "SOURCE_SCHEMA_AMBIGUOUS",
        "--column response=chosen");
  }

  @Test
  void takesNamedColumnsBeforeUsualOnes() {
    assertThat(
            described(
                CorpusRequest.of("in")
                    .column(ColumnRole.TRANSCRIPT, "chosen")
                    .column(ColumnRole.ID, "key"),
                record("chosen", TRANSCRIPT, "rejected", TRANSCRIPT, "key", "1", "id", "2")))
        .isEqualTo("transcript schema: transcript=chosen, id=key");
    assertThat(
            described(
                CorpusRequest.of("in").column(ColumnRole.PROMPT, "question"),
                texts("question,prompt,response")))
        .isEqualTo("pairs schema: prompt=question, response=response");
    assertThat(
            described(
                CorpusRequest.of("in").column(ColumnRole.RESPONSE, "input"),
                texts("instruction,input,output")))
        .isEqualTo("pairs schema: prompt=instruction, response=input");
    assertThat(
            detect(
                    CorpusRequest.of("in").column(ColumnRole.MESSAGES, "a"),
                    record("a", SHAREGPT, "b", MESSAGES))
                .schema())
        .isEqualTo(CorpusSchema.SHAREGPT);
  }

  @Test
  void readsANamedSchemaWhereAnotherWouldBeFound() {
    Map<String, Object> both = record("prompt", "q", "response", "a", "messages", MESSAGES);
    assertThat(described(CorpusRequest.of("in").schema("pairs"), both))
        .isEqualTo("pairs schema: prompt=prompt, response=response");
  }

  @Test
  void saysWhatItSawAndWhatWouldWork() {
    refuses(CorpusRequest.of("in"), texts("foo,bar"), "SOURCE_SCHEMA_UNKNOWN", "foo, bar");
    refuses(
        CorpusRequest.of("in"),
        record("messages", List.of("q", "a"), "text", "q"),
        "SOURCE_SCHEMA_UNKNOWN",
        "[messages (a list whose first element is text), text (text)]");
    refuses(
        CorpusRequest.of("in").schema("message-rows"),
        texts("foo,bar"),
        "SOURCE_SCHEMA_MISFIT",
        "message_tree_id");
    refuses(
        CorpusRequest.of("in").schema("chat"), texts("prompt"), "SOURCE_SCHEMA_NOT_NAMED", "pairs");
    refuses(
        CorpusRequest.of("in").column(ColumnRole.PROMPT, "nope"),
        texts("foo,bar"),
        "SOURCE_COLUMN_MISSING",
        "foo, bar");
    refuses(
        CorpusRequest.of("in").column(ColumnRole.TRANSCRIPT, "foo"),
        texts("foo,bar"),
        "SOURCE_COLUMN_MISFIT",
        "'foo'");
    refuses(
        CorpusRequest.of("in")
            .column(ColumnRole.TRANSCRIPT, "chosen")
            .column(ColumnRole.PROMPT, "chosen"),
        record("chosen", TRANSCRIPT),
        "SOURCE_COLUMN_ROLES_CONFLICT",
        "prompt=chosen");
  }

  private static void refuses(
      CorpusRequest.Builder request, Map<String, Object> record, String code, String remedy) {
    assertThatThrownBy(() -> detect(request, record))
        .isInstanceOfSatisfying(
            GuardException.class, error -> assertThat(error.code()).hasToString(code))
        .hasMessageContaining(remedy);
  }

  /** The layout with the columns that the record has. */
  private static String described(CorpusRequest.Builder request, Map<String, Object> record) {
    return detect(request, record).describe(List.copyOf(record.keySet()));
  }

  private static CorpusLayout detect(CorpusRequest.Builder request, Map<String, Object> record) {
    return new LayoutDetector(request.build(), CorpusSample.ofRecords(List.of(record))).detect();
  }

  private static Map<String, Object> texts(String columns) {
    Map<String, Object> record = new LinkedHashMap<>();
    List.of(columns.split(",")).forEach(column -> record.put(column, "some words"));
    return record;
  }
}
