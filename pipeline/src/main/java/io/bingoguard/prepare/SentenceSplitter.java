package io.bingoguard.prepare;

import com.johnsnowlabs.nlp.Annotation;
import com.johnsnowlabs.nlp.annotators.DocumentCharacterTextSplitter;
import com.johnsnowlabs.nlp.annotators.sbd.pragmatic.SentenceDetector;
import io.bingoguard.guard.TextSplitter;
import java.util.ArrayList;
import java.util.List;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Cuts texts behind sentences, as Spark NLP's pragmatic rules find them, and where a sentence is
 * very long, as code and lists are for these rules, behind its paragraphs, lines or words.
 */
final class SentenceSplitter implements TextSplitter {
  private static final long serialVersionUID = 1L;

  /** Characters of a sentence from which on it is cut too. */
  private static final int LONG_SENTENCE = 400;

  private transient SentenceDetector sentences;
  private transient DocumentCharacterTextSplitter parts;

  @Override
  public List<Integer> cuts(String text) {
    List<Integer> cuts = new ArrayList<>();
    for (int cut : beginnings(sentences().annotate(NlpDocument.of(text)), text)) {
      addCut(text, cut, cuts);
    }
    addParts(text, last(cuts), text.length(), cuts);
    return cuts;
  }

  private void addCut(String text, int cut, List<Integer> cuts) {
    addParts(text, last(cuts), cut, cuts);
    cuts.add(cut);
  }

  private static int last(List<Integer> cuts) {
    return cuts.isEmpty() ? 0 : cuts.get(cuts.size() - 1);
  }

  private void addParts(String text, int begin, int end, List<Integer> cuts) {
    if (end - begin <= LONG_SENTENCE) {
      return;
    }
    String sentence = text.substring(begin, end);
    for (int cut : beginnings(parts().annotate(NlpDocument.of(sentence)), sentence)) {
      cuts.add(begin + cut);
    }
  }

  /**
   * Where pieces begin but for the first, as far as their places are true: the annotators tell
   * places of texts that they have changed.
   */
  private static List<Integer> beginnings(Seq<Annotation> pieces, String text) {
    List<Integer> beginnings = new ArrayList<>();
    int before = 0;
    for (Annotation piece : JavaConverters.seqAsJavaList(pieces)) {
      int begin = piece.begin();
      if (begin > before && text.startsWith(piece.result(), begin)) {
        beginnings.add(begin);
        before = begin;
      }
    }
    return beginnings;
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
