/** SQL functions that read conversations, for the session extension of udfs to find. */
package io.bingoguard.sql;
