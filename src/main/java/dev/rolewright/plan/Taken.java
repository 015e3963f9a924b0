package dev.rolewright.plan;

/// What was taken from people on a target a short while ago.
///
/// @param suspended logins
/// @param dropped logins
/// @param revoked memberships that nothing replaced
public record Taken(long suspended, long dropped, long revoked) {

    public static final Taken NOTHING = new Taken(0, 0, 0);

    public Taken plus(Taken other) {
        return new Taken(suspended + other.suspended, dropped + other.dropped, revoked + other.revoked);
    }

    public Taken atMost(Taken other) {
        return new Taken(
                Math.min(suspended, other.suspended),
                Math.min(dropped, other.dropped),
                Math.min(revoked, other.revoked));
    }

    public boolean isNothing() {
        return equals(NOTHING);
    }
}
