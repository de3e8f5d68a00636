/**
 * Two label sets of the same content compared: what changed, where, and whether that is too much.
 */
package io.bingoguard.compare;
