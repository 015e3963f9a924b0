/// The load scenarios of `./mvnw -Pbench verify`: the packaged application and a raw JDBC floor on the same
/// server, side by side, so that the ratio says what our code costs whatever the machine is doing.
///
/// [ScimBench] is about the directory, [AccessBench] about the logins that follow from it,
/// [FeedBench] about feeds of HR; `-Dit.test=AccessBench` runs one of them.
///
/// Nothing here runs in the ordinary build, and nothing asserts a time: the table is for reading. What is asserted is
/// that every answer is the one expected, because a fast wrong answer is no figure.
@NullMarked
package dev.rolewright.bench;

import org.jspecify.annotations.NullMarked;
