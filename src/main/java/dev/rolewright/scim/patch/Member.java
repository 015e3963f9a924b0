package dev.rolewright.scim.patch;

import org.jspecify.annotations.Nullable;

/// One member as a client names it: the id it refers to and, where given, whether that is a User or a Group.
/// `display` and `$ref` follow from the member itself and are not taken from the client.
public record Member(String value, @Nullable String type) {

    public Member {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a member without an id");
        }
    }
}
