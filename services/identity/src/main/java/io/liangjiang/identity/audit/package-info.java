/**
 * What an auditor asks about: who did what to which account, written in the transaction of the
 * deed. Sessions and signing keys write here. Reads of personal data are access records and belong
 * to the platform.
 */
@NullMarked
package io.liangjiang.identity.audit;

import org.jspecify.annotations.NullMarked;
