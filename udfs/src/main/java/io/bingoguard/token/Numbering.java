package io.bingoguard.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the library numbers tokens. It does not believe the ids of added tokens in a file: one whose
 * spelling the vocabulary has gets the id there, any other the next one after the vocabulary and
 * after the added tokens before it.
 */
final class Numbering {
  private final int first;
  private final int[] ids;

  private Numbering(int first, List<Integer> ids) {
    this.first = first;
    this.ids = ids.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Refuses a file whose added tokens have other ids than the library gives them. */
  static void refuseOther(JsonNode vocabulary, List<AddedToken> added) throws IOException {
    Map<String, Integer> given = given(vocabulary, added);
    for (AddedToken token : added) {
      int id = given.get(token.spelling());
      if (id != token.id()) {
        throw new IOException(
            "added token "
                + token.spelling()
                + " has id "
                + token.id()
                + ", but by its place in the file it is "
                + id);
      }
    }
  }

  /**
   * The numbering of a file that has only some of its added tokens left.
   *
   * @param left with the ids of the whole file
   */
  static Numbering of(JsonNode vocabulary, List<AddedToken> left) throws IOException {
    Set<Integer> taken = new HashSet<>();
    vocabulary.forEach(id -> taken.add(id.intValue()));
    Map<String, Integer> given = given(vocabulary, left);
    Map<String, Integer> inFile = new HashMap<>();
    left.forEach(token -> inFile.put(token.spelling(), token.id()));
    int first = vocabulary.size();
    List<Integer> ids = new ArrayList<>();
    for (Map.Entry<String, Integer> token : given.entrySet()) {
      if (vocabulary.has(token.getKey())) {
        continue;
      }
      if (token.getValue() != first + ids.size() || taken.contains(token.getValue())) {
        throw new IOException(
            "model.vocab has "
                + first
                + " entries and ids beyond that number, so that added tokens cannot be told from them");
      }
      ids.add(inFile.get(token.getKey()));
    }
    return new Numbering(first, ids);
  }

  private static Map<String, Integer> given(JsonNode vocabulary, List<AddedToken> added) {
    Map<String, Integer> given = new LinkedHashMap<>();
    int highest = -1;
    for (AddedToken token : added) {
      JsonNode known = vocabulary.path(token.spelling());
      int next = highest >= vocabulary.size() ? highest + 1 : vocabulary.size();
      int id = known.isInt() ? known.intValue() : given.getOrDefault(token.spelling(), next);
      given.put(token.spelling(), id);
      highest = Math.max(highest, id);
    }
    return given;
  }

  /** The id in the whole file of an id that the library gave. */
  int idInFile(int given) {
    return given < first || given - first >= ids.length ? given : ids[given - first];
  }
}
