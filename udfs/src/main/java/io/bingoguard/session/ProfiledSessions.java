package io.bingoguard.session;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.files.Folders;
import io.bingoguard.files.ProcessFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Opens one session and sees, in ONNX Runtime's own profile, which providers really compute its
 * passes: that one was attached does not say that it took the operators.
 */
public final class ProfiledSessions implements SessionFactory, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private Optional<GuardSession> session = Optional.empty();

  public ProfiledSessions() {
    try {
      folder = ProcessFolder.newFolder("profile");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public LlamaSession open(Checkpoint checkpoint, SessionSettings settings) {
    GuardSession opened =
        GuardSession.open(checkpoint, settings, Optional.of(folder.resolve("pass")));
    session = Optional.of(opened);
    return opened;
  }

  /**
   * How often the session has run each operator, by name of the provider, for example {@code
   * CUDAExecutionProvider}, and of the operator. Ends the profile; the session has to be open.
   */
  public Map<String, Map<String, Integer>> operators() {
    try {
      Map<String, Map<String, Integer>> operators = new TreeMap<>();
      for (JsonNode event : JSON.readTree(session.orElseThrow().endProfile().toFile())) {
        JsonNode provider = event.at("/args/provider");
        if (provider.isTextual() && event.path("name").asText().endsWith("_kernel_time")) {
          operators
              .computeIfAbsent(provider.asText(), absent -> new TreeMap<>())
              .merge(event.at("/args/op_name").asText(), 1, Integer::sum);
        }
      }
      return operators;
    } catch (OrtException | IOException e) {
      throw new IllegalStateException("the profile of ONNX Runtime cannot be read", e);
    }
  }

  /** Removes the profile. */
  @Override
  public void close() {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
