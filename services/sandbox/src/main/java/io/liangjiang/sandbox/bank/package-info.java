/**
 * The bank that pays merchants out, simulated: signed requests, a payout once a number, books of
 * its own. The city's payments call it over HTTP; no neighbour uses it.
 */
package io.liangjiang.sandbox.bank;
