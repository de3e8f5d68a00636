/** What reviews of a stratified sample tell about all messages. */
package io.bingoguard.review.estimate;
