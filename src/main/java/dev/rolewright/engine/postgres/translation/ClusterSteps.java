package dev.rolewright.engine.postgres.translation;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.batch.Piece;
import dev.rolewright.engine.postgres.translation.RoleBook.OurLogin;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Shared;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.Membership;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What steps about roles become: logins, contract roles and memberships belong to the whole cluster.
///
/// A step whose work is done already becomes nothing, because the server would write the same row again.
final class ClusterSteps {

    /// Whoever has one of these is superuser, or can make himself one.
    private static final Set<String> EQUAL_TO_SUPERUSER =
            Set.of("pg_read_server_files", "pg_write_server_files", "pg_execute_server_program");

    private final Context context;
    private final RoleBook roles;
    private final Keepers keepers;
    private final Instant now;

    ClusterSteps(Context context, RoleBook roles, Keepers keepers, Instant now) {
        this.context = context;
        this.roles = roles;
        this.keepers = keepers;
        this.now = now;
    }

    /// @throws EngineFailure when the step must not be performed as things are
    Piece of(Step.OfLogin step) throws SQLException {
        return switch (step) {
            case Step.CreateLogin(Account account, Optional<Instant> since) -> create(account, since);
            case Step.RenameLogin(Account account, var to) ->
                rename(account, new Account(to, account.person(), account.id()));
            case Step.MarkLogin(Account account, Optional<Instant> since) -> mark(account, since);
            case Step.SuspendLogin(Account account, Optional<Instant> since) -> suspend(account, since.orElse(now));
            case Step.StampSuspension(Account account) -> stamp(account);
            case Step.ResumeLogin(Account account, var _) -> resume(account);
            case Step.Join(Account account, Membership membership) -> {
                roles.require(account);
                roles.requireContractRole(membership.role());
                yield give(membership, Quoting.name(account.login()));
            }
            case Step.Leave(Account account, Membership membership) -> {
                if (roles.isGone(account)) {
                    yield Piece.NOTHING;
                }
                roles.require(account);
                yield take(membership, account.login().value());
            }
            case Step.StripLogin(Account account, Extra.OfServer extra) -> strip(account, extra);
            case Step.EndSessions _, Step.DropLogin _, Step.StripLogin _ ->
                throw new IllegalArgumentException("is no statement: " + step);
        };
    }

    Piece create(RoleName role) {
        if (roles.isContractRole(role)) {
            return Piece.NOTHING;
        }
        requireFree(role.value());
        String name = Quoting.name(role);
        roles.put(
                role.value(),
                new Seen(
                        0,
                        false,
                        false,
                        true,
                        context.marks().role(),
                        false,
                        context.own().grantor()));
        return mark(
                Piece.of(
                        "CREATE ROLE " + name + " NOLOGIN",
                        comment(name, context.marks().role())),
                context.own().roleMarker(),
                name);
    }

    Piece drop(RoleName role) {
        if (roles.isFree(role.value())) {
            return Piece.NOTHING;
        }
        roles.requireContractRole(role);
        roles.remove(role.value());
        return Piece.of("DROP ROLE " + Quoting.name(role));
    }

    Piece include(RoleName role, Membership membership) {
        roles.requireContractRole(role);
        String included = membership.role().value();
        if (EQUAL_TO_SUPERUSER.contains(included)) {
            throw new EngineFailure(Kind.UNSAFE, "Whoever is in " + included + " is as good as superuser.");
        }
        if (!included.startsWith("pg_")) {
            roles.requireContractRole(membership.role());
        }
        return give(membership, Quoting.name(role));
    }

    Piece exclude(RoleName role, Membership membership) {
        if (roles.isFree(role.value())) {
            return Piece.NOTHING;
        }
        roles.requireContractRole(role);
        return take(membership, role.value());
    }

    /// What nobody who only granted or commented on the login can keep from being done.
    ///
    /// @param unmarked whether it is known by its id and its mark is yet to be put back
    Piece lock(Account account, boolean unmarked) {
        if (roles.isGone(account)) {
            return Piece.NOTHING;
        }
        Seen seen = unmarked ? roles.known(account) : roles.require(account).seen();
        return seen.login() ? Piece.of(locking(account)).by(Optional.ofNullable(seen.keeper())) : Piece.NOTHING;
    }

    Piece strip(RoleName role, Extra.OfServer extra) {
        if (roles.isFree(role.value())) {
            return Piece.NOTHING;
        }
        roles.requireContractRole(role);
        return Piece.of(Stripping.statement(role.value(), extra));
    }

    private Piece strip(Account account, Extra.OfServer extra) {
        if (roles.isGone(account)) {
            return Piece.NOTHING;
        }
        OurLogin login = roles.require(account);
        return Piece.of(Stripping.statement(account.login().value(), extra))
                .by(Optional.ofNullable(login.seen().keeper()));
    }

    private Piece create(Account account, Optional<Instant> suspendedSince) throws SQLException {
        Optional<OurLogin> there = roles.login(account);
        if (there.isPresent() && there.get().seen().login() == suspendedSince.isEmpty()) {
            return Piece.NOTHING;
        }
        requireFree(account.login().value());
        String name = Quoting.name(account.login());
        String mark = context.marks().login(account.person(), suspendedSince);
        boolean login = suspendedSince.isEmpty();
        RoleName keeper = keepers.next();
        roles.put(account.login().value(), new Seen(0, login, true, false, mark, false, keeper));
        Piece piece = Piece.of("CREATE ROLE " + name + (login ? " LOGIN" : " NOLOGIN"))
                .then(comment(name, mark))
                .by(Optional.of(keeper));
        return mark(piece, context.own().marker(), name);
    }

