package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.record;

import io.bingoguard.guard.Exchange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A way to spell the messages of a conversation. */
enum Dialect {
  ROLE_CONTENT("messages", (role, text) -> record("role", role, "content", text)),
  ROLE_MESSAGE("messages", (role, text) -> record("role", role, "message", text)),
  FROM_VALUE(
      "conversations",
      (role, text) -> record("from", role.equals("user") ? "human" : "gpt", "value", text)),
  GOOGLE(
      "contents",
      (role, text) ->
          record(
              "role",
              role.equals("user") ? "user" : "model",
              "parts",
              List.of(record("text", text)))),
  TELEMETRY(
      "messages",
      (role, text) ->
          record("role", role, "parts", List.of(record("type", "text", "content", text)))),
  ASSISTANTS(
      "messages",
      (role, text) ->
          record(
              "role",
              role,
              "content",
              List.of(
                  record(
                      "type", "text", "text", record("value", text, "annotations", List.of()))))),
  LANGCHAIN(
      "messages",
      (role, text) -> record("type", role.equals("user") ? "human" : "ai", "content", text)),
  LANGCHAIN_STORED(
      "messages",
      (role, text) ->
          record(
              "type",
              role.equals("user") ? "human" : "ai",
              "data",
              record("content", text, "id", "1"))),
  REFUSALS(
      "messages",
      (role, text) ->
          role.equals("user")
              ? record("role", role, "content", text, "refusal", null)
              : record("role", role, "content", null, "refusal", text)),
  WITH_IMAGES(
      "messages",
      (role, text) ->
          record(
              "role",
              role,
              "content",
              List.of(
                  record("type", "text", "text", text),
                  record("type", "image_url", "image_url", record("url", "u"))))),
  GUARDED_AND_CITED(
      "messages",
      (role, text) ->
          record(
              "role",
              role,
              "content",
              List.of(
                  role.equals("user")
                      ? record("guardContent", record("text", record("text", text)))
                      : record(
                          "citationsContent",
                          record(
                              "content", List.of(record("text", text)), "citations", List.of()))))),
  EMPTY_BESIDE_TEXT("messages", (role, text) -> record("role", role, "content", "", "text", text)),
  ANSWERING(
      talk -> {
        List<Map<String, Object>> messages =
            each(talk, (role, text) -> record("role", role, "content", text));
        for (int place = 0; place < messages.size(); place++) {
          messages.get(place).put("id", place);
          messages.get(place).put("parent_id", place == 0 ? null : place - 1);
        }
        Collections.reverse(messages);
        return record("messages", messages);
      }),
  TOOL_CALLS(
      talk ->
          record(
              "messages",
              between(
                  each(talk, (role, text) -> record("role", role, "content", text)),
                  record(
                      "role",
                      "assistant",
                      "content",
                      null,
                      "tool_calls",
                      List.of(record("id", "k", "type", "function"))),
                  record("role", "tool", "content", "30", "tool_call_id", "k")))),
  TOOL_BLOCKS(
      talk ->
          record(
              "messages",
              between(
                  each(
                      talk,
                      (role, text) ->
                          record(
                              "role",
                              role,
                              "content",
                              List.of(record("type", "text", "text", text)))),
                  record(
                      "role",
                      "assistant",
                      "content",
                      List.of(
                          record("type", "thinking", "thinking", "hm"),
                          record("type", "tool_use", "name", "days"))),
                  record(
                      "role",
                      "user",
                      "content",
                      List.of(record("type", "tool_result", "content", "30")))))),
  ITEMS(
      talk ->
          record(
              "messages",
              between(
                  each(
                      talk,
                      (role, text) ->
                          record(
                              "type",
                              "message",
                              "role",
                              role,
                              "content",
                              List.of(
                                  record(
                                      "type",
                                      role.equals("user") ? "input_text" : "output_text",
                                      "text",
                                      text)))),
                  record("type", "function_call", "name", "days"),
                  record("type", "function_call_output", "output", "30")))),
  PROMPT_AND_COMPLETION(
      talk -> {
        List<Map<String, Object>> messages =
            each(talk, (role, text) -> record("role", role, "content", text));
        int last = messages.size() - 1;
        return record(
            "prompt", messages.subList(0, last), "completion", messages.subList(last, last + 1));
      }),
  TURNS(
      talk ->
          record(
              "prompt",
              talk.stream().map(exchange -> exchange.prompt().orElseThrow()).toList(),
              "response",
              talk.stream().map(exchange -> exchange.response().orElseThrow()).toList()));

  @SuppressWarnings("ImmutableEnumChecker") // Every spelling is a function of its argument alone.
  private final Function<List<Exchange>, Map<String, Object>> spelling;

  /** Each message in one way. */
  Dialect(String column, Spelling spelling) {
    this(talk -> record(column, each(talk, spelling)));
  }

  Dialect(Function<List<Exchange>, Map<String, Object>> spelling) {
    this.spelling = spelling;
  }

  /** The fields of a record with a conversation of complete exchanges. */
  Map<String, Object> fields(List<Exchange> talk) {
    return spelling.apply(talk);
  }

  private interface Spelling {
    Map<String, Object> message(String role, String text);
  }

  private static List<Map<String, Object>> each(List<Exchange> talk, Spelling spelling) {
    List<Map<String, Object>> messages = new ArrayList<>();
    for (Exchange exchange : talk) {
      messages.add(spelling.message("user", exchange.prompt().orElseThrow()));
      messages.add(spelling.message("assistant", exchange.response().orElseThrow()));
    }
    return messages;
  }

  /** The messages with a call of a tool and its result between each question and its answer. */
  private static List<Map<String, Object>> between(
      List<Map<String, Object>> messages, Map<String, Object> call, Map<String, Object> result) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (int index = 0; index < messages.size(); index++) {
      all.add(messages.get(index));
      if (index % 2 == 0) {
        all.addAll(List.of(call, result));
      }
    }
    return all;
  }
}
