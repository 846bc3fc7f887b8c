/**
 * The state's register of persons, with invented persons only: whether a name belongs to a number.
 * Identity asks it at real-name verification, testers and the demo take their citizens from it. It
 * keeps no record of who asked.
 */
package io.liangjiang.sandbox.person;
