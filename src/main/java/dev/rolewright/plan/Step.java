package dev.rolewright.plan;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Item;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import java.time.Instant;
import java.util.Optional;

/// One change of a target, as data. An engine answers every kind; performing a step whose work is already done
/// succeeds.
public sealed interface Step {

    /// A step about a person's login.
    sealed interface OfLogin extends Step {

        Account account();

        /// Whether its person is out afterwards, for a while or for good.
        default boolean shutsOut() {
            return switch (this) {
                case SuspendLogin _, DropLogin _ -> true;
                case CreateLogin _, RenameLogin _, EndSessions _, StampSuspension _, ResumeLogin _ -> false;
                case MarkLogin _, OfMembership _, StripLogin _ -> false;
            };
        }
    }

    /// A step about a person's membership in a role.
    sealed interface OfMembership extends OfLogin {

        Membership membership();
    }

    /// A step about a contract role.
    sealed interface OfRole extends Step {

        RoleName role();
    }

    /// A step about a table that contract roles see part of.
    sealed interface OfTable extends Step {

        String database();

        ObjectRef.Table table();
    }

    /// Makes a login with our mark, without password, privilege or membership.
    ///
    /// @param suspendedSince empty for a login that may be used; else it is made unusable, marked as suspended
    /// since then
    record CreateLogin(Account account, Optional<Instant> suspendedSince) implements OfLogin {}

    /// Renames in place: the login keeps its id, memberships, sessions and belongings.
    record RenameLogin(Account account, LoginName to) implements OfLogin {}

    /// Gives a login that is known by the server's id the mark that somebody took away or changed.
    ///
    /// @param suspendedSince what the mark is to say
    record MarkLogin(Account account, Optional<Instant> suspendedSince) implements OfLogin {}

    /// Makes a login unusable, durably before any later step, and marks it with the time.
    ///
    /// @param since empty means the moment it is performed
    record SuspendLogin(Account account, Optional<Instant> since) implements OfLogin {}

    /// Ends open sessions by the login's id until none is left.
    record EndSessions(Account account) implements OfLogin {}

    /// Marks a login that was found suspended as suspended from now on, so that its grace has a beginning.
    record StampSuspension(Account account) implements OfLogin {}

    /// Makes a suspended login usable again.
    ///
    /// @param since since when it was suspended
    record ResumeLogin(Account account, Optional<Instant> since) implements OfLogin {}

    /// Removes a suspended login from every database: data to the heir, code to the powerless quarantine role,
    /// what the leaver promised to others by default privileges re-homed, row policies proven unchanged, then
    /// the login itself. Where that is not safe nothing is changed, and the step fails saying why. One that may
    /// still be used is suspended and its sessions are ended first.
    ///
    /// @param heir empty only for a login that owns no data
    record DropLogin(Account account, Optional<Instant> suspendedSince, Optional<RoleName> heir) implements OfLogin {}

    record Join(Account account, Membership membership) implements OfMembership {}

    /// Takes back exactly the row that its grantor gave.
    record Leave(Account account, Membership membership) implements OfMembership {}

    /// Takes away what a login has of its own, in the name of whoever gave it.
    record StripLogin(Account account, Extra extra) implements OfLogin {}

    /// Makes a role with our mark that nobody can log in as.
    record CreateRole(RoleName role) implements OfRole {}

    /// Removes a contract role that holds nothing any more.
    record DropRole(RoleName role) implements OfRole {}

    /// Takes away what a contract role was made able to do by itself.
    record StripRole(RoleName role, Extra.OfServer extra) implements OfRole {}

    record Include(RoleName role, Membership membership) implements OfRole {}

    record Exclude(RoleName role, Membership membership) implements OfRole {}

    record GrantPrivilege(RoleName role, Grant grant) implements OfRole {}

    /// Takes the privilege back in its grantor's name. A privilege on a table goes from its columns too.
    record RevokePrivilege(RoleName role, Grant grant) implements OfRole {}

    record GrantDefault(RoleName role, DefaultGrant grant) implements OfRole {}

    record RevokeDefault(RoleName role, DefaultGrant grant) implements OfRole {}

    record AddPolicy(RoleName role, RowPolicy policy) implements OfRole {}

    record RemovePolicy(RoleName role, RowPolicy policy) implements OfRole {}

    /// Switches row-level security on and forces it, with one policy that lets everybody who holds none of our
    /// roles through as before.
    record ProtectRows(String database, ObjectRef.Table table) implements OfTable {}

    /// Undoes [ProtectRows], of us only.
    record UnprotectRows(String database, ObjectRef.Table table) implements OfTable {}

    /// How a plan shows it.
    enum Sign {
        ADD('+'),
        CHANGE('~'),
        REMOVE('-');

        private final char mark;

        Sign(char mark) {
            this.mark = mark;
        }

        public char mark() {
            return mark;
        }
    }

