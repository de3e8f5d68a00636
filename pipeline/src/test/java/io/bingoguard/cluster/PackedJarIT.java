package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the jar for spark-submit, and what must not be. */
class PackedJarIT {

  @Test
  void holdsNoClassThatSparkBrings() throws IOException {
    Set<String> both = classes(SparkHome.packedJar());
    both.retainAll(classes(SparkHome.distribution()));

    assertThat(both).isEmpty();
  }

  @Test
  void takesEveryClassFromOneArtifactOnly() throws IOException {
    Map<String, Path> owners = new HashMap<>();
    Map<String, String> twice = new TreeMap<>();
    List<Path> shared = SparkHome.distribution();
    for (Path jar : SparkHome.jarsOf("bingoguard.classpath")) {
      if (!shared.contains(jar)) {
        for (String name : classes(jar)) {
          Path other = owners.put(name, jar);
          if (other != null) {
            twice.put(name, other + " and " + jar);
          }
        }
      }
    }

    assertThat(owners).isNotEmpty();
    assertThat(twice).isEmpty();
  }

  @Test
  void relocatesOnlyWhatDistributionsShadow() throws IOException {
    Set<String> names = classes(SparkHome.packedJar());

    assertThat(names)
        .noneMatch(name -> name.startsWith("com/google/"))
        .contains(
            "io/bingoguard/shaded/protobuf/Message.class",
            "io/bingoguard/shaded/gson/Gson.class",
            "ai/onnxruntime/OrtEnvironment.class",
            "ai/djl/huggingface/tokenizers/jni/TokenizersLibrary.class",
            "com/amazonaws/services/s3/AmazonS3Client.class",
            "org/apache/hadoop/fs/s3a/S3AFileSystem.class",
            "io/delta/sql/DeltaSparkSessionExtension.class");
  }

  @Test
  void keepsServicesAndLicencesAndNoSignature() throws IOException {
    try (JarFile jar = new JarFile(SparkHome.packedJar().toFile())) {
      Set<String> names =
          jar.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));

      assertThat(text(jar, "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister"))
          .contains("org.apache.spark.sql.delta.sources.DeltaDataSource");
      assertThat(text(jar, "META-INF/NOTICE")).startsWith("bingoguard-spark");
      assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
      assertThat(names).noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA)"));
      assertThat(names).noneMatch(name -> name.endsWith("module-info.class"));
    }
  }

  private static Set<String> classes(List<Path> jars) throws IOException {
    Set<String> classes = new TreeSet<>();
    for (Path jar : jars) {
      classes.addAll(classes(jar));
    }
    return classes;
  }

  private static Set<String> classes(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String text(JarFile jar, String name) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }
}
