/** Questions to the tables of an output: SQL over their views, and the answers as lines. */
package io.bingoguard.query;
