package io.bingoguard.source;

import io.bingoguard.source.CorpusLayout.Binding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out which schema a corpus has and which column plays which part. */
final class LayoutDetector {
  private static final List<String> MESSAGE_LISTS =
      List.of("messages", "conversations", "conversation");
  private static final List<String> TRANSCRIPTS =
      List.of("transcript", "chosen", "rejected", "conversation", "text");

  /** Columns whose values should have told a schema. */
  private static final List<String> USUAL =
      Stream.concat(MESSAGE_LISTS.stream(), TRANSCRIPTS.stream()).distinct().toList();

  private static final Map<ColumnPart, String> MESSAGE_ROW_COLUMNS = messageRowColumns();
  private static final List<String> IDS =
      List.of("conversation_id", "conversation_hash", "conv_id", "prompt_id", "id", "uuid");
  private static final List<String> LANGUAGES = List.of("language", "lang");
  private static final List<String> TIMESTAMPS =
      List.of("timestamp", "created_at", "occurred_at", "created_date", "date");
  private static final List<String> SOURCES = List.of("source");

  private final CorpusRequest request;
  private final CorpusSample sample;

  LayoutDetector(CorpusRequest request, CorpusSample sample) {
    this.request = request;
    this.sample = sample;
  }

  CorpusLayout detect() {
    requireNamedColumns();
    Optional<CorpusSchema> schema = request.schema().map(CorpusSchema::of).or(this::implied);
    CorpusLayout content = schema.map(this::ofSchema).orElseGet(this::search);
    refuseForeignRoles(content.schema());
    content.bindings().forEach(this::requireFittingValues);
    content.bindings(ColumnPart.MESSAGE_LISTS).forEach(this::requireContent);
    List<Binding> bindings = new ArrayList<>(content.bindings());
    addMeta(bindings, ColumnPart.ID, ColumnRole.ID, idNames(content.schema()));
    addMeta(bindings, ColumnPart.LANGUAGE, ColumnRole.LANGUAGE, LANGUAGES);
    addMeta(bindings, ColumnPart.TIMESTAMP, ColumnRole.TIMESTAMP, TIMESTAMPS);
    addMeta(bindings, ColumnPart.SOURCE, ColumnRole.SOURCE, SOURCES);
    return new CorpusLayout(content.schema(), bindings);
  }

  private void requireNamedColumns() {
    request
        .columns()
        .forEach((role, names) -> names.forEach(column -> requireNamedColumn(role, column)));
  }

  private void requireNamedColumn(ColumnRole role, String column) {
    // An empty corpus of JSON Lines has no columns yet.
    if (!sample.columns().isEmpty() && !sample.has(column)) {
      throw SourceErrors.columnMissing(
          request.input(),
          role.key(),
          column,
          column.contains(".") ? sample.paths() : sample.columns());
    }
  }

  /** The schema that named columns leave no doubt about. */
  private Optional<CorpusSchema> implied() {
    if (request.columns().containsKey(ColumnRole.MESSAGES)) {
      return Optional.of(messageSchema(request.columns(ColumnRole.MESSAGES).get(0)));
    }
    if (request.columns().containsKey(ColumnRole.TRANSCRIPT)) {
      return Optional.of(CorpusSchema.TRANSCRIPT);
    }
    return request.columns().containsKey(ColumnRole.PROMPT)
            || request.columns().containsKey(ColumnRole.RESPONSE)
        ? Optional.of(CorpusSchema.PAIRS)
        : Optional.empty();
  }

  private void refuseForeignRoles(CorpusSchema schema) {
    Set<ColumnRole> foreign =
        EnumSet.of(
            ColumnRole.MESSAGES, ColumnRole.TRANSCRIPT, ColumnRole.PROMPT, ColumnRole.RESPONSE);
    switch (schema) {
      case MESSAGES, SHAREGPT -> foreign.remove(ColumnRole.MESSAGES);
      case TRANSCRIPT -> foreign.remove(ColumnRole.TRANSCRIPT);
      case PAIRS -> foreign.removeAll(EnumSet.of(ColumnRole.PROMPT, ColumnRole.RESPONSE));
      case MESSAGE_ROWS -> {}
    }
    List<String> named =
        foreign.stream()
            .filter(request.columns()::containsKey)
            .flatMap(role -> request.columns(role).stream().map(name -> role.key() + "=" + name))
            .toList();
    if (!named.isEmpty()) {
      throw SourceErrors.columnRolesConflict(
          String.join(", ", named),
          "The corpus is read as schema %s, which has no such part; name only its columns"
              .formatted(schema.key()));
    }
  }

