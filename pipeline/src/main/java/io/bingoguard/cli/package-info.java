/** The command line. */
package io.bingoguard.cli;
