/** The tables of an output kept quick to read: small files put together, old ones deleted. */
package io.bingoguard.maintain;
