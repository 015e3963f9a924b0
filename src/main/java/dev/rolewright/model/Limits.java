package dev.rolewright.model;

/// How much one plan may take away before a human has to look, as shares of what a target has, in percent.
///
/// @param removeLogins of all logins that we manage
/// @param suspendLogins of the active ones
/// @param revokeMemberships of the memberships of people
/// @param atLeast as few as this never wait, however large their share
public record Limits(int removeLogins, int suspendLogins, int revokeMemberships, int atLeast) {

    /// What holds where a contract says nothing.
    public static final Limits USUAL = new Limits(20, 20, 30, 5);

    public Limits {
        checkShare(removeLogins);
        checkShare(suspendLogins);
        checkShare(revokeMemberships);
        if (atLeast < 1) {
            throw new IllegalArgumentException("One person never waits, so atLeast is 1 or more.");
        }
    }

    private static void checkShare(int percent) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("A share is between 0 and 100 percent.");
        }
    }
}
