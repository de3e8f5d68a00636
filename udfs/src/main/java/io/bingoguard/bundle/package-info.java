/** Model directories: which one is meant, what is in it, and how one is made. */
package io.bingoguard.bundle;
