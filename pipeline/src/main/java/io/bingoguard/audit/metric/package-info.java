/** Labels counted by night, and the counts read as figures. All of it is Spark's work. */
package io.bingoguard.audit.metric;
