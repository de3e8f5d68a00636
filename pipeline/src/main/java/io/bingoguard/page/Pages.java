package io.bingoguard.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** Fills templates. They are classes since the build; none is loaded before a page is written. */
public final class Pages {
  /** The package under which a template's folders are packages. */
  private static final String TEMPLATES = "io.bingoguard";

  private Pages() {}

  /**
   * A page's text.
   *
   * @param template path under {@code src/main/jte}
   * @param page the one parameter of the template
   */
  public static String filled(String template, Object page) {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), TEMPLATES);
    StringOutput text = new StringOutput();
    engine.render(template, page, text);
    return text.toString();
  }
}
