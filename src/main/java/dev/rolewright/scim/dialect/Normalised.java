package dev.rolewright.scim.dialect;

import java.util.List;

/// What a client sent, in the words of the RFC, and the rules that had to be applied to get there (each once, in the
/// order of {@link Quirk}).
public record Normalised<T>(T value, List<Quirk> quirks) {

    public Normalised {
        quirks = List.copyOf(quirks);
    }

    /// The rules' codes, as metrics and audit rows name them.
    public List<String> codes() {
        return quirks.stream().map(Quirk::code).toList();
    }
}
