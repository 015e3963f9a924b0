package dev.rolewright.scim.dialect;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The rules that fired while one request was read.
final class Noted {

    private final Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);

    void add(Quirk quirk) {
        quirks.add(quirk);
    }

    List<Quirk> list() {
        return List.copyOf(quirks);
    }
}
