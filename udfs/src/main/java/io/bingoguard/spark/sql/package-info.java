/** SQL functions over texts and labels, as a session extension brings them into Catalyst. */
package io.bingoguard.spark.sql;
