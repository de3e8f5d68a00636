/**
 * What self-contained HTML pages are made of: a shell with the style of all of them, numbers, plots
 * and bars. The markup is in the templates of the same name under {@code src/main/jte}; they escape
 * every value.
 */
package io.bingoguard.page;
