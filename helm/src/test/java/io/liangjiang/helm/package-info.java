/**
 * Holds the Helm chart to its rules: what Helm renders of each set of values is checked against
 * Kubernetes' own types and against our policies, and each policy against a chart broken on
 * purpose. Nothing here is shipped. No cluster is needed, and nothing in here should need one.
 */
package io.liangjiang.helm;
