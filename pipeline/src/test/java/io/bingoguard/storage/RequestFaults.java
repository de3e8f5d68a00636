package io.bingoguard.storage;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What becomes of each request. It depends on the seed and on how many came before, and on nothing
 * else, so that a run that asks the same again meets the same.
 */
final class RequestFaults {
  /** The fate of one request. */
  enum Fate {
    ANSWERED,
    /** Answered with 503, and never passed on. */
    REFUSED_WITH_503,
    /** Cut off before the server has seen it. */
    CUT_BEFORE,
    /** Cut off once the server has done it, so that only the answer is lost. */
    CUT_AFTER
  }

  private final long seed;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong cut = new AtomicLong();
  private volatile double share503;
  private volatile double shareCut;

  RequestFaults(long seed) {
    this.seed = seed;
  }

  void share503(double share) {
    share503 = share;
  }

  void shareCut(double share) {
    shareCut = share;
  }

  Fate next() {
    // Neighbouring seeds begin alike.
    Random random = new Random((seed << 32) + requests.incrementAndGet());
    random.nextDouble();
    double drawn = random.nextDouble();
    if (drawn < share503) {
      refused.incrementAndGet();
      return Fate.REFUSED_WITH_503;
    }
    if (drawn < share503 + shareCut) {
      cut.incrementAndGet();
      return random.nextBoolean() ? Fate.CUT_BEFORE : Fate.CUT_AFTER;
    }
    return Fate.ANSWERED;
  }

  long requests() {
    return requests.get();
  }

  long refused() {
    return refused.get();
  }

  long cut() {
    return cut.get();
  }
}
