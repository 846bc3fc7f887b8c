/**
 * The door of servers that sign with a shared key: checks each request, signs each answer. The bank
 * and the insurance bureau stand behind one each; what they do is theirs.
 */
package io.liangjiang.sandbox.sealed;
