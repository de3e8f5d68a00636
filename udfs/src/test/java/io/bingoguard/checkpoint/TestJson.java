package io.bingoguard.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes JSON files the way Hugging Face tools do: indented, with a final line break. */
final class TestJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private TestJson() {}

  static void write(Path file, Map<String, ?> object) throws IOException {
    Files.writeString(file, text(object));
  }

  /** Whether a file is what {@link #write} would write. */
  static boolean holds(Path file, Map<String, ?> object) throws IOException {
    return Files.readString(file).equals(text(object));
  }

  private static String text(Map<String, ?> object) throws IOException {
    return MAPPER.writeValueAsString(object) + "\n";
  }
}
