/** What a person sees while a command works: how far it is, or what it is busy with. */
package io.bingoguard.progress;
