package dev.rolewright.plan;

/// What was taken from people on a target a short while ago.
///
/// @param suspended logins
/// @param dropped logins
/// @param revoked memberships that nothing replaced
public record Taken(long suspended, long dropped, long revoked) {

    public static final Taken NOTHING = new Taken(0, 0, 0);

    public boolean isNothing() {
        return equals(NOTHING);
    }
}
