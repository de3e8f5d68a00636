package io.bingoguard.cluster;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The product with a fault put into one of its classes, to show that a test would find the fault.
 */
final class BrokenProduct {
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "bingoguard");

  private BrokenProduct() {}

  /** Labels that a killed run has committed and not recorded are taken for missing. */
  static Path thatForgetsWhatAKilledRunCommitted(Path folder) throws IOException {
    return jar(
        folder,
        "table/FilesAgreement.java",
        "commits.stream().filter(this::add).count() > 0",
        "false");
  }

  /** Files that may be labelled are labelled, whatever labels they have. */
  static Path thatComparesWithNoLabels(Path folder) throws IOException {
    return jar(folder, "label/Unlabelled.java", "counted.col(LABELLED), ", "");
  }

  /** Labels that are not those that were written are gone on with. */
  static Path thatRefusesNoOutput(Path folder) throws IOException {
    return jar(
        folder,
        "table/FilesAgreement.java",
        "throw TableErrors.labelsBehind(table.path(), labels.path(), seen);",
        "LOG.warn(seen);");
  }

  /** A jar with one class compiled anew, to be put before the product's own. */
  private static Path jar(Path folder, String source, String piece, String by) throws IOException {
    String text = Files.readString(SOURCES.resolve(source));
    String broken = text.replace(piece, by);
    if (broken.equals(text)) {
      throw new IllegalStateException(
          source + " no longer has '" + piece + "': put the fault in where that went");
    }
    Path work = Files.createTempDirectory(folder, "broken-");
    Path changed = work.resolve(Path.of(source).getFileName());
    Files.writeString(changed, broken);
    Path classes = work.resolve("classes");
    Path jar = work.resolve("broken.jar");
    run("javac", "-proc:none", "-cp", classpath(), "-d", classes.toString(), changed.toString());
    run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
    return jar;
  }

  private static String classpath() throws IOException {
    return Stream.concat(Stream.of(SparkHome.packedJar()), SparkHome.distribution().stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void run(String tool, String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(said, true, StandardCharsets.UTF_8);
    if (ToolProvider.findFirst(tool).orElseThrow().run(printed, printed, arguments) != 0) {
      throw new IllegalStateException(tool + " failed: " + said.toString(StandardCharsets.UTF_8));
    }
  }
}
