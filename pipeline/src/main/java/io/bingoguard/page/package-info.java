/** What self-contained HTML pages are made of: escaped text, numbers, plots. */
package io.bingoguard.page;
