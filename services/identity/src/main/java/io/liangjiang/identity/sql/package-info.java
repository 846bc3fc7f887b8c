/**
 * Conversions between columns and values that every repository needs. Repositories use it.
 * Statements belong to the repositories.
 */
@NullMarked
package io.liangjiang.identity.sql;

import org.jspecify.annotations.NullMarked;
