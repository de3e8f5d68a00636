package io.bingoguard.review;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.review.sample.Sample;
import io.bingoguard.review.sample.SampleItem;
import io.bingoguard.review.sample.Stratum;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A sample as a tool takes it.
 *
 * @param sample the sample
 * @param asked how many items it was to have; empty where it had been drawn before
 * @param tasks how many of its items are in the file: all, unless texts were asked for that the
 *     corpus does not have
 * @param file what the tool is given
 * @param settings further files that set the tool up, by what their names end in
 */
public record ExportedSample(
    Sample sample, Optional<Integer> asked, int tasks, String file, Map<String, String> settings) {
  private static final JsonMapper JSON = new JsonMapper();

  public ExportedSample {
    Objects.requireNonNull(sample, "sample");
    Objects.requireNonNull(asked, "asked");
    Objects.requireNonNull(file, "file");
    settings = Map.copyOf(settings);
  }

  private List<Stratum> strata() {
    return sample.items().stream()
        .map(SampleItem::stratum)
        .distinct()
        .sorted(Comparator.comparing(Stratum::name))
        .toList();
  }

  private int missing() {
    return sample.items().size() - tasks;
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "Sample %s of %s, drawn %s%n".formatted(sample.id(), sample.model().id(), sample.at()));
    text.append("  %12s %8s %12s  %s%n".formatted("messages", "items", "weight", "stratum"));
    for (Stratum stratum : strata()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %,12d %,8d %,12.1f  %s%n",
              stratum.messages(),
              stratum.sampled(),
              stratum.weight(),
              stratum.name()));
    }
    int items = sample.items().size();
    if (asked.filter(size -> size > items).isPresent()) {
      text.append(
          "%,d items were asked for, and %,d messages can be drawn: all are in the sample.%n"
              .formatted(asked.get(), items));
    }
    text.append("%,d items written%n".formatted(tasks));
    if (missing() > 0) {
      text.append(
          "%,d items left out: the input does not hold their texts. They count as not reviewed.%n"
              .formatted(missing()));
    }
    return text.toString();
  }

  /** For programs. */
  public String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("sample_id", sample.id());
    json.put("sampled_at", sample.at().toString());
    json.put("model_id", sample.model().id());
    json.put("items", sample.items().size());
    json.put("written", tasks);
    json.put("without_text", missing());
    ArrayNode strata = json.putArray("strata");
    for (Stratum stratum : strata()) {
      ObjectNode entry = strata.addObject();
      entry.put("stratum", stratum.name());
      entry.put("messages", stratum.messages());
      entry.put("items", stratum.sampled());
      entry.put("weight", stratum.weight());
    }
    return json.toPrettyString();
  }
}
