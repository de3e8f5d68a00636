/** A comparison for people and for programs: text, JSON and a page. */
package io.bingoguard.compare.report;
