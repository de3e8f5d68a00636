/** What sessions name in their settings to get the SQL functions of this project. */
package io.bingoguard.spark;
