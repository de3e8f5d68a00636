package io.bingoguard.cli;

import io.bingoguard.guard.Category;
import io.bingoguard.prompt.PackCategory;
import io.bingoguard.prompt.PromptPack;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the codes of a model's categories mean.
 *
 * @param byCode names by code, in the order of the prompt pack
 */
record CategoryNames(Map<String, String> byCode) {
  static CategoryNames of(PromptPack pack) {
    Map<String, String> names = new LinkedHashMap<>();
    for (PackCategory known : pack.categories()) {
      Category category = known.category();
      names.put(category.code(), category.name());
    }
    return new CategoryNames(names);
  }

  /** Code and name, for people. */
  String named(String code) {
    return byCode.containsKey(code) ? code + " " + byCode.get(code) : code;
  }
}
