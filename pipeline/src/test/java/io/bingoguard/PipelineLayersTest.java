package io.bingoguard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom: the command line knows all, what is read and what is written nothing. */
@AnalyzeClasses(packages = "io.bingoguard", importOptions = DoNotIncludeTests.class)
class PipelineLayersTest {
  private static final String[] PIPELINE = {
    "io.bingoguard.cli..",
    "io.bingoguard.label..",
    "io.bingoguard.source..",
    "io.bingoguard.table..",
    "io.bingoguard.evaluate..",
    "io.bingoguard.verify..",
    "io.bingoguard.doctor..",
    "io.bingoguard.maintain..",
    "io.bingoguard.prepare..",
    "io.bingoguard.curate..",
    "io.bingoguard.compare..",
    "io.bingoguard.sql..",
    "io.bingoguard.audit..",
    "io.bingoguard.review..",
    "io.bingoguard.query..",
    "io.bingoguard.page..",
    "io.bingoguard.progress.."
  };

  @ArchTest
  static final ArchRule packagesFormLayers =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage(
              PIPELINE[0], Arrays.copyOfRange(PIPELINE, 1, PIPELINE.length))
          .layer("cli")
          .definedBy("io.bingoguard.cli..")
          .layer("label")
          .definedBy("io.bingoguard.label..")
          .layer("source")
          .definedBy("io.bingoguard.source..")
          .layer("table")
          .definedBy("io.bingoguard.table..")
          .layer("evaluate")
          .definedBy("io.bingoguard.evaluate..")
          .layer("verify")
          .definedBy("io.bingoguard.verify..")
          .layer("doctor")
          .definedBy("io.bingoguard.doctor..")
          .layer("maintain")
          .definedBy("io.bingoguard.maintain..")
          .layer("prepare")
          .definedBy("io.bingoguard.prepare..")
          .layer("curate")
          .definedBy("io.bingoguard.curate..")
          .layer("compare")
          .definedBy("io.bingoguard.compare..")
          .layer("sql")
          .definedBy("io.bingoguard.sql..")
          .layer("audit")
          .definedBy("io.bingoguard.audit..")
          .layer("review")
          .definedBy("io.bingoguard.review..")
          .layer("query")
          .definedBy("io.bingoguard.query..")
          .layer("page")
          .definedBy("io.bingoguard.page..")
          .layer("progress")
          .definedBy("io.bingoguard.progress..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("label")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("evaluate")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("verify")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("doctor")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("maintain")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("curate")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("compare")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("sql")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("audit")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("review")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("query")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers(
              "label", "evaluate", "verify", "doctor", "curate", "review", "sql", "cli")
          .whereLayer("table")
          .mayOnlyBeAccessedByLayers(
              "label", "maintain", "curate", "compare", "audit", "review", "query", "cli")
          .whereLayer("prepare")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("page")
          .mayOnlyBeAccessedByLayers("evaluate", "audit", "compare", "cli")
          .whereLayer("progress")
          .mayOnlyBeAccessedByLayers("label", "evaluate", "verify", "cli");

  @ArchTest
  static final ArchRule jobsDoNotKnowEachOther =
      slices()
          .matching(
              "io.bingoguard.(label|evaluate|verify|doctor|maintain|curate|compare|audit"
                  + "|review|query)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule onlyTablesAndSourcesKnowDelta =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.bingoguard.table..", "io.bingoguard.source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.delta..", "org.apache.spark.sql.delta..");

  @ArchTest
  static final ArchRule onlyPreparationKnowsSparkNlp =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.bingoguard.prepare..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.johnsnowlabs..", "opennlp..", "com.ibm.icu..");

  @ArchTest
  static final ArchRule theFaceOfTheEngineIsAllThatJobsSee =
      noClasses()
          .that(resideInAnyPackage(PIPELINE))
          .and(not(resideInAnyPackage("io.bingoguard.verify..", "io.bingoguard.doctor..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.bingoguard.prompt..",
              "io.bingoguard.token..",
              "io.bingoguard.checkpoint..",
              "io.bingoguard.device..",
              "io.bingoguard.session..",
              "io.bingoguard.score..",
              "io.bingoguard.cache..",
              "io.bingoguard.spark.devices..",
              "io.bingoguard.spark.plugin..");

  @ArchTest
  static final ArchRule judgingDoesNotKnowThePipeline =
      noClasses()
          .that(not(resideInAnyPackage(PIPELINE)))
          .should()
          .dependOnClassesThat(resideInAnyPackage(PIPELINE));

  /** The fewer names this module has to know of the other, the freer that one is to change. */
  @Test
  void fewTypesOfTheOtherModuleAreNamed() throws IOException {
    Pattern named =
        Pattern.compile("import (?:static )?(io\\.bingoguard\\.[a-z.]+\\.[A-Z]\\w*).*;");
    Path sources = Path.of("src/main/java");
    Set<String> types = new TreeSet<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        for (String line : Files.readAllLines(file)) {
          Matcher match = named.matcher(line);
          if (match.matches() && !Files.exists(source(sources, match.group(1)))) {
            types.add(match.group(1));
          }
        }
      }
    }

    assertThat(types).isNotEmpty().hasSizeLessThan(39);
  }

  private static Path source(Path sources, String type) {
    return sources.resolve(type.replace('.', '/') + ".java");
  }
}
