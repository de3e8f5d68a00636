/** Training sets from a corpus and its labels: what is kept, what is removed, and why. */
package io.bingoguard.curate;
