/**
 * Writes that many want at once: what arrived while the last batch was committing is the next
 * batch. Used where one row is hot (ledger accounts, stock, taps); the caller brings the set-based
 * SQL. It keeps nothing that the database does not decide.
 */
@NullMarked
package io.liangjiang.platform.batch;

import org.jspecify.annotations.NullMarked;
