/**
 * What the database of a service says about how it is doing: counts that an alert or a dashboard
 * wants and that no process can know by itself. Every service with a database uses it for the
 * platform's own tables, and names its own questions as beans. Rates of requests do not belong
 * here: they are counted where they happen.
 */
@NullMarked
package io.liangjiang.platform.measure;

import org.jspecify.annotations.NullMarked;
