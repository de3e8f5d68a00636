package io.bingoguard.device;

import ai.onnxruntime.OrtProvider;
import io.bingoguard.files.ProcessFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** This machine. */
final class LocalHost implements Host {
  /** A driver that hangs must not hang the one who looks for what is wrong with it. */
  private static final long MOST_SECONDS = 20;

  @Override
  public Set<OrtProvider> providers() {
    return OnnxRuntime.available();
  }

  @Override
  public Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name));
  }

  @Override
  public Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
  }

  @Override
  public Optional<String> output(List<String> command) {
    try {
      // A file, since a pipe that is not read would stop a talkative command.
      Path printed = Files.createTempFile(ProcessFolder.path(), "printed-", ".out");
      try {
        return run(command, printed);
      } finally {
        Files.delete(printed);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> run(List<String> command, Path printed) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(printed.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.getOutputStream().close();
      return process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
          ? Optional.of(new String(Files.readAllBytes(printed), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public Path root() {
    return Path.of("/");
  }
}