  private void requireFittingValues(Binding binding) {
    List<Object> values = sample.values(binding.column());
    if (!values.isEmpty() && values.stream().noneMatch(value -> fits(binding.part(), value))) {
      throw SourceErrors.columnMisfit(
          request.input(), binding.column(), binding.part().key(), values.size());
    }
  }

  private static boolean fits(ColumnPart part, Object value) {
    return switch (part) {
      case MESSAGES -> MessageList.list(value).isPresent();
      case TRANSCRIPT -> value instanceof String text && Transcript.looksLikeOne(text);
      case PROMPT, RESPONSE ->
          value instanceof String
              || value.equals(List.of())
              || (MessageContent.of(value) instanceof MessageContent.Text said
                  && !said.text().isEmpty());
      default -> true;
    };
  }

  /**
   * Messages of which none shows any text are most likely written in a dialect that is not known;
   * they would all be taken for empty ones.
   */
  private void requireContent(Binding binding) {
    SampledMessages messages = SampledMessages.of(sample.values(binding.column()));
    if (!messages.showContent()) {
      throw SourceErrors.contentUnread(
          request.input(), binding.column(), messages.count(), messages.fields());
    }
  }

  // ---- a schema that is known ----

  private CorpusLayout ofSchema(CorpusSchema schema) {
    return switch (schema) {
      case MESSAGES, SHAREGPT ->
          named(ColumnRole.MESSAGES)
              .or(this::messageColumn)
              .or(() -> single(sample.columnsOf(MESSAGE_LISTS), ColumnRole.MESSAGES))
              .map(column -> layout(schema, ColumnPart.MESSAGES, column))
              .orElseThrow(() -> misfit(schema));
      case TRANSCRIPT ->
          named(ColumnRole.TRANSCRIPT)
              .or(() -> single(sample.transcriptColumns(), ColumnRole.TRANSCRIPT))
              .or(() -> single(sample.columnsOf(TRANSCRIPTS), ColumnRole.TRANSCRIPT))
              .map(column -> layout(schema, ColumnPart.TRANSCRIPT, column))
              .orElseThrow(() -> misfit(schema));
      case PAIRS -> pairs();
      case MESSAGE_ROWS -> messageRows().orElseThrow(() -> misfit(schema));
    };
  }

  private RuntimeException misfit(CorpusSchema schema) {
    return SourceErrors.schemaMisfit(
        request.input(), schema.key(), schema.expectation(), sample.columns());
  }

  private CorpusLayout pairs() {
    Optional<String> prompt = named(ColumnRole.PROMPT);
    List<String> responses = request.columns(ColumnRole.RESPONSE);
    if (prompt.isPresent() || !responses.isEmpty()) {
      return pairs(PairColumns.named(sample, prompt, responses));
    }
    return completePairs().or(this::promptOnly).orElseThrow(() -> misfit(CorpusSchema.PAIRS));
  }

  private CorpusLayout pairs(List<Binding> bindings) {
    return new CorpusLayout(CorpusSchema.PAIRS, PairColumns.told(sample, bindings));
  }

  // ---- a schema that is to be found ----

  private CorpusLayout search() {
    return pairsOfMessages()
        .or(this::messages)
        .or(this::messageRows)
        .or(this::completePairs)
        .or(
            () ->
                single(sample.transcriptColumns(), ColumnRole.TRANSCRIPT)
                    .map(column -> layout(CorpusSchema.TRANSCRIPT, ColumnPart.TRANSCRIPT, column)))
        .or(this::promptOnly)
        .or(this::emptyMessages)
        .orElseThrow(() -> schemaUnknown());
  }

  private RuntimeException schemaUnknown() {
    List<String> passedOver =
        sample.columnsOf(USUAL).stream()
            .map(
                column ->
                    "%s (%s)"
                        .formatted(
                            column,
                            sample.values(column).stream()
                                .findFirst()
                                .map(Rejection::shape)
                                .orElse("no values")))
            .toList();
    return SourceErrors.schemaUnknown(request.input(), sample.columns(), passedOver);
  }

  private Optional<CorpusLayout> messages() {
    return messageColumn()
        .map(column -> layout(messageSchema(column), ColumnPart.MESSAGES, column));
  }

  /**
   * A prompt or replies of messages, unless there is another column of messages that may be all of
   * them.
   */
  private Optional<CorpusLayout> pairsOfMessages() {
    Optional<String> prompt = PairColumns.promptOfMessages(sample);
    if (prompt.isEmpty()) {
      return PairColumns.answeredByMessages(sample) ? completePairs() : Optional.empty();
    }
    if (sample.columnsOf(MESSAGE_LISTS).stream()
        .anyMatch(column -> sample.messageColumns().contains(column))) {
      return Optional.empty();
    }
    return completePairs().or(this::promptOnly);
  }

