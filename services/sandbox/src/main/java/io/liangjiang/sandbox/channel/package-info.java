/**
 * A payment channel that speaks WeChat Pay API v3: orders, refunds, bills, encrypted call-backs,
 * each message signed and checked. Payments calls it and is called back. Its books are its own:
 * what the city believes it was paid is no business of this package.
 */
package io.liangjiang.sandbox.channel;
