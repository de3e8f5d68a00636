package io.bingoguard.device;

import ai.onnxruntime.OrtProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a look for CUDA depends on outside this code. */
interface Host {
  /** Providers that the ONNX Runtime on the class path was built with. */
  Set<OrtProvider> providers();

  /** An environment variable that is set, be it to nothing. */
  Optional<String> variable(String name);

  /** A system property that is set and not blank. */
  Optional<String> property(String name);

  /** Standard output of a command, when it can be run and ends with exit code 0. */
  Optional<String> output(List<String> command);

  /** The root of the file system, below which {@code /proc}, {@code /dev} and so on are. */
  Path root();
}
