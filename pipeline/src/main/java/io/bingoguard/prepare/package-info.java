/**
 * What is done to exchanges before they are judged: steps from exchange to exchange, and where long
 * texts may be cut. The only package that knows Spark NLP.
 */
package io.bingoguard.prepare;
