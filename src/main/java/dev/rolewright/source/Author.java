package dev.rolewright.source;

import dev.rolewright.model.Caller;
import java.util.List;

/// Who asks for a change of sources or tokens.
///
/// @param actor an admin's name; never a secret
public record Author(String actor, String requestId) {

    Caller about(Source source) {
        return new Caller(source.id(), source.name(), actor, requestId, List.of());
    }
}
