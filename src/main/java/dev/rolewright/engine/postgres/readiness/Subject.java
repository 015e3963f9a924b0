package dev.rolewright.engine.postgres.readiness;

/// What our work needs of a server: the things that a check looks at, in the order in which it tells them.
enum Subject {
    REACHABLE("reachable", "to do anything at all", By.OPERATOR),
    VERSION("version", "to speak to the server as it understands it", By.OPERATOR),
    PRIMARY("primary", "to change anything", By.SERVER),
    ENCRYPTION("encryption", "so that nobody on the way reads or answers in the server's place", By.OPERATOR, false),
    MAINTENANCE_DATABASE("maintenance-database", "for the lock that keeps two provisioners apart", By.OPERATOR),
    GRANTOR("grantor", "to make contract roles and to grant in its name", By.ADMINISTRATOR),
    REGISTRAR("registrar", "to make those who keep logins (16 and later)", By.ADMINISTRATOR),
    KEEPERS("keepers", "to change logins, each by whoever made it (16 and later)", By.ADMINISTRATOR),
    MARKERS("markers", "to tell our logins and roles from everybody else's", By.ADMINISTRATOR),
    QUARANTINE("quarantine", "to take over leavers' code", By.ADMINISTRATOR),
    MANAGED("managed", "to change logins and roles that carry our mark", By.ADMINISTRATOR),
    SESSIONS("sessions", "to end the sessions of whoever loses access", By.ADMINISTRATOR, false),
    CONNECT("connect", "to see what is granted, and what leavers own", By.OWNER),
    PASS_ON("pass-on", "to give CONNECT and TEMPORARY on databases", By.OWNER),
    OWNERS("owners", "to grant what belongs to them", By.ADMINISTRATOR),
    HEIR("heir", "to hand leavers' data over", By.ADMINISTRATOR),
    POWERS("powers", "so that whoever gets hold of our login has no more than our work needs", By.ADMINISTRATOR),
    STRANGERS("strangers", "so that nobody else has what our roles have", By.ADMINISTRATOR),
    RESERVED_CONNECTIONS(
            "reserved-connections",
            "to get in when somebody has taken all connections (16 and later)",
            By.SERVER,
            false),
    COMMIT_TIMESTAMP("commit-timestamp", "to tell since when something is as it is", By.SERVER, false),
    PASSWORD_ENCRYPTION("password-encryption", "so that passwords people set are kept well", By.SERVER, false),
    ADMISSION("admission", "to be let in, and people with their own logins", By.SERVER, false);

    private enum By {
        OPERATOR("whoever configures Rolewright"),
        ADMINISTRATOR("a superuser, or from PostgreSQL 16 on whoever has the ADMIN option on the roles that are given"),
        OWNER("the owner of the database, or a superuser"),
        SERVER("a superuser, or the parameters of the service");

        private final String words;

        By(String words) {
            this.words = words;
        }
    }

    private final String shown;
    private final String purpose;
    private final By by;
    private final boolean needed;

    Subject(String shown, String purpose, By by) {
        this(shown, purpose, by, true);
    }

    Subject(String shown, String purpose, By by, boolean needed) {
        this.shown = shown;
        this.purpose = purpose;
        this.by = by;
        this.needed = needed;
    }

    String shown() {
        return shown;
    }

    String purpose() {
        return purpose;
    }

    /// Whether people are not served without it.
    boolean isNeeded() {
        return needed;
    }

    /// Who can put it right.
    String by() {
        return by.words;
    }
}
