package io.bingoguard.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds the JSON of a comparison of {@link SimulatedSets} against what was simulated. Whether the
 * figures follow from the counts is for the tests.
 */
public final class SimulatedCounts {
  private static final int THOUSAND = 1000;

  /** Of a thousand exchanges, by place in the JSON. */
  private static final Map<String, Integer> OF_THOUSAND =
      Map.ofEntries(
          Map.entry("/before/labels", 999),
          Map.entry("/after/labels", 999),
          Map.entry("/coverage/matched", 997),
          Map.entry("/coverage/repeated", 1),
          Map.entry("/coverage/other_content", 1),
          Map.entry("/coverage/only_before", 1),
          Map.entry("/coverage/only_after", 1),
          Map.entry("/sides/0/messages", 997),
          Map.entry("/sides/0/flips/out_of", 997),
          // Two harmful no longer, five harmful now, one that was harmful not judged.
          Map.entry("/sides/0/flips/count", 8),
          Map.entry("/sides/0/harmful/out_of", 996),
          Map.entry("/sides/0/harmful/before", 19),
          Map.entry("/sides/0/harmful/after", 22),
          Map.entry("/sides/0/harmful/gained", 5),
          Map.entry("/sides/0/harmful/lost", 2),
          Map.entry("/sides/0/category/out_of", 17),
          Map.entry("/sides/0/category/count", 1),
          // Three that stay harmful, and those that flip from one verdict to the other.
          Map.entry("/sides/0/severity/out_of", 996),
          Map.entry("/sides/0/severity/count", 10),
          Map.entry("/sides/0/probability/messages", 996),
          Map.entry("/sides/0/concentration/0/count", 8),
          Map.entry("/sides/1/messages", 997),
          Map.entry("/sides/1/flips/out_of", 997),
          Map.entry("/sides/1/flips/count", 3),
          Map.entry("/sides/1/harmful/out_of", 997),
          Map.entry("/sides/1/harmful/before", 50),
          Map.entry("/sides/1/harmful/after", 51),
          Map.entry("/sides/1/harmful/gained", 2),
          Map.entry("/sides/1/harmful/lost", 1),
          Map.entry("/sides/1/category/out_of", 49),
          Map.entry("/sides/1/category/count", 1),
          Map.entry("/sides/1/probability/messages", 997));

  private SimulatedCounts() {}

  /**
   * Fails where something is not as it was simulated.
   *
   * @param arguments the JSON of {@code compare}, and the number of exchanges
   */
  public static void main(String[] arguments) throws IOException {
    JsonNode json = new JsonMapper().readTree(new File(arguments[0]));
    long thousands = Long.parseLong(arguments[1]) / THOUSAND;
    Map<String, String> wrong = new TreeMap<>();
    OF_THOUSAND.forEach(
        (place, count) -> {
          JsonNode told = json.at(place);
          if (!told.isIntegralNumber() || told.asLong() != count * thousands) {
            wrong.put(place, "%s, expected %d".formatted(told, count * thousands));
          }
        });
    if (!wrong.isEmpty()) {
      throw new IllegalStateException("not as simulated: " + wrong);
    }
  }
}
