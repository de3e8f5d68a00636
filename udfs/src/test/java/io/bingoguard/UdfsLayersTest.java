package io.bingoguard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who in this module may know whom; Spark stands at the outer edge, behind the engine's face. */
@AnalyzeClasses(packages = "io.bingoguard", importOptions = ImportOption.DoNotIncludeTests.class)
class UdfsLayersTest {
  @ArchTest
  static final ArchRule packagesKnowOnlyThoseThatTheyAreBuiltOn =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.bingoguard..")
          .layer("guard")
          .definedBy("io.bingoguard.guard..")
          .layer("prompt")
          .definedBy("io.bingoguard.prompt..")
          .layer("token")
          .definedBy("io.bingoguard.token..")
          .layer("checkpoint")
          .definedBy("io.bingoguard.checkpoint..")
          .layer("files")
          .definedBy("io.bingoguard.files..")
          .layer("device")
          .definedBy("io.bingoguard.device..")
          .layer("session")
          .definedBy("io.bingoguard.session..")
          .layer("score")
          .definedBy("io.bingoguard.score..")
          .layer("bundle")
          .definedBy("io.bingoguard.bundle..")
          .layer("cache")
          .definedBy("io.bingoguard.cache..")
          .layer("engine")
          .definedBy("io.bingoguard.engine..")
          .layer("settings")
          .definedBy("io.bingoguard.spark.settings..")
          .layer("rows")
          .definedBy("io.bingoguard.spark.rows..")
          .layer("devices")
          .definedBy("io.bingoguard.spark.devices..")
          .layer("labelling")
          .definedBy("io.bingoguard.spark.labelling..")
          .layer("ml")
          .definedBy("io.bingoguard.spark.ml..")
          .layer("plugin")
          .definedBy("io.bingoguard.spark.plugin..")
          .layer("sql")
          .definedBy("io.bingoguard.spark.sql..")
          .layer("extension")
          .definedBy("io.bingoguard.spark")
          .whereLayer("guard")
          .mayNotAccessAnyLayer()
          .whereLayer("files")
          .mayNotAccessAnyLayer()
          .whereLayer("prompt")
          .mayOnlyAccessLayers("guard")
          .whereLayer("token")
          .mayOnlyAccessLayers("guard", "prompt")
          .whereLayer("checkpoint")
          .mayOnlyAccessLayers("guard")
          .whereLayer("device")
          .mayOnlyAccessLayers("guard", "files")
          .whereLayer("session")
          .mayOnlyAccessLayers("guard", "checkpoint", "files", "device")
          .whereLayer("score")
          .mayOnlyAccessLayers("guard", "prompt", "token", "session")
          .whereLayer("bundle")
          .mayOnlyAccessLayers("guard", "prompt", "token", "checkpoint", "files", "score")
          .whereLayer("cache")
          .mayOnlyAccessLayers("guard", "files", "bundle")
          .whereLayer("engine")
          .mayOnlyAccessLayers(
              "guard",
              "prompt",
              "token",
              "checkpoint",
              "device",
              "session",
              "score",
              "bundle",
              "cache")
          .whereLayer("settings")
          .mayOnlyAccessLayers("guard", "session", "bundle", "cache", "engine")
          .whereLayer("rows")
          .mayOnlyAccessLayers("guard", "bundle", "engine")
          .whereLayer("devices")
          .mayOnlyAccessLayers("guard", "device", "score", "bundle", "cache", "engine", "settings")
          .whereLayer("labelling")
          .mayOnlyAccessLayers("guard", "bundle", "engine", "rows", "devices")
          .whereLayer("ml")
          .mayOnlyAccessLayers("guard", "rows", "settings", "labelling", "sql")
          .whereLayer("plugin")
          .mayOnlyAccessLayers("guard", "bundle", "engine", "settings", "devices")
          .whereLayer("sql")
          .mayOnlyAccessLayers("guard", "bundle", "engine", "settings", "rows", "labelling")
          .whereLayer("extension")
          .mayOnlyAccessLayers("sql")
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule theDomainHasNoLibraryTypes =
      classes()
          .that()
          .resideInAPackage("io.bingoguard.guard..")
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage("java..", "io.bingoguard.guard.."));

  @ArchTest
  static final ArchRule judgingKnowsNothingOfStorageOrTextPreparation =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.delta..",
                  "org.apache.spark.sql.delta..",
                  "org.apache.hadoop.fs.s3a..",
                  "com.amazonaws..",
                  "software.amazon.awssdk..",
                  "com.johnsnowlabs.."));

  @ArchTest
  static final ArchRule theEngineKnowsNothingOfSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.bingoguard.spark..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.spark..", "scala.."));

  @ArchTest
  static final ArchRule onlyTokenizationKnowsTheTokenizerLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.bingoguard.token..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("ai.djl.."));

  @ArchTest
  static final ArchRule modelsAreOpenedByTheEngineAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.bingoguard.engine..", "io.bingoguard.session..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.bingoguard.session.SessionFactory")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.bingoguard.session.GuardSession");
}
