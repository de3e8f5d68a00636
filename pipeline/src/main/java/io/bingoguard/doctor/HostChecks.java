package io.bingoguard.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What a driver and an executor need alike of the machine and the JVM they run in. */
final class HostChecks {
  private static final int OLDEST_JAVA = 17;

  /** The GPU artifact of ONNX Runtime unpacks 0.6 GiB into it. */
  private static final long LEAST_TEMP_BYTES = 1L << 30;

  /** Packages of {@code java.base} that Spark reaches into. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private HostChecks() {}

  static List<Check> all() {
    return List.of(java(), memory(), temporarySpace(Path.of(System.getProperty("java.io.tmpdir"))));
  }

  static Check java() {
    String version = "Java " + Runtime.version();
    if (Runtime.version().feature() < OLDEST_JAVA) {
      return Check.failed("java", version, "set JAVA_HOME to a JDK " + OLDEST_JAVA + " or newer");
    }
    Module base = Object.class.getModule();
    Module ours = HostChecks.class.getModule();
    List<String> closed = OPENED.stream().filter(name -> !base.isOpen(name, ours)).toList();
    return closed.isEmpty()
        ? Check.ok("java", version + ", with the --add-opens that Spark needs")
        : Check.failed(
            "java",
            version + ", closed to Spark: " + String.join(", ", closed),
            "start Java with "
                + closed.stream()
                    .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
                    .collect(Collectors.joining(" "))
                + ", as spark-submit and scripts/bingoguard do");
  }

  private static Check memory() {
    return Check.ok(
        "memory",
        "heap up to %s; machine %s free of %s"
            .formatted(
                Sizes.of(Runtime.getRuntime().maxMemory()),
                Sizes.of(machine().getFreeMemorySize()),
                Sizes.of(machine().getTotalMemorySize())));
  }

  private static OperatingSystemMXBean machine() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }

  static Check temporarySpace(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, "bingoguard-", ".tmp"));
      long free = Files.getFileStore(folder).getUsableSpace();
      String seen = folder + ", " + Sizes.of(free) + " free";
      return free < LEAST_TEMP_BYTES
          ? Check.warning(
              "temporary space",
              seen,
              "free 1 GiB there, or set -Djava.io.tmpdir to another folder")
          : Check.ok("temporary space", seen);
    } catch (IOException e) {
      return Check.failed(
          "temporary space",
          folder + " cannot be written: " + e,
          "make it writable, or set -Djava.io.tmpdir to a folder that is");
    }
  }
}
