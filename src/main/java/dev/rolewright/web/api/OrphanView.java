package dev.rolewright.web.api;

import dev.rolewright.contract.Owners.Ownerless;
import dev.rolewright.directory.Silence.Silent;
import dev.rolewright.model.TargetName;
import dev.rolewright.orphan.Orphan;
import dev.rolewright.reconcile.answer.LeftLogin;
import dev.rolewright.reconcile.hold.HoldSigned;
import dev.rolewright.reconcile.login.KnownLogin;
import dev.rolewright.reconcile.login.UntendedLogin;
import dev.rolewright.source.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// @param since since when it is so, or is known to be
/// @param evidence what is known; its members depend on the kind
/// @param fix what ends it, if it is what it looks like
record OrphanView(
        Orphan.Kind kind, Instant since, long ageSeconds, Map<String, @Nullable Object> evidence, FixView fix) {

    /// A call, with what stands in its body; or a statement that an administrator of the target runs.
    ///
    /// @param detail what to know before, or instead
    record FixView(
            @Nullable String method,
            @Nullable String path,
            @Nullable Object body,
            @Nullable String sql,
            String detail) {

        static FixView call(String path, @Nullable Object body, String detail) {
            return new FixView("POST", path, body, null, detail);
        }

        static FixView statement(@Nullable String sql, String detail) {
            return new FixView(null, null, null, sql, detail);
        }

        static FixView contract(String detail) {
            return statement(null, detail);
        }
    }

    private record GuessView(String person, List<Orphan.Match> matches, Orphan.Presence presence) {

        static GuessView of(Orphan.Guess guess) {
            return new GuessView(
                    guess.person().toString(), guess.matches().stream().sorted().toList(), guess.presence());
        }
    }

    private record HeldLoginView(String target, String name, KnownLogin.State state) {

        static HeldLoginView of(KnownLogin login) {
            return new HeldLoginView(login.target().value(), login.name().value(), login.state());
        }
    }

    static OrphanView of(Orphan orphan, Instant now) {
        Instant since = orphan.since().orElse(now);
        return new OrphanView(
                orphan.kind(),
                since,
                Math.max(0, Duration.between(since, now).toSeconds()),
                evidence(orphan),
                fix(orphan, now));
    }

    private static Map<String, @Nullable Object> evidence(Orphan orphan) {
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        switch (orphan) {
            case Orphan.SilentPerson(Silent person, List<KnownLogin> logins) -> {
                known.put("person", person.person().toString());
                known.put("userName", person.userName());
                known.put("source", person.source());
                known.put("sourceClosed", person.closed().orElse(null));
                known.put("logins", logins.stream().map(HeldLoginView::of).toList());
            }
            case Orphan.Left(LeftLogin login) -> {
                known.put("target", login.target().value());
                known.put("login", login.name().value());
                known.put("person", login.person().toString());
                known.put("deleted", login.deleted());
                known.put("canLogIn", login.canLogIn());
                known.put("stuck", login.stuck());
                known.put("why", login.why().orElse(null));
                known.put("attempts", login.attempts());
                known.put("hold", login.hold().map(HoldSigned::id).orElse(null));
            }
            case Orphan.Untended(UntendedLogin(KnownLogin login, var _)) -> {
                known.put("target", login.target().value());
                known.put("login", login.name().value());
                known.put("person", login.person().toString());
                known.put("state", login.state());
                known.put("seen", login.seen().orElse(null));
            }
            case Orphan.StrangersLogin login -> {
                known.put("target", login.target().value());
                known.put("login", login.name().value());
                known.put("guesses", login.guesses().stream().map(GuessView::of).toList());
            }
            case Orphan.OwnerGone(Ownerless ownerless, var _) ->
                known.put(
                        "finding", FindingView.of(List.of(ownerless.finding())).getFirst());
        }
        return known;
    }

    private static FixView fix(Orphan orphan, Instant now) {
        return switch (orphan) {
            case Orphan.SilentPerson(Silent person, var _)
            when person.closed().isPresent() ->
                FixView.call(
                        "/hr/v1/events",
                        Map.of(
                                "id",
                                "silent-" + person.person() + "-"
                                        + now.getEpochSecond(), // once more when they came back
                                "kind",
                                "leaver",
                                "person",
                                Map.of("id", person.person().toString()),
                                "at",
                                now.toString()),
                        "The source is closed, so nothing will be said of the person any more. If they are gone, HR can say"
                                + " so, or this call in its place, with the token of a sender.");
            case Orphan.SilentPerson(Silent person, var _) ->
                new FixView(
                        "PATCH",
                        Source.scimPath(person.source()) + "/Users/" + person.person(),
                        Map.of(
                                "schemas",
                                List.of("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
                                "Operations",
                                List.of(Map.of("op", "replace", "path", "active", "value", false))),
                        null,
                        "Ask whoever runs the identity provider first. If the person is gone, the identity provider is to"
                                + " say so, or this call in its place, with a token of the source.");
            case Orphan.Left(LeftLogin login) -> leftLogin(login);
            case Orphan.Untended(UntendedLogin(KnownLogin login, var _)) ->
                FixView.contract("Put target " + login.target()
                        + " back into the contract without roles, and take it out when its logins are gone; or have an"
                        + " administrator of it lock them.");
            case Orphan.StrangersLogin login ->
                FixView.statement(
                        login.locking().orElse(null),
                        "Ask whose it is first. If it is to stay, name it under protected in the contract.");
            case Orphan.OwnerGone(Ownerless ownerless, var _) ->
                FixView.contract(ownerless.finding().fix());
        };
    }

    private static FixView leftLogin(LeftLogin login) {
        TargetName target = login.target();
        if (login.hold().isPresent()) {
            HoldSigned hold = login.hold().get();
            return FixView.call(
                    "/api/holds/" + hold.id() + "/release",
                    Map.of("digest", hold.digest(), "reason", ""),
                    "Look at the plan of the hold first. Releasing it is for approvers, with a reason.");
        }
        if (login.canLogIn()) {
            return FixView.statement(
                    login.locking().orElse(null),
                    login.stuck() == LeftLogin.Stuck.PROTECTED
                            ? "Locks the login at once. Its name is protected, so Rolewright never touches it: take it out"
                                    + " of protected in the contract, and the rest is done."
                            : "Locks the login at once. The rest is done when what keeps Rolewright from it is mended.");
        }
        return FixView.call(
                "/api/targets/" + target + "/passes?person=" + login.person(),
                null,
                "The login is locked. Mend what keeps it from being dropped, then ask for a pass, or wait for the next.");
    }
}
