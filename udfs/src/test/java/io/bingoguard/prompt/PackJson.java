package io.bingoguard.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small prompt pack that is valid as it stands, for tests to use or to break. */
public final class PackJson {
  private static final String VALID =
      """
      {
        "format": "bingoguard-prompt-pack/1",
        "name": "example",
        "version": "3",
        "bos_token": "<|begin_of_text|>",
        "bos_count": 2,
        "end_token": "<|end_of_text|>",
        "categories": [
          {"code": "S1", "name": "Theft", "severity_name": "stealing", "rubric": "0 none, 4 much."},
          {"code": "S2", "name": "Fraud", "rubric": "0 honest, 4 a swindle."},
          {"code": "S10", "name": "Insult", "severity_name": "insults", "rubric": "0 kind, 4 cruel."}
        ],
        "tasks": {
          "prompt": {
            "template": ["<|begin_of_text|>Kinds: \\n", "{{S1}} \\n", "Message: {prompt}", "\\nVerdict:"],
            "answers": [
              {"text": "safe", "harmful": false},
              {"text": "unsafe\\nS1", "harmful": true, "category": "S1"},
              {"text": "unsafe\\nS2", "harmful": true, "category": "S2"},
              {"text": "unsafe\\nS10", "harmful": true, "category": "S10"}
            ]
          },
          "response": {
            "template": "<|begin_of_text|>Message: {prompt}\\nReply: {response}\\nVerdict:",
            "answers": [
              {"text": "safe", "harmful": false},
              {"text": "unsafe\\nS1", "harmful": true, "category": "S1"},
              {"text": "unsafe\\nS2", "harmful": true, "category": "S2"},
              {"text": "unsafe\\nS10", "harmful": true, "category": "S10"}
            ]
          },
          "severity": {
            "template": "<|begin_of_text|>Of {category}: {rubric}\\n{prompt}\\n{response}\\nLevel:",
            "answers": [
              {"text": "#level: 0", "severity": 0},
              {"text": "#level: 1", "severity": 1},
              {"text": "#level: 2", "severity": 2},
              {"text": "#level: 3", "severity": 3},
              {"text": "#level: 4", "severity": 4}
            ]
          }
        }
      }
      """;

  private PackJson() {}

  /** A fresh copy. */
  public static ObjectNode valid() {
    try {
      return (ObjectNode) new ObjectMapper().readTree(VALID);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a pack under its usual name into a directory. */
  public static Path write(Path directory, JsonNode pack) {
    return write(directory, pack.toString());
  }

  static Path write(Path directory, String json) {
    try {
      return Files.writeString(directory.resolve(PromptPack.FILE_NAME), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
