package dev.rolewright.contract;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.RoleName;
import java.util.Locale;

/// What a name looks like: the same for names that people take for each other (0 and o, 1 and l, rn and m …). No two
/// logins of a target that we name have the same look.
public record Look(String value) {

    public static Look of(LoginName name) {
        return of(name.value());
    }

    static Look of(RoleName name) {
        return of(name.value());
    }

    private static Look of(String name) {
        return new Look(name.toLowerCase(Locale.ROOT)
                .replace('0', 'o')
                .replace('1', 'l')
                .replace('-', '_')
                .replace("rn", "m")
                .replace("vv", "w"));
    }

    @Override
    public String toString() {
        return value;
    }
}
