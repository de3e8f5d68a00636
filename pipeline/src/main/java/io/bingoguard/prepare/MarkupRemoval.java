package io.bingoguard.prepare;

import com.johnsnowlabs.nlp.Annotation;
import com.johnsnowlabs.nlp.annotators.DocumentNormalizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.Seq;

/**
 * Puts a space in the place of each tag of an element that HTML knows. What stands between tags
 * stays, that of scripts and styles too, and so does what only looks like a tag: code, comparisons,
 * prose in angle brackets, comments.
 */
final class MarkupRemoval implements TextStep {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(MarkupRemoval.class);

  private static final String ELEMENTS =
      "a|abbr|address|area|article|aside|audio|b|base|big|blockquote|body|br|button|canvas|caption"
          + "|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|fieldset"
          + "|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe"
          + "|img|input|ins|kbd|label|legend|li|link|main|map|mark|meta|nav|noscript|object|ol"
          + "|optgroup|option|p|param|picture|pre|q|s|samp|script|section|select|small|source|span"
          + "|strike|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time"
          + "|title|tr|tt|u|ul|var|video|wbr";

  /** Of words without a value a tag would hide prose. */
  private static final String ATTRIBUTE =
      "\\s++[A-Za-z][\\w:.\\-]*+\\s*+=\\s*+(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\\s\"'=<>`]++)";

  /** Possessive, so that it needs no second try, however long a text is. */
  private static final String TAG =
      "(?i)<!doctype\\s[^<>]{0,200}>|</?(?:" + ELEMENTS + ")(?:" + ATTRIBUTE + ")*+\\s*+/?>";

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
