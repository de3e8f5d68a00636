package io.bingoguard.prepare;

import io.bingoguard.guard.Exchange;
import io.bingoguard.spark.labelling.ExchangeStep;
import io.bingoguard.spark.rows.ExchangeRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Finds out the language of exchanges for which the corpus tells none, by Apache OpenNLP's model of
 * 183 languages: of each text by its beginning and its end, and of a long one by its middle too.
 * Where texts are too short or differ, it is unknown.
 */
final class LanguageDetection implements ExchangeStep {
  private static final long serialVersionUID = 1L;

  /** Letters of a text below which its language is not asked. */
  private static final int FEWEST_LETTERS = 40;

  /** Characters of a part that is looked at; more take time and change nothing. */
  private static final int LOOKED_AT = 200;

  /** Characters from which on the middle of a text is looked at too. */
  private static final int LONG = 4 * LOOKED_AT;

  /** How many times as likely as the next a language has to be. */
  private static final double CLEARLY = 1.2;

  private transient LanguageDetectorME detector;

  /** Read once a process, when it is first needed. */
  private static final class Model {
    private static final LanguageDetectorModel SHARED = read();

    private static LanguageDetectorModel read() {
      try (InputStream in = LanguageDetection.class.getResourceAsStream("/langdetect-183.bin")) {
        return new LanguageDetectorModel(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public ExchangeRow apply(ExchangeRow row) {
    return row.settled().isPresent() || row.language().isPresent()
        ? row
        : row.in(language(row.asJudged()));
  }

  String language(Exchange exchange) {
    Set<String> found = new TreeSet<>();
    Stream.of(exchange.prompt(), exchange.response())
        .flatMap(Optional::stream)
        .flatMap(LanguageDetection::parts)
        .map(this::language)
        .flatMap(Optional::stream)
        .forEach(found::add);
    return found.size() == 1 ? found.iterator().next() : LanguageCodes.UNKNOWN;
  }

  /** The language of a part of a text; absent where it is too short to tell. */
  private Optional<String> language(String part) {
    if (part.codePoints().filter(Character::isLetter).count() < FEWEST_LETTERS) {
      return Optional.empty();
    }
    if (detector == null) {
      detector = new LanguageDetectorME(Model.SHARED);
    }
    Language[] likely = detector.predictLanguages(part);
    String best = likely[0].getLang();
    return Optional.of(
        likely[0].getConfidence() < CLEARLY * likely[1].getConfidence()
            ? LanguageCodes.UNKNOWN
            : LanguageCodes.of(best).orElse(best));
  }

  /** Parts that do not overlap. */
  private static Stream<String> parts(String text) {
    int length = text.length();
    if (length <= LOOKED_AT) {
      return Stream.of(text);
    }
    Stream<String> ends =
        Stream.of(
            part(text, 0, LOOKED_AT), part(text, Math.max(LOOKED_AT, length - LOOKED_AT), length));
    int middle = (length - LOOKED_AT) / 2;
    return length <= LONG
        ? ends
        : Stream.concat(ends, Stream.of(part(text, middle, middle + LOOKED_AT)));
  }

  /** Without halves of characters. */
  private static String part(String text, int begin, int end) {
    int from = Character.isLowSurrogate(text.charAt(begin)) ? begin + 1 : begin;
    int to = end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
    return text.substring(from, to);
  }
}
