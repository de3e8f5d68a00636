/** The engine: exchanges in, safety labels out. */
package io.bingoguard.score;
