package io.bingoguard.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** GPUs that exist only for Spark's books. */
final class FakeGpus {
  private FakeGpus() {}

  /** Writes a discovery script that finds this many, and returns its path. */
  static Path script(SparkHome home, int gpus) throws IOException {
    String addresses =
        IntStream.range(0, gpus)
            .mapToObj(gpu -> "\"" + gpu + "\"")
            .collect(Collectors.joining(","));
    Path script = home.path().resolve("fake-gpus");
    Files.writeString(
        script, "#!/bin/sh\necho '{\"name\":\"gpu\",\"addresses\":[%s]}'\n".formatted(addresses));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }
}