    private Piece rename(Account from, Account to) {
        Optional<OurLogin> login = roles.login(from);
        if (login.isEmpty() && roles.login(to).isPresent()) {
            return Piece.NOTHING;
        }
        Seen seen = roles.require(from).seen();
        requireFree(to.login().value());
        roles.remove(from.login().value());
        roles.put(to.login().value(), seen);
        return Piece.of("ALTER ROLE " + Quoting.name(from.login()) + " RENAME TO " + Quoting.name(to.login()))
                .by(Optional.ofNullable(seen.keeper()));
    }

    private Piece mark(Account account, Optional<Instant> suspendedSince) {
        Seen seen = roles.known(account);
        String name = Quoting.name(account.login());
        String mark = context.marks().login(account.person(), suspendedSince);
        roles.put(account.login().value(), seen.marked(mark));
        Piece piece = (mark.equals(seen.comment()) ? Piece.NOTHING : Piece.of(comment(name, mark)))
                .by(Optional.ofNullable(seen.keeper()));
        return seen.markedAsLogin() ? piece : mark(piece, context.own().marker(), name);
    }

    private Piece suspend(Account account, Instant since) {
        if (roles.isGone(account)) {
            return Piece.NOTHING;
        }
        OurLogin login = roles.require(account);
        String name = Quoting.name(account.login());
        List<String> statements = new ArrayList<>();
        if (login.seen().login()) {
            statements.add(locking(account));
        }
        if (login.seen().login() || login.mark().suspendedSince().isEmpty()) {
            String mark = context.marks().login(account.person(), Optional.of(since));
            statements.add(comment(name, mark));
            roles.put(account.login().value(), login.seen().standing(false, mark));
        }
        return Piece.of(statements).by(Optional.ofNullable(login.seen().keeper()));
    }

    private Piece stamp(Account account) {
        OurLogin login = roles.require(account);
        if (login.seen().login()) {
            throw Failures.changed("Login " + account + " is not suspended any more.");
        }
        return suspend(account, now);
    }

    private Piece resume(Account account) {
        OurLogin login = roles.require(account);
        String name = Quoting.name(account.login());
        String mark = context.marks().login(account.person(), Optional.empty());
        List<String> statements = new ArrayList<>();
        if (!login.seen().login()) {
            // Some suspensions are tried, which takes the password. What is left must not depend on chance.
            statements.add("ALTER ROLE " + name + " LOGIN PASSWORD NULL");
        }
        if (login.mark().suspendedSince().isPresent()) {
            statements.add(comment(name, mark));
        }
        roles.put(account.login().value(), login.seen().standing(true, mark));
        return Piece.of(statements).by(Optional.ofNullable(login.seen().keeper()));
    }

    // The options are said one by one: a row that is there keeps those that a GRANT does not name.
    private Piece give(Membership membership, String member) {
        String options = context.keepsGrantors()
                ? " WITH ADMIN " + word(membership.admin()) + ", INHERIT " + word(membership.inherit()) + ", SET "
                        + word(membership.set()) + byUs()
                : membership.admin() ? " WITH ADMIN OPTION" : "";
        return Piece.of(new Shared("GRANT " + Quoting.name(membership.role()) + " TO ", member, options));
    }

    // CASCADE: what the member passed on goes with what it was passed on from.
    private Piece take(Membership membership, String member) {
        String head = "REVOKE " + Quoting.name(membership.role()) + " FROM ";
        String name = Quoting.name(member);
        if (!context.keepsGrantors()) {
            return Piece.of(new Shared(head, name, ""));
        }
        return switch (membership.grantor()) {
            case Grantor.Ours _ -> Piece.of(new Shared(head, name, byUs() + " CASCADE"));
            case Grantor.Other(RoleName giver) ->
                TakingBack.membership(
                        context,
                        roles,
                        member,
                        membership,
                        giver,
                        head + name + " GRANTED BY " + Quoting.name(giver) + " CASCADE");
        };
    }

    private Piece mark(Piece piece, RoleName marker, String name) {
        return piece.and(new Shared(
                "GRANT " + Quoting.name(marker) + " TO ",
                name,
                context.keepsGrantors() ? " WITH ADMIN FALSE, INHERIT FALSE, SET FALSE" + byUs() : ""));
    }

    private String byUs() {
        return " GRANTED BY " + Quoting.name(context.own().grantor());
    }

    private void requireFree(String name) {
        if (!roles.isFree(name)) {
            throw new EngineFailure(
                    Kind.CHANGED_MEANWHILE, "The name " + name + " belongs to somebody else; nothing is adopted.");
        }
    }

    private static String locking(Account account) {
        return "ALTER ROLE " + Quoting.name(account.login()) + " NOLOGIN";
    }

    private static String comment(String name, String mark) {
        return "COMMENT ON ROLE " + name + " IS " + Quoting.text(mark);
    }

    private static String word(boolean option) {
        return option ? "TRUE" : "FALSE";
    }
}
