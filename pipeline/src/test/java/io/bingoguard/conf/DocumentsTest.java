package io.bingoguard.conf;

import static io.bingoguard.conf.Document.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.guard.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents name exists, and their source can be read in a terminal. */
class DocumentsTest {
  private static final int MOST_CHARACTERS = 120;

  private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:)([^)\\s]*)\\)");
  private static final Pattern FILE =
      Pattern.compile("`(?:\\./)?((?:scripts|conf)/[^`\\s]+|[\\w./-]+\\.(?:md|conf|java))[^`]*`");
  private static final Pattern NAME = Pattern.compile("\\bio\\.bingoguard(?:\\.\\w+)+");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");
  private static final Pattern CODE =
      Pattern.compile("[`\\[]([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)[`\\]]");

  /** Of Spark; ours have its form. */
  private static final String FILE_OF_OTHERS = "spark-defaults.conf";

  /** What packing moves other libraries to. */
  private static final String PACKAGE_OF_THE_PACKED_JAR = "io.bingoguard.shaded";

  private static final Set<String> ENVIRONMENT =
      Set.of("LD_LIBRARY_PATH", "OPT_OUT_TRACKING", "RUST_FLAVOR");

  @Test
  void everyFolderThatUsersSeeHasADocument() throws IOException {
    assertThat(documents())
        .extracting(Document::toString)
        .contains(
            "README.md",
            "conf/README.md",
            "notebooks/README.md",
            "pipeline/README.md",
            "scripts/README.md",
            "udfs/README.md");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void proseIsWrapped(Document document) {
    assertThat(document.lines())
        .filteredOn(Document.Line::prose)
        .filteredOn(line -> line.text().codePoints().count() > MOST_CHARACTERS)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadToFilesAndHeadingsOfThisRepository(Document document) throws IOException {
    for (String link : document.found(LINK)) {
      String[] parts = link.split("#", 2);
      Path file = parts[0].isEmpty() ? document.path() : document.path().resolveSibling(parts[0]);

      assertThat(file.normalize()).as(link).startsWith(ROOT).exists();
      if (parts.length > 1) {
        assertThat(Document.read(file).anchors()).as(link).contains(parts[1]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void filesThatADocumentNamesExist(Document document) {
    assertThat(document.found(FILE))
        .filteredOn(file -> !file.contains("/target/") && !file.equals(FILE_OF_OTHERS))
        .filteredOn(file -> !Files.exists(document.path().resolveSibling(file)))
        .filteredOn(file -> !Files.exists(ROOT.resolve(file)))
        .isEmpty();
  }

  @Test
  void classesAndPackagesThatDocumentsAndSettingsNameExist() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String suffix : List.of(".md", ".conf")) {
      for (Path file : Document.files(suffix)) {
        names.addAll(Document.found(NAME, Files.readString(file)));
      }
    }
    names.remove(PACKAGE_OF_THE_PACKED_JAR);
    String sources =
        Document.files(".java").stream().map(Path::toString).collect(Collectors.joining("\n"));

    assertThat(names).isNotEmpty();
    for (String name : names) {
      boolean type = Character.isUpperCase(name.charAt(name.lastIndexOf('.') + 1));
      assertThat(sources).contains("/java/" + name.replace('.', '/') + (type ? ".java" : "/"));
    }
    for (Document document : documents()) {
      for (String test : document.found(TEST)) {
        assertThat(sources).contains("/" + test + ".java");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"udfs", "pipeline"})
  void aModulesDocumentListsItsPackages(String module) throws IOException {
    List<String> listed =
        ofModule(module).lines().stream()
            .filter(line -> line.text().startsWith("| `io.bingoguard."))
            .flatMap(line -> Document.found(NAME, line.text()).stream())
            .toList();
    Path sources = ROOT.resolve(module).resolve("src/main/java");
    Set<String> packages =
        Document.files(".java").stream()
            .filter(file -> file.startsWith(sources))
            .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
            .collect(Collectors.toSet());

    assertThat(packages).isNotEmpty().containsAll(listed);
    for (String each : packages) {
      assertThat(listed).anyMatch(name -> each.equals(name) || each.startsWith(name + "."));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"udfs", "pipeline"})
  void errorCodesThatAModulesDocumentNamesExist(String module) throws IOException {
    assertThat(ofModule(module).found(CODE))
        .filteredOn(name -> !ENVIRONMENT.contains(name))
        .isNotEmpty()
        .isSubsetOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
  }

  static List<Document> documents() throws IOException {
    return Document.all();
  }

  private static Document ofModule(String module) throws IOException {
    return Document.read(ROOT.resolve(module).resolve("README.md"));
  }
}
