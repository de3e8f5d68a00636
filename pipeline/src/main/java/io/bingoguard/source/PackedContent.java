package io.bingoguard.source;

import io.bingoguard.source.CorpusLayout.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Texts that are the JSON of a list of parts, as exports of nested contents to flat formats have
 * them. They are judged as they stand, since people also paste JSON; where most texts are such, the
 * user is told.
 */
final class PackedContent {
  private static final Set<ColumnPart> SIDES = Set.of(ColumnPart.PROMPT, ColumnPart.RESPONSE);

  private PackedContent() {}

  /** Names of the columns most of whose texts are packed. */
  static List<String> columns(CorpusSample sample, CorpusLayout layout) {
    List<String> columns = new ArrayList<>();
    for (Binding binding : layout.bindings()) {
      List<Object> values = sample.values(binding.column());
      if (SIDES.contains(binding.part()) && isMostlyPacked(values)) {
        columns.add(binding.column());
      } else if (ColumnPart.MESSAGE_LISTS.contains(binding.part())
          && isMostlyPacked(SampledMessages.of(values).texts())) {
        columns.add(binding.column());
      }
    }
    return columns;
  }

  private static boolean isMostlyPacked(List<?> texts) {
    return texts.stream().filter(PackedContent::isPacked).count() > texts.size() / 2;
  }

  private static boolean isPacked(Object value) {
    return value instanceof String text
        && text.stripLeading().startsWith("[")
        && Json.list(text)
            .filter(list -> list.stream().allMatch(Map.class::isInstance))
            .map(ContentParts::of)
            .filter(MessageContent::hasText)
            .isPresent();
  }
}
