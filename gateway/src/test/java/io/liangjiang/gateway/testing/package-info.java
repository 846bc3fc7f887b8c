/**
 * A service behind the gateway whose answers tests choose, and tokens that the gateway trusts. Used
 * by every test that goes through HTTP. Nothing of a real service.
 */
package io.liangjiang.gateway.testing;
