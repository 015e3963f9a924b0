package dev.rolewright.engine;

/// What became of one step.
public sealed interface Outcome {

    Outcome DONE = new Done();

    /// It is so now, also when it was so before.
    record Done() implements Outcome {}

    /// It was not tried, because something it needs did not come about.
    record Skipped(String why) implements Outcome {}

    /// It was tried and did not happen. Nothing of it is left.
    record Failed(EngineFailure failure) implements Outcome {}
}
