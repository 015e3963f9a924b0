package dev.rolewright.model;

import java.util.List;

/// Who speaks in one request, and how: what an audit row says about the origin of a change.
///
/// @param sourceId the source whose people and groups are spoken about
/// @param source its name
/// @param actor a token's name, a JWT's subject or an admin's name; never a secret
/// @param requestId follows the request from the door to the last statement
/// @param quirks the dialect rules that had to be applied to understand the request
public record Caller(int sourceId, String source, String actor, String requestId, List<String> quirks) {

    private static final int NO_SOURCE = 0;

    public Caller {
        quirks = List.copyOf(quirks);
    }

    /// Whoever speaks for no identity provider: an administrator, or Rolewright itself.
    public static Caller ofNoSource(String actor, String requestId) {
        return new Caller(NO_SOURCE, "", actor, requestId, List.of());
    }
}