    default Sign sign() {
        return switch (this) {
            case CreateLogin _, Join _, CreateRole _, Include _, GrantPrivilege _, GrantDefault _, AddPolicy _ ->
                Sign.ADD;
            case DropLogin _, Leave _, DropRole _, Exclude _, RevokePrivilege _, RevokeDefault _, RemovePolicy _ ->
                Sign.REMOVE;
            case StripLogin _, StripRole _ -> Sign.REMOVE;
            case MarkLogin _, RenameLogin _, SuspendLogin _, EndSessions _, StampSuspension _, ResumeLogin _ ->
                Sign.CHANGE;
            case ProtectRows _, UnprotectRows _ -> Sign.CHANGE;
        };
    }

    /// Whether somebody can do less after it.
    default boolean takes() {
        return switch (this) {
            case SuspendLogin _, EndSessions _, DropLogin _, Leave _, DropRole _, Exclude _ -> true;
            case RevokePrivilege _, RevokeDefault _, RemovePolicy _, ProtectRows _, StripLogin _, StripRole _ -> true;
            case MarkLogin _, CreateLogin _, RenameLogin _, StampSuspension _, ResumeLogin _, Join _, CreateRole _ ->
                false;
            case Include _, GrantPrivilege _, GrantDefault _, AddPolicy _, UnprotectRows _ -> false;
        };
    }

    /// Whose login it is about; empty for a step about a role or table.
    default Optional<PersonId> person() {
        return this instanceof OfLogin of ? Optional.of(of.account().person()) : Optional.empty();
    }

    /// What undoes it; empty where there is nothing to undo.
    default Optional<Step> inverse() {
        return Optional.ofNullable(
                switch (this) {
                    case CreateLogin(Account account, Optional<Instant> since) ->
                        new DropLogin(account, since, Optional.empty());
                    case RenameLogin(Account account, LoginName to) ->
                        new RenameLogin(account.named(to), account.login());
                    case SuspendLogin(Account account, Optional<Instant> since) -> new ResumeLogin(account, since);
                    // What we never give is not given back either.
                    case MarkLogin _, EndSessions _, StampSuspension _, StripLogin _, StripRole _ -> null;
                    case ResumeLogin(Account account, Optional<Instant> since) -> new SuspendLogin(account, since);
                    case DropLogin(Account account, Optional<Instant> since, Optional<RoleName> _) ->
                        new CreateLogin(account.withoutId(), since);
                    case Join(Account account, Membership membership) -> new Leave(account, membership);
                    case Leave(Account account, Membership membership) -> new Join(account, membership);
                    case CreateRole(RoleName role) -> new DropRole(role);
                    case DropRole(RoleName role) -> new CreateRole(role);
                    case Include(RoleName role, Membership membership) -> new Exclude(role, membership);
                    case Exclude(RoleName role, Membership membership) -> new Include(role, membership);
                    case GrantPrivilege(RoleName role, Grant grant) -> new RevokePrivilege(role, grant);
                    case RevokePrivilege(RoleName role, Grant grant) -> new GrantPrivilege(role, grant);
                    case GrantDefault(RoleName role, DefaultGrant grant) -> new RevokeDefault(role, grant);
                    case RevokeDefault(RoleName role, DefaultGrant grant) -> new GrantDefault(role, grant);
                    case AddPolicy(RoleName role, RowPolicy policy) -> new RemovePolicy(role, policy);
                    case RemovePolicy(RoleName role, RowPolicy policy) -> new AddPolicy(role, policy);
                    case ProtectRows(String database, ObjectRef.Table table) -> new UnprotectRows(database, table);
                    case UnprotectRows(String database, ObjectRef.Table table) -> new ProtectRows(database, table);
                });
    }

    /// The item it changes; empty for a table, and for what is never wanted.
    default Optional<Item> item() {
        return Optional.ofNullable(
                switch (this) {
                    case Join(Account account, Membership membership) ->
                        new Item.Member(account.login(), membership.role());
                    case Leave(Account account, Membership membership) ->
                        new Item.Member(account.login(), membership.role());
                    case RenameLogin(Account _, LoginName to) -> new Item.Login(to);
                    case CreateLogin _,
                            MarkLogin _,
                            SuspendLogin _,
                            EndSessions _,
                            StampSuspension _,
                            ResumeLogin _,
                            DropLogin _ ->
                        new Item.Login(((OfLogin) this).account().login());
                    case CreateRole(RoleName role) -> new Item.Role(role);
                    case DropRole(RoleName role) -> new Item.Role(role);
                    case Include(RoleName role, Membership membership) -> new Item.Include(role, membership.role());
                    case Exclude(RoleName role, Membership membership) -> new Item.Include(role, membership.role());
                    case GrantPrivilege(RoleName role, Grant grant) -> new Item.Privilege(role, grant);
                    case RevokePrivilege(RoleName role, Grant grant) -> new Item.Privilege(role, grant);
                    case GrantDefault(RoleName role, DefaultGrant grant) -> new Item.Future(role, grant);
                    case RevokeDefault(RoleName role, DefaultGrant grant) -> new Item.Future(role, grant);
                    case AddPolicy(RoleName role, RowPolicy policy) -> new Item.Rows(role, policy);
                    case RemovePolicy(RoleName role, RowPolicy policy) -> new Item.Rows(role, policy);
                    case ProtectRows _, UnprotectRows _, StripLogin _, StripRole _ -> null;
                });
    }

    /// As people read it, without its sign: `ada in orders_reader`.
    default String label() {
        return Wording.of(this);
    }
}
