/**
 * What operators do with a city from the command line, and what the chart's Jobs run: one command a
 * feature package. It uses the cluster's API and the gateway's routes as anybody could, never a
 * service's database.
 */
@NullMarked
package io.liangjiang.cityctl;

import org.jspecify.annotations.NullMarked;
