package io.bingoguard.checkpoint;

import io.bingoguard.checkpoint.AnswerGrammar.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The rows of a {@link PlantedCheckpoint}: uniform noise, except for three things.
 *
 * <ul>
 *   <li><b>The grammar.</b> Each rule owns one element of the residual stream, which no layer
 *       changes. The tokens of its left side are large there, and the output rows of its right side
 *       answer to it: after such a token the legal tokens stand far above the rest of the
 *       vocabulary.
 *   <li><b>The choice.</b> Each output row of a choice also answers to a direction of its own, at
 *       right angles to the embeddings that lead to it: which legal token wins hangs on what the
 *       layers added alone.
 *   <li><b>Attention that reads the text.</b> Element 0 of the residual stream is the same constant
 *       for every token and no layer changes it. Through it every other query head prefers keys a
 *       fixed number of positions back (the keys carry a constant vector, the queries the same
 *       vector turned by that many positions of the rotary embedding). Heads of plain noise would
 *       average over the long fixed prompt, and every text would get the same answer.
 * </ul>
 */
final class PlantedWeights {
  /** Standard deviation that all attention blocks together add to the residual stream. */
  static final double ATTENTION_SHARE = 2.0;

  /** The same for the feed-forward blocks, before the gate shrinks it. */
  static final double FEED_FORWARD_SHARE = 1.0;

  private static final double CONSTANT = 4;

  /** How much of a left-side embedding is the rule's element; the rest is the token's own. */
  private static final double RULE_SHARE = 0.8;

  private static final double LEGAL_LOGIT = 20;
  private static final double CHOICE_LOGIT = 4;
  private static final double NOISE_LOGIT = 1;

  /** Expected root mean square of the residual stream after the last layer. */
  private static final double FINAL_RMS = 1.7;

  /** Attention logit that one rotated pair contributes at the preferred distance. */
  private static final double PAIR_LOGIT = 2.5;

  /** Wider heads share a logit: a larger one would be rounded too coarsely in 16 bits. */
  private static final int MOST_PAIRS = 32;

  private static final double WIDE_HEAD_LOGIT = 20;

  private static final double POSITION_HEAD_CONTENT = 0.3;
  private static final double CONTENT_HEAD_CONTENT = 2;

  /** The first layer reads past the fixed end of a prompt, which is about this long. */
  private static final int FIRST_LAYER_DISTANCE = 18;

  private static final int DISTANCES = 48;
  private static final float UNIT_UNIFORM = (float) (Math.sqrt(3) * 0x1p-31);

  private final PlantedCheckpoint.Sizes sizes;
  private final List<Rule> rules;
  private final long seed;
  private final double[] frequencies;

  PlantedWeights(PlantedCheckpoint checkpoint) {
    this.sizes = checkpoint.sizes();
    this.rules = checkpoint.grammar().rules();
    this.seed = checkpoint.seed();
    if (reserved() > sizes.hidden() / 2) {
      throw new IllegalArgumentException(rules.size() + " rules leave no room in " + sizes);
    }
    this.frequencies = PlantedCheckpoint.ROPE.inverseFrequencies(sizes.headDim());
  }

  static void ones(long index, float[] row) {
    Arrays.fill(row, 1);
  }

  void embedding(long token, float[] row) {
    noise("embedding", token, 1, row);
    Arrays.fill(row, 0, reserved(), 0);
    row[0] = (float) CONSTANT;
    for (int rule = 0; rule < rules.size(); rule++) {
      if (rules.get(rule).from().contains((int) token)) {
        scale(row, Math.sqrt(1 - RULE_SHARE * RULE_SHARE));
        row[0] = (float) CONSTANT;
        row[1 + rule] = (float) (RULE_SHARE * Math.sqrt(sizes.hidden()));
      }
    }
  }

  void output(long token, float[] row) {
    double root = Math.sqrt(sizes.hidden());
    noise("output", token, NOISE_LOGIT / root, row);
    Arrays.fill(row, 0, reserved(), 0);
    boolean chosen = false;
    for (int rule = 0; rule < rules.size(); rule++) {
      if (rules.get(rule).to().contains((int) token)) {
        row[1 + rule] = (float) (LEGAL_LOGIT * FINAL_RMS / (RULE_SHARE * root));
        chosen |= rules.get(rule).isChoice();
      }
    }
    if (chosen) {
      addScaled(row, choice((int) token), CHOICE_LOGIT / root);
    }
  }

