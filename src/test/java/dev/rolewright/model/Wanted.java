package dev.rolewright.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a target should have where nobody is given a password.
public final class Wanted {

    private Wanted() {}

    public static Desired of(
            Target target,
            Duration grace,
            Protection protection,
            Set<LoginState> logins,
            Set<RoleState> roles,
            Map<Item, List<Reason>> reasons) {
        return new Desired(
                target,
                grace,
                false,
                protection,
                logins.stream().collect(Collectors.toMap(LoginState::name, Function.identity())),
                roles.stream().collect(Collectors.toMap(RoleState::name, Function.identity())),
                Reasons.of(reasons));
    }
}
