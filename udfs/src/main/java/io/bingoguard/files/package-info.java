/** Files of this process, and what Java's file library leaves out. */
package io.bingoguard.files;
