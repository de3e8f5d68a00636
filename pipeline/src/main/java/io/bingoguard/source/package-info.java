/** Corpora of any supported format and schema, read as exchanges. */
package io.bingoguard.source;
