package dev.rolewright.model;

import java.util.Locale;
import java.util.Optional;

/// What a login or a contract role has of its own and never gets from us: it was given by hand, and is taken back.
///
/// Privileges of contract roles are no extras; the contract says which they have.
public sealed interface Extra {

    /// One that lies with the login or role itself, wherever on the server it is asked about.
    sealed interface OfServer extends Extra {}

    /// One that lies in a database, with what it is about. Only logins are said to have one.
    sealed interface OfDatabase extends Extra {

        String database();
    }

    record Attribute(Kind kind) implements OfServer {

        /// What differs from how we make logins and roles.
        public enum Kind {
            SUPERUSER,
            CREATEROLE,
            CREATEDB,
            REPLICATION,
            BYPASSRLS,
            NOINHERIT,
            /// Of contract roles alone: nobody logs in as one.
            LOGIN,
            CONNECTION_LIMIT,
            VALID_UNTIL
        }
    }

    /// A setting that sessions of the login begin with. Its value may be a secret and is not told.
    ///
    /// @param database the one it is for; empty for every database
    /// @param parameter however long: the server cuts no setting's name
    record Setting(Optional<String> database, String parameter) implements OfServer {

        public Setting {
            database.ifPresent(name -> Names.check("database name", name));
            if (parameter.isEmpty()) {
                throw new IllegalArgumentException("A setting has a name.");
            }
        }
    }

    record Privilege(Grant grant) implements OfDatabase {

        @Override
        public String database() {
            return grant.database();
        }
    }

    record Future(DefaultGrant grant) implements OfDatabase {

        @Override
        public String database() {
            return grant.database();
        }
    }

    /// In whose name it was given, as far as that matters for taking it back.
    default Grantor grantor() {
        return this instanceof Privilege(Grant grant) ? grant.grantor() : Grantor.OURS;
    }

    /// As people read it: `CREATEDB`, `setting search_path in orders`, `SELECT on table sales.orders in orders`.
    default String label() {
        return switch (this) {
            case Attribute(Attribute.Kind kind) -> kind.name().replace('_', ' ').toUpperCase(Locale.ROOT);
            case Setting(Optional<String> database, String parameter) ->
                "setting " + parameter + database.map(name -> " in " + name).orElse("");
            case Privilege(Grant grant) -> grant.label() + (grant.grantable() ? ", able to pass it on" : "");
            case Future(DefaultGrant grant) -> grant.label() + (grant.grantable() ? ", able to pass it on" : "");
        };
    }
}
