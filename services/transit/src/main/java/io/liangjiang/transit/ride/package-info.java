/**
 * Rides and their money: what a citizen rode, charging it, arrears. Taps create rides, the apps
 * list them, issuing a code asks for arrears. How a tap is judged and what a boarding costs does
 * not belong here.
 */
@NullMarked
package io.liangjiang.transit.ride;

import org.jspecify.annotations.NullMarked;
