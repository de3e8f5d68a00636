/** The labelling run: exchanges in, rows of the labels table out, each once. */
package io.bingoguard.label;
