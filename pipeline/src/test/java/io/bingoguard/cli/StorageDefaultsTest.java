package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class StorageDefaultsTest {
  private static final String ATTEMPTS = "spark.hadoop.fs.s3a.attempts.maximum";

  @Test
  void hadoopsOwnDefaultIsReplaced() {
    SparkConf conf = new SparkConf(false);

    StorageDefaults.addTo(conf);

    assertThat(conf.get(ATTEMPTS)).isEqualTo("5");
  }

  @Test
  void whatTheUserHasSetStays() {
    SparkConf conf = new SparkConf(false).set(ATTEMPTS, "20");

    StorageDefaults.addTo(conf);

    assertThat(conf.get(ATTEMPTS)).isEqualTo("20");
  }
}
