/**
 * The outside world of the city, simulated: what is needed to run and test a city without anybody
 * else's servers. The packages below are one neighbour each; this one has what they share:
 * settings, the clock and the shape of an error. Nothing of the city itself belongs here, not even
 * a shared library.
 */
package io.liangjiang.sandbox;
