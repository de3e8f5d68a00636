package io.bingoguard.source;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who speaks, whatever a corpus calls them. */
enum MessageRole {
  USER,
  ASSISTANT,
  /** Messages that are neither judged nor come between a question and its answer. */
  CONTEXT;

  private static final Map<String, MessageRole> BY_NAME = byName();

  /** Calls of tools and what came of them, as OpenAI's Responses name them by their kind. */
  private static final Pattern TOOL_ITEM =
      Pattern.compile("[a-z_]+_call(_output)?|item_reference|mcp_[a-z_]+");

  private List<String> names() {
    return switch (this) {
      case USER -> List.of("user", "human", "humanmessage", "prompter", "instruction", "customer");
      case ASSISTANT ->
          List.of(
              "assistant",
              "gpt",
              "chatgpt",
              "bot",
              "chatbot",
              "model",
              "ai",
              "aimessage",
              "bing",
              "bard",
              "agent",
              "output");
      case CONTEXT ->
          List.of(
              "system",
              "systemmessage",
              "developer",
              "tool",
              "toolmessage",
              "tool_call",
              "tool_response",
              "tool_result",
              "function",
              "function_call",
              "function_call_output",
              "function_response",
              "reasoning",
              "observation",
              "ipython");
    };
  }

  static Optional<MessageRole> of(String name) {
    String spelt = name.strip().toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_NAME.get(spelt))
        .or(() -> TOOL_ITEM.matcher(spelt).matches() ? Optional.of(CONTEXT) : Optional.empty());
  }

  private static Map<String, MessageRole> byName() {
    Map<String, MessageRole> roles = new HashMap<>();
    for (MessageRole role : values()) {
      role.names().forEach(name -> roles.put(name, role));
    }
    return Map.copyOf(roles);
  }
}
