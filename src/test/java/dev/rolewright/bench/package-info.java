/// The load scenario of `./mvnw -Pbench verify`: the packaged application and a raw JDBC floor on the same server, side
/// by side, so that the ratio says what our code costs whatever the machine is doing.
///
/// Nothing here runs in the ordinary build, and nothing asserts a time: the table is for reading. What is asserted is
/// that every answer is the one expected, because a fast wrong answer is no figure.
@NullMarked
package dev.rolewright.bench;

import org.jspecify.annotations.NullMarked;
