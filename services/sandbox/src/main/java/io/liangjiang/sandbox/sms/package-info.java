/**
 * An SMS provider and the phones behind it: takes signed requests within a provider's limits, and
 * shows the inbox to developers and tests. It sends nothing anywhere.
 */
package io.liangjiang.sandbox.sms;
