package dev.rolewright.web.auth;

/// What a door answers to somebody who wants in.
///
/// @param <T> who comes through that door
sealed interface Verdict<T> {

    record Admitted<T>(T who) implements Verdict<T> {}

    record Refused<T>(Refusal refusal) implements Verdict<T> {}

    static <T> Verdict<T> admitted(T who) {
        return new Admitted<>(who);
    }

    static <T> Verdict<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }
}
