package io.bingoguard.prepare;

import com.johnsnowlabs.nlp.Annotation;
import com.johnsnowlabs.nlp.HasSimpleAnnotate;
import com.johnsnowlabs.nlp.annotators.DocumentCharacterTextSplitter;
import com.johnsnowlabs.nlp.annotators.sbd.pragmatic.SentenceDetector;
import io.bingoguard.guard.TextSplitter;
import java.util.ArrayList;
import java.util.List;
import scala.collection.JavaConverters;

/**
 * Cuts texts behind sentences, as Spark NLP's pragmatic rules find them, and where a sentence is
 * very long, as code and lists are for these rules, behind its paragraphs, lines or words.
 */
final class SentenceSplitter implements TextSplitter {
  private static final long serialVersionUID = 1L;

  /** Characters of a sentence from which on it is cut too. */
  private static final int LONG_SENTENCE = 400;

  /** Share of letters that prose and code have at least. */
  private static final double FEWEST_LETTERS = 0.3;

  private transient SentenceDetector sentences;
  private transient DocumentCharacterTextSplitter parts;

  /** None of a text that is hardly of letters: its rules take long over dots and marks. */
  @Override
  public List<Integer> cuts(String text) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    if (letters < FEWEST_LETTERS * text.length()) {
      return List.of();
    }
    List<Integer> cuts = new ArrayList<>();
    int before = 0;
    for (int begin : beginnings(text)) {
      addParts(text, before, begin, cuts);
      cuts.add(begin);
      before = begin;
    }
    addParts(text, before, text.length(), cuts);
    return cuts;
  }

  /** Where sentences begin but for the first, as far as they stand where they are said to. */
  private List<Integer> beginnings(String text) {
    List<Integer> beginnings = new ArrayList<>();
    int before = 0;
    for (Annotation sentence : annotated(sentences(), text)) {
      int begin = sentence.begin();
      if (begin > before && text.startsWith(sentence.result(), begin)) {
        beginnings.add(begin);
        before = begin;
      }
    }
    return beginnings;
  }

  /** By the parts' texts: of their places only those are true whose text stands nowhere before. */
  private void addParts(String text, int begin, int end, List<Integer> cuts) {
    if (end - begin <= LONG_SENTENCE) {
      return;
    }
    int at = begin;
    for (Annotation part : annotated(parts(), text.substring(begin, end))) {
      if (at > begin && at < end) {
        cuts.add(at);
      }
      if (!text.startsWith(part.result(), at)) {
        return;
      }
      at += part.result().length();
    }
  }

  private static List<Annotation> annotated(HasSimpleAnnotate<?> annotator, String text) {
    return JavaConverters.seqAsJavaList(annotator.annotate(NlpDocument.of(text)));
  }

  private SentenceDetector sentences() {
    if (sentences == null) {
      sentences = new SentenceDetector();
    }
    return sentences;
  }

  private DocumentCharacterTextSplitter parts() {
    if (parts == null) {
      parts =
          new DocumentCharacterTextSplitter()
              .setChunkSize(LONG_SENTENCE / 2)
              .setChunkOverlap(0)
              .setSplitPatterns(new String[] {"\n\n", "\n", " "})
              .setPatternsAreRegex(false)
              .setKeepSeparators(true)
              .setTrimWhitespace(false);
    }
    return parts;
  }
}
