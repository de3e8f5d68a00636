/** The Delta tables of an output: where they lie, what they accept, how they are written. */
package io.bingoguard.table;
