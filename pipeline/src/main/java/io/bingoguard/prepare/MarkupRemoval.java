package io.bingoguard.prepare;

import com.johnsnowlabs.nlp.Annotation;
import com.johnsnowlabs.nlp.annotators.DocumentNormalizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.Seq;

/**
 * Puts a space in the place of each tag of HTML or XML, and of comments; what stands between tags
 * stays, that of scripts and styles too.
 */
final class MarkupRemoval implements TextStep {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(MarkupRemoval.class);

  /** Possessive, so that it needs no stack and no second try, however long a text is. */
  private static final String TAG = "<[/!?]?[A-Za-z\\-][^<>]*+>";

  private transient DocumentNormalizer normalizer;

  @Override
  public String name() {
    return "markup";
  }

  /** A text that the normalizer cannot take is judged as it is. */
  @Override
  public String apply(String text) {
    if (text.indexOf('<') < 0) {
      return text;
    }
    try {
      Seq<Annotation> cleaned = normalizer().annotate(NlpDocument.of(text));
      return cleaned.isEmpty() ? "" : cleaned.head().result();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.debug("A text of {} characters keeps its markup", text.length(), e);
      return text;
    }
  }

  private DocumentNormalizer normalizer() {
    if (normalizer == null) {
      normalizer =
          new DocumentNormalizer()
              .setAction("clean")
              .setPatterns(new String[] {TAG})
              .setReplacement(" ")
              .setPolicy("all")
              .setLowercase(false)
              .setEncoding("UTF-8");
    }
    return normalizer;
  }
}
