/**
 * What goes wrong in the outside world, as far as a tester orders it. Every neighbour asks the
 * current plan before it acts. Faults are held in memory: a restarted sandbox behaves.
 */
package io.liangjiang.sandbox.fault;
