/** The domain: what is judged and what a judgement is. No library types. */
package io.bingoguard.guard;
