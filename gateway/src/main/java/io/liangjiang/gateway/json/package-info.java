/**
 * JSON of protobuf messages, written and read over descriptors as proto3's JSON mapping says, with
 * the city's choices: int64 as a number where every reader can hold it, zero values written,
 * unknown fields refused by name. The edge's hot path; plans are made once a message type. Nothing
 * here knows HTTP or a route.
 */
@NullMarked
package io.liangjiang.gateway.json;

import org.jspecify.annotations.NullMarked;
