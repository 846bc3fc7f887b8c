/**
 * The one place that knows how the sandbox keeps its state: a PostgreSQL database of its own, read
 * and written with plain SQL. Every neighbour keeps its tables through it. No table and no rule of
 * a neighbour belongs here.
 */
package io.liangjiang.sandbox.store;