  /** A usual name decides between several columns with lists of messages. */
  private Optional<String> messageColumn() {
    List<String> candidates = sample.messageColumns();
    List<String> usual =
        sample.columnsOf(MESSAGE_LISTS).stream().filter(candidates::contains).toList();
    return single(usual.isEmpty() ? candidates : usual, ColumnRole.MESSAGES);
  }

  private CorpusSchema messageSchema(String column) {
    return sample.speakerField(column).equals(Optional.of("from"))
        ? CorpusSchema.SHAREGPT
        : CorpusSchema.MESSAGES;
  }

  private Optional<CorpusLayout> messageRows() {
    List<Binding> bindings = new ArrayList<>();
    MESSAGE_ROW_COLUMNS.forEach(
        (part, name) ->
            sample.column(name).ifPresent(column -> bindings.add(new Binding(part, column))));
    return bindings.size() == MESSAGE_ROW_COLUMNS.size()
            && sample.column("message_tree_id").isPresent()
        ? Optional.of(new CorpusLayout(CorpusSchema.MESSAGE_ROWS, bindings))
        : Optional.empty();
  }

  private Optional<CorpusLayout> completePairs() {
    List<List<Binding>> complete = PairColumns.complete(sample);
    if (complete.size() > 1) {
      throw SourceErrors.schemaAmbiguous(
          request.input(), complete.stream().map(LayoutDetector::remedy).toList());
    }
    return complete.stream()
        .findFirst()
        .flatMap(bindings -> PairColumns.whole(sample, responses(bindings)))
        .map(this::pairs);
  }

  private static List<String> responses(List<Binding> pair) {
    return pair.stream()
        .filter(binding -> binding.part() == ColumnPart.RESPONSE)
        .map(Binding::column)
        .toList();
  }

  private static List<String> remedy(List<Binding> pair) {
    return pair.stream()
        .filter(binding -> binding.part() != ColumnPart.CONTEXT)
        .flatMap(binding -> naming(binding.part().key(), binding.column()).stream())
        .toList();
  }

  private static List<String> naming(String role, String column) {
    return List.of("--column", role + "=" + column);
  }

  /** A prompt next to two texts of which each may be its response is not read without them. */
  private Optional<CorpusLayout> promptOnly() {
    Optional<List<Binding>> prompt = PairColumns.whole(sample, List.of());
    List<String> preferences = sample.columnsOf(List.of("chosen", "rejected"));
    if (prompt.isPresent() && preferences.size() > 1) {
      throw SourceErrors.schemaAmbiguous(
          request.input(), preferences.stream().map(name -> naming("response", name)).toList());
    }
    return prompt.map(this::pairs);
  }

  /** A usual name whose lists are all empty in the sample. */
  private Optional<CorpusLayout> emptyMessages() {
    List<String> empty =
        sample.columnsOf(MESSAGE_LISTS).stream()
            .filter(
                column -> sample.values(column).stream().allMatch(value -> value.equals(List.of())))
            .toList();
    return single(empty, ColumnRole.MESSAGES)
        .map(column -> layout(CorpusSchema.MESSAGES, ColumnPart.MESSAGES, column));
  }

  // ---- columns ----

  private Optional<String> single(List<String> candidates, ColumnRole role) {
    if (candidates.size() > 1) {
      throw SourceErrors.schemaAmbiguous(
          request.input(), candidates.stream().map(name -> naming(role.key(), name)).toList());
    }
    return candidates.stream().findFirst();
  }

  private Optional<String> named(ColumnRole role) {
    return request.columns(role).stream().findFirst();
  }

  private static CorpusLayout layout(CorpusSchema schema, ColumnPart part, String column) {
    return new CorpusLayout(schema, List.of(new Binding(part, column)));
  }

  private static List<String> idNames(CorpusSchema schema) {
    return schema == CorpusSchema.MESSAGE_ROWS ? List.of("message_tree_id") : IDS;
  }

  private void addMeta(
      List<Binding> bindings, ColumnPart part, ColumnRole role, List<String> usualNames) {
    named(role)
        .or(
            () ->
                sample
                    .firstColumn(usualNames)
                    .filter(
                        column ->
                            bindings.stream()
                                .noneMatch(binding -> binding.column().equals(column))))
        .ifPresent(column -> bindings.add(new Binding(part, column)));
  }

  private static Map<ColumnPart, String> messageRowColumns() {
    Map<ColumnPart, String> columns = new LinkedHashMap<>();
    columns.put(ColumnPart.MESSAGE_ID, "message_id");
    columns.put(ColumnPart.PARENT_ID, "parent_id");
    columns.put(ColumnPart.TEXT, "text");
    columns.put(ColumnPart.ROLE, "role");
    return columns;
  }
}
