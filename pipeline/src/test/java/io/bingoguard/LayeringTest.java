package io.bingoguard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: the command line knows all, what is read and what is written nothing. */
@AnalyzeClasses(packages = "io.bingoguard", importOptions = DoNotIncludeTests.class)
class LayeringTest {
  @ArchTest
  static final ArchRule packagesFormLayers =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage(
              "io.bingoguard.cli..",
              "io.bingoguard.label..",
              "io.bingoguard.source..",
              "io.bingoguard.table..",
              "io.bingoguard.bundle..",
              "io.bingoguard.evaluate..",
              "io.bingoguard.verify..",
              "io.bingoguard.doctor..",
              "io.bingoguard.pipeline..")
          .layer("cli")
          .definedBy("io.bingoguard.cli..")
          .layer("label")
          .definedBy("io.bingoguard.label..")
          .layer("source")
          .definedBy("io.bingoguard.source..")
          .layer("table")
          .definedBy("io.bingoguard.table..")
          .layer("bundle")
          .definedBy("io.bingoguard.bundle..")
          .layer("evaluate")
          .definedBy("io.bingoguard.evaluate..")
          .layer("verify")
          .definedBy("io.bingoguard.verify..")
          .layer("doctor")
          .definedBy("io.bingoguard.doctor..")
          .layer("pipeline")
          .definedBy("io.bingoguard.pipeline..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("label")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("bundle")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("evaluate")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("verify")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("doctor")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers("label", "evaluate", "verify", "cli")
          .whereLayer("table")
          .mayOnlyBeAccessedByLayers("label", "cli")
          .whereLayer("pipeline")
          .mayOnlyBeAccessedByLayers(
              "source", "table", "label", "bundle", "evaluate", "verify", "doctor", "cli");

  @ArchTest
  static final ArchRule udfsDoNotKnowThePipeline =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.bingoguard.guard..",
              "io.bingoguard.prompt..",
              "io.bingoguard.token..",
              "io.bingoguard.model..",
              "io.bingoguard.score..",
              "io.bingoguard.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.bingoguard.cli..",
              "io.bingoguard.label..",
              "io.bingoguard.source..",
              "io.bingoguard.table..",
              "io.bingoguard.bundle..",
              "io.bingoguard.evaluate..",
              "io.bingoguard.verify..",
              "io.bingoguard.doctor..",
              "io.bingoguard.pipeline..");

  @ArchTest
  static final ArchRule onlyTablesAndSourcesKnowDelta =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.bingoguard.table..", "io.bingoguard.source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.delta..", "org.apache.spark.sql.delta..");
}
