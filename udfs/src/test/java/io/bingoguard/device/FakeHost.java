package io.bingoguard.device;

import ai.onnxruntime.OrtProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A machine that is made up: real files below a folder, and commands that answer as told. */
final class FakeHost implements Host {
  private final Path root;
  private final Set<OrtProvider> providers = EnumSet.of(OrtProvider.CPU);
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> outputs = new HashMap<>();

  FakeHost(Path root) {
    this.root = root;
  }

  FakeHost gpuArtifact() {
    providers.add(OrtProvider.CUDA);
    return this;
  }

  FakeHost variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  FakeHost property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  FakeHost output(String command, String output) {
    outputs.put(command, output);
    return this;
  }

  /** Writes a file below the root, {@code path} relative to it. */
  FakeHost file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  FakeHost driver(String version) throws IOException {
    return file(
            "proc/driver/nvidia/version",
            "NVRM version: NVIDIA UNIX x86_64 Kernel Module  "
                + version
                + "  Tue Jun 3\nGCC version: 12.2.0")
        .file("usr/lib/x86_64-linux-gnu/libcuda.so.1", "driver");
  }

  /** GPUs of one model, or of the models named. */
  FakeHost gpus(String... names) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      lines.append("GPU %d: %s (UUID: GPU-%c000-1)\n".formatted(i, names[i], 'a' + i));
    }
    return output("nvidia-smi -L", lines.toString());
  }

  @Override
  public Set<OrtProvider> providers() {
    return providers;
  }

  @Override
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  @Override
  public Optional<String> property(String name) {
    return Optional.ofNullable(properties.get(name));
  }

  @Override
  public Optional<String> output(List<String> command) {
    return Optional.ofNullable(outputs.get(String.join(" ", command)));
  }

  @Override
  public Path root() {
    return root;
  }
}
