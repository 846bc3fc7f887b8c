/**
 * Consent: data policies and consent agreements that operators publish, and what citizens answered,
 * every revision chained by SHA-256 to the one before. Services ask before they read, and access
 * records name the consent. What was read is with each service's access records and not here.
 */
@NullMarked
package io.liangjiang.identity.consent;

import org.jspecify.annotations.NullMarked;
