package io.bingoguard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each package of this module knows only those before it, and none knows the pipeline. */
@AnalyzeClasses(packages = "io.bingoguard", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
  @ArchTest
  static final ArchRule packagesKnowOnlyThoseBeforeThem =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.bingoguard..")
          .withOptionalLayers(true)
          .layer("guard")
          .definedBy("io.bingoguard.guard..")
          .layer("prompt")
          .definedBy("io.bingoguard.prompt..")
          .layer("token")
          .definedBy("io.bingoguard.token..")
          .layer("model")
          .definedBy("io.bingoguard.model..")
          .layer("score")
          .definedBy("io.bingoguard.score..")
          .layer("cache")
          .definedBy("io.bingoguard.cache..")
          .layer("spark")
          .definedBy("io.bingoguard.spark..")
          .whereLayer("guard")
          .mayNotAccessAnyLayer()
          .whereLayer("prompt")
          .mayOnlyAccessLayers("guard")
          .whereLayer("token")
          .mayOnlyAccessLayers("guard", "prompt")
          .whereLayer("model")
          .mayOnlyAccessLayers("guard", "prompt", "token")
          .whereLayer("score")
          .mayOnlyAccessLayers("guard", "prompt", "token", "model")
          .whereLayer("cache")
          .mayOnlyAccessLayers("guard", "prompt", "token", "model")
          .whereLayer("spark")
          .mayOnlyAccessLayers("guard", "prompt", "token", "model", "score", "cache")
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
  static final ArchRule onlyTheSparkLayerKnowsSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.bingoguard.spark..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.spark..", "scala.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTokenizationKnowsTheTokenizerLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.bingoguard.token..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("ai.djl.."))
          .allowEmptyShould(true);
}
