package dev.rolewright.engine;

/// What became of an attempt to log in.
public sealed interface Attempt {

    /// @param why in the server's words or ours, without secrets
    record Refused(String why) implements Attempt {}

    /// The server let us in, which it must not.
    record Admitted() implements Attempt {}

    /// It could not be tried.
    record NotTried(String why) implements Attempt {}
}
