/**
 * The contracts' examples: conversations in JSON beside the contracts, replayed against the service
 * that answers them and against everyone who relies on the answers. Used by the test scope of the
 * services and of the gateway. Examples themselves live in shared-proto.
 */
@NullMarked
package io.liangjiang.platform.test.examples;

import org.jspecify.annotations.NullMarked;