  /** Rows that read the residual stream; they do not see its constant. */
  SafetensorsWriter.Rows reading(String name) {
    return (index, row) -> {
      noise(name, index, 1 / Math.sqrt(row.length), row);
      row[0] = 0;
    };
  }

  /**
   * Rows that add to the residual stream, the given share over all layers; never to what is
   * reserved.
   */
  SafetensorsWriter.Rows writing(String name, double share) {
    return (index, row) ->
        noise(
            name,
            index,
            index < reserved() ? 0 : share / Math.sqrt((double) row.length * sizes.layers()),
            row);
  }

  void key(int layer, long index, float[] row) {
    noise("key" + layer, index, 1 / Math.sqrt(row.length), row);
    boolean firstOfPair = index % sizes.headDim() < frequencies.length;
    row[0] = (float) (firstOfPair ? 1 / constantAt(layer) : 0);
  }

  void query(int layer, long index, float[] row) {
    long head = index / sizes.headDim();
    int element = (int) (index % sizes.headDim());
    boolean byPosition = head % 2 == 0;
    double content = byPosition ? POSITION_HEAD_CONTENT : CONTENT_HEAD_CONTENT;
    noise("query" + layer, index, content / Math.sqrt(row.length), row);
    row[0] = byPosition ? (float) positionQuery(layer, head, element) : 0;
  }

  /** The key's constant vector, turned back by as many positions as the head looks back. */
  private double positionQuery(int layer, long head, int element) {
    SplittableRandom random = random("distance" + layer, head);
    int distance = (layer == 0 ? FIRST_LAYER_DISTANCE : 1) + random.nextInt(DISTANCES);
    double angle = -distance * frequencies[element % frequencies.length];
    double turned = element < frequencies.length ? Math.cos(angle) : Math.sin(angle);
    return pairLogit() * Math.sqrt(sizes.headDim()) * turned / constantAt(layer);
  }

  private double pairLogit() {
    int pairs = frequencies.length;
    return pairs > MOST_PAIRS ? WIDE_HEAD_LOGIT / pairs : PAIR_LOGIT;
  }

  /** What is left of the constant after a layer's normalisation of a stream that grows. */
  private double constantAt(int layer) {
    double atStart = 1 + CONSTANT * CONSTANT / sizes.hidden();
    double atEnd = FINAL_RMS * FINAL_RMS;
    return CONSTANT / Math.sqrt(atStart + (atEnd - atStart) * layer / sizes.layers());
  }

  /** Elements of the residual stream that no layer changes: the constant, then the rules'. */
  private int reserved() {
    return 1 + rules.size();
  }

  /** A random direction without any part of the embeddings after which this token is chosen. */
  private float[] choice(int token) {
    float[] choice = new float[sizes.hidden()];
    noise("choice", token, 1, choice);
    Arrays.fill(choice, 0, reserved(), 0);
    float[] embedding = new float[sizes.hidden()];
    // The embeddings are not at right angles to each other: a few rounds take out all of them.
    for (int round = 0; round < 4; round++) {
      for (Rule rule : rules) {
        if (rule.isChoice() && rule.to().contains(token)) {
          for (int from : rule.from()) {
            embedding(from, embedding);
            Arrays.fill(embedding, 0, reserved(), 0);
            addScaled(choice, embedding, -dot(choice, embedding) / dot(embedding, embedding));
          }
        }
      }
    }
    return choice;
  }

  /** Uniform noise of a standard deviation: its bytes do not hang on a library's Gaussians. */
  private void noise(String name, long index, double deviation, float[] row) {
    SplittableRandom random = random(name, index);
    float factor = (float) (deviation * UNIT_UNIFORM);
    for (int i = 0; i < row.length; i++) {
      row[i] = random.nextInt() * factor;
    }
  }

  private SplittableRandom random(String name, long index) {
    return new SplittableRandom(
        new SplittableRandom(seed + ((long) name.hashCode() << 32)).nextLong() + index);
  }

  private static void scale(float[] row, double factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] *= (float) factor;
    }
  }

  private static void addScaled(float[] row, float[] other, double factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] += (float) (other[i] * factor);
    }
  }

  private static double dot(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += (double) left[i] * right[i];
    }
    return sum;
  }
}
