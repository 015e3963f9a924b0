package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Entry;
import dev.rolewright.handover.GivenPasswords;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.answer.AccessExplanations;
import dev.rolewright.reconcile.login.KnownLogin;
import dev.rolewright.reconcile.login.KnownLogin.State;
import dev.rolewright.reconcile.login.Logins;
import dev.rolewright.scim.schema.DateTimes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Shows what became of people on the databases, to whoever asks for it by name (`scim-schemas/logins.schema.json`).
@Singleton
class LoginFeedback {

    static final String URN = "urn:ietf:params:scim:schemas:extension:rolewright:2.0:User";
    static final String LOGINS = "logins";

    private final Logins logins;
    private final AccessExplanations explanations;
    private final GivenPasswords passwords;

    LoginFeedback(Logins logins, AccessExplanations explanations, GivenPasswords passwords) {
        this.passwords = passwords;
        this.logins = logins;
        this.explanations = explanations;
    }

    /// Puts their logins into the documents of these people.
    void addTo(List<Entry> people) {
        if (people.isEmpty()) {
            return;
        }
        Set<PersonId> ids =
                people.stream().map(entry -> new PersonId(entry.id())).collect(Collectors.toSet());
        Map<PersonId, List<KnownLogin>> known = logins.of(ids);
        Map<PersonId, Map<TargetName, List<Reason>>> unmet = explanations.unmet(ids);
        Map<PersonId, Map<TargetName, Instant>> ends = passwords.ends(ids);
        for (Entry person : people) {
            PersonId id = new PersonId(person.id());
            ArrayNode shown = shown(
                    known.getOrDefault(id, List.of()),
                    unmet.getOrDefault(id, Map.of()),
                    ends.getOrDefault(id, Map.of()));
            if (!shown.isEmpty()) {
                person.document().putObject(URN).set(LOGINS, shown);
            }
        }
    }

    private static ArrayNode shown(
            List<KnownLogin> logins, Map<TargetName, List<Reason>> unmet, Map<TargetName, Instant> ends) {
        Set<TargetName> told = new HashSet<>();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (KnownLogin login : logins) {
            if (login.state() != State.DROPPED) {
                ObjectNode one = all.addObject()
                        .put("value", login.name().value())
                        .put("target", login.target().value())
                        .put("state", login.state().name().toLowerCase(Locale.ROOT))
                        .put("since", DateTimes.canonical(login.since()));
                login.error()
                        .or(() -> Optional.ofNullable(unmet.get(login.target())).map(LoginFeedback::sentences))
                        .ifPresent(sentence -> one.put("problem", sentence));
                Optional.ofNullable(ends.get(login.target()))
                        .ifPresent(end -> one.put("passwordEnds", DateTimes.canonical(end)));
                told.add(login.target());
            }
        }
        unmet.forEach((target, why) -> {
            if (!told.contains(target)) {
                all.addObject()
                        .put("target", target.value())
                        .put("state", "withheld")
                        .put("problem", sentences(why));
            }
        });
        return all;
    }

    private static String sentences(List<Reason> why) {
        return why.stream().map(Reason::sentence).collect(Collectors.joining("; "));
    }
}
