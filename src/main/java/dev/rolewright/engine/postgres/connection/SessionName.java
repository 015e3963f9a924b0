package dev.rolewright.engine.postgres.connection;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.words.Quoting;
import java.util.HexFormat;

/// What our sessions are called on a server, in `application_name`. By it a process that may change a target finds what
/// an earlier one left open.
final class SessionName {

    /// Between the name and the number of the pass that a session is there for.
    static final String PASS = " pass-";

    /// Leaves room for that number, however many passes there have been.
    private static final int LONGEST = Quoting.LONGEST_NAME - PASS.length() - 19;

    private SessionName() {}

    static String of(Reach reach, Purpose purpose) {
        String name = "rolewright " + reach.installation()
                + (purpose == Purpose.CHANGE ? " " + reach.target().name() : "");
        // The server cuts off what is longer, and then two targets of it would have one name.
        return name.length() <= LONGEST
                ? name
                : name.substring(0, LONGEST - 17) + "~" + HexFormat.of().toHexDigits(ClusterLock.fence(reach));
    }
}
