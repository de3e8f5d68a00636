/** What an audit says: lines for a terminal, JSON for programs, and a page. */
package io.bingoguard.audit.report;
