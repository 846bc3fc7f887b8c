/**
 * Makes the keys with which the simulated payment channel and its merchant know each other. The
 * launcher of a development city calls it once and hands the two halves to the sandbox and to
 * payments. Nothing here needs more than the JDK, and nothing here is for a production key.
 */
package io.liangjiang.sandbox.keys;
