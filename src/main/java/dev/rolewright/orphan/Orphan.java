package dev.rolewright.orphan;

import dev.rolewright.contract.Owners.Ownerless;
import dev.rolewright.directory.Silence;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.answer.LeftLogin;
import dev.rolewright.reconcile.login.KnownLogin;
import dev.rolewright.reconcile.login.UntendedLogin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Something that nobody answers for any more, as far as anybody can tell; a human is to look.
public sealed interface Orphan {

    enum Kind {
        /// The identity provider has not spoken of an active person for long.
        SILENT_PERSON,
        /// The person is gone, and the login is there.
        LEFT_LOGIN,
        /// The contract has the target no more, so nobody looks after the login.
        UNTENDED_LOGIN,
        /// The login is not ours.
        STRANGERS_LOGIN,
        /// The owner of a role or service is not there.
        OWNER_GONE
    }

    Kind kind();

    /// Since when it is so, or is known to be; empty for what no round has seen yet and nobody else dates.
    Optional<Instant> since();

    Key key();

    /// The order of lists: kind by kind, the oldest first, those without a date last. It is the same at each look,
    /// so that whoever reads page by page meets each once.
    default String id() {
        return kind() + "/"
                + since().map(it -> it.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse("new")
                + "/" + key();
    }

    /// What tells an orphan from the others of its kind, the same at each look.
    ///
    /// @param target where it is; empty for what is on none
    record Key(Optional<TargetName> target, String name) {

        static Key of(TargetName target, LoginName login) {
            return new Key(Optional.of(target), login.value());
        }

        static Key of(PersonId person) {
            return new Key(Optional.empty(), person.toString());
        }

        static Key of(Ownerless ownerless) {
            return new Key(Optional.empty(), ownerless.what());
        }

        @Override
        public String toString() {
            return target.map(it -> it + "/").orElse("") + name;
        }
    }

    /// @param logins those that are there
    record SilentPerson(Silence.Silent person, List<KnownLogin> logins) implements Orphan {

        public SilentPerson {
            logins = List.copyOf(logins);
        }

        @Override
        public Kind kind() {
            return Kind.SILENT_PERSON;
        }

        @Override
        public Optional<Instant> since() {
            return Optional.of(person.mentioned());
        }

        @Override
        public Key key() {
            return Key.of(person.person());
        }
    }

    record Left(LeftLogin login) implements Orphan {

        @Override
        public Kind kind() {
            return Kind.LEFT_LOGIN;
        }

        @Override
        public Optional<Instant> since() {
            return Optional.of(login.since());
        }

        @Override
        public Key key() {
            return Key.of(login.target(), login.name());
        }
    }

    record Untended(UntendedLogin untended) implements Orphan {

        @Override
        public Kind kind() {
            return Kind.UNTENDED_LOGIN;
        }

        @Override
        public Optional<Instant> since() {
            return Optional.of(untended.since());
        }

        @Override
        public Key key() {
            return Key.of(untended.login().target(), untended.login().name());
        }
    }

    /// @param since when a round first saw it
    /// @param guesses whose it may be
    record StrangersLogin(
            TargetName target, LoginName name, Optional<Instant> since, List<Guess> guesses, Optional<String> locking)
            implements Orphan {

        public StrangersLogin {
            guesses = List.copyOf(guesses);
        }

        @Override
        public Kind kind() {
            return Kind.STRANGERS_LOGIN;
        }

        @Override
        public Key key() {
            return Key.of(target, name);
        }
    }

    /// Somebody who has a name like it. Nothing is ever done because of it.
    record Guess(PersonId person, Set<Match> matches, Presence presence) {

        public Guess {
            matches = Set.copyOf(matches);
        }
    }

    enum Match {
        /// The name of a login of ours that the person has or had, here or on another target, or one that
        /// looks like it.
        LOGIN_NAME,
        USER_NAME,
        /// What stands before the `@` of the userName.
        USER_NAME_LOCAL_PART,
        EMAIL
    }

    /// What the directory knows of a person.
    enum Presence {
        ACTIVE,
        INACTIVE,
        UNKNOWN
    }

    /// @param since when a round first saw it
    record OwnerGone(Ownerless ownerless, Optional<Instant> since) implements Orphan {

        @Override
        public Kind kind() {
            return Kind.OWNER_GONE;
        }

        @Override
        public Key key() {
            return Key.of(ownerless);
        }
    }
}
