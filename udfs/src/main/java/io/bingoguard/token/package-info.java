/** Tokenization that text in a conversation cannot trick. */
package io.bingoguard.token;
