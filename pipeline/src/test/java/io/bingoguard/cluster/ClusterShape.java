package io.bingoguard.cluster;

/**
 * How large a cluster is.
 *
 * @param workers number of worker processes, at least 1
 * @param cores cores that each worker offers, at least 1; more than the machine has are fine
 * @param gpus GPUs that each worker says it has, with the addresses 0, 1 and so on
 */
record ClusterShape(int workers, int cores, int gpus) {
  ClusterShape {
    if (workers < 1 || cores < 1 || gpus < 0) {
      throw new IllegalArgumentException(
          "no cluster has %d workers of %d cores and %d GPUs".formatted(workers, cores, gpus));
    }
  }
}
