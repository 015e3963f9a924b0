package dev.rolewright.engine;

import dev.rolewright.model.LoginName;
import dev.rolewright.plan.Check;
import java.util.List;
import java.util.Optional;

/// One database product. An engine is a bean of its own package; nothing else has to name it.
public interface Engine {

    /// The product as contracts call it: `postgresql`.
    String product();

    /// Connects to a server.
    ///
    /// @throws EngineFailure when the server is out of reach, refuses us, is of a version we do not know, or
    /// somebody else is changing it just now
    EngineSession open(Reach reach, Purpose purpose);

    /// The database that an address names. Empty for an address that has not the form of this product's.
    Optional<String> database(String url);

    /// Whether a server is as our work needs it. It is asked now, nothing is changed there, and one that cannot be
    /// reached is a finding like any other.
    ///
    /// @param needs empty when no contract says them
    /// @return what is wrong first; what is all right is told as well
    List<Check> check(Reach reach, Optional<Needs> needs);

    /// What an administrator of a server runs so that nobody can log in there by that name any more.
    String locking(LoginName login);

    /// Whether an address of this product leads to another host without asking for TLS; false for any other
    /// address.
    boolean isInTheOpen(String url);

    /// What a session is for.
    enum Purpose {
        /// To read only, beside whoever changes something.
        LOOK,
        /// To read only, over connections made for this: what they say owes nothing to an earlier one.
        PROVE,
        /// To read, to entrust somebody with a password or take it, and to end sessions, beside whoever
        /// changes something.
        ENTRUST,
        /// To read and change, as the only one on the whole server until the session is closed.
        CHANGE
    }
}
