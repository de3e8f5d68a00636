package io.bingoguard.prepare;

import com.johnsnowlabs.nlp.Annotation;
import com.johnsnowlabs.nlp.annotators.DocumentNormalizer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.Seq;

/**
 * Takes out each tag of an element that HTML knows, and puts a space in its place where a browser
 * parts what stands before and behind: a word with a tag in it stays a word. What stands between
 * tags stays, that of scripts and styles too, and so does what only looks like a tag: code,
 * comparisons, prose in angle brackets, comments.
 */
final class MarkupRemoval implements TextStep {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(MarkupRemoval.class);

  private static final String WITHIN_LINES =
      "a|abbr|b|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strike"
          + "|strong|sub|sup|tt|u|var|wbr";

  private static final String OTHERS =
      "address|area|article|aside|audio|base|blockquote|body|br|button|canvas|caption|center|col"
          + "|colgroup|dd|details|div|dl|dt|embed|fieldset|figcaption|figure|footer|form|frame"
          + "|frameset|h[1-6]|head|header|hr|html|iframe|img|input|legend|li|link|main|map|meta|nav"
          + "|noscript|object|ol|optgroup|option|p|param|picture|pre|script|section|select|source"
          + "|style|summary|svg|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|ul|video";

  /** Of words without a value a tag would hide prose. */
  private static final String ATTRIBUTE =
      "\\s++[A-Za-z][\\w:.\\-]*+\\s*+=\\s*+(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\\s\"'=<>`]++)";

  private static final String DOCTYPE =
      "<!doctype\\s++html(?:\\s++(?:public|system)"
          + "(?:\\s++(?:\"[^\"<>]{0,99}\"|'[^'<>]{0,99}')){0,2})?\\s*+>";

  private transient List<DocumentNormalizer> normalizers;

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
      String left = text;
      for (DocumentNormalizer normalizer : normalizers()) {
        Seq<Annotation> cleaned = normalizer.annotate(NlpDocument.of(left));
        left = cleaned.isEmpty() ? "" : cleaned.head().result();
      }
      return left;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.debug("A text of {} characters keeps its markup", text.length(), e);
      return text;
    }
  }

  private List<DocumentNormalizer> normalizers() {
    if (normalizers == null) {
      normalizers =
          List.of(normalizer(tag(WITHIN_LINES), ""), normalizer(DOCTYPE + "|" + tag(OTHERS), " "));
    }
    return normalizers;
  }

  /** Possessive, so that it needs no second try, however long a text is. */
  private static String tag(String elements) {
    return "</?(?:" + elements + ")(?:" + ATTRIBUTE + ")*+\\s*+/?>";
  }

  private static DocumentNormalizer normalizer(String pattern, String replacement) {
    return new DocumentNormalizer()
        .setAction("clean")
        .setPatterns(new String[] {"(?i)" + pattern})
        .setReplacement(replacement)
        .setPolicy("all")
        .setLowercase(false)
        .setEncoding("UTF-8");
  }
}
