package dev.rolewright.orphan;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.directory.Silence;
import dev.rolewright.directory.Silence.Silent;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.offboarding.Fences;
import dev.rolewright.orphan.Orphan.Key;
import dev.rolewright.orphan.Orphan.Kind;
import dev.rolewright.reach.TargetAway;
import dev.rolewright.reconcile.answer.LastLook;
import dev.rolewright.reconcile.answer.LeftLogins;
import dev.rolewright.reconcile.answer.Reviews;
import dev.rolewright.reconcile.login.KnownLogin;
import dev.rolewright.reconcile.login.Logins;
import dev.rolewright.store.Errands;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Looks for what nobody answers for any more, also on the targets.
@ApplicationScoped
public class Orphans {

    /// More people, and more logins on targets that left, are counted and not told one by one.
    static final int MOST = 10_000;

    private final Supplier<Optional<ActiveContract>> contract;
    private final Silence silence;
    private final Fences fences;
    private final Logins logins;
    private final LeftLogins left;
    private final StrangersLogins strangers;
    private final Reviews reviews;
    private final OrphanBook book;
    private final OrphansConfig config;
    private final LastLook<Optional<ActiveContract>, Found> looks;

    @Inject
    Orphans(
            Contracts contracts,
            Silence silence,
            Fences fences,
            Logins logins,
            LeftLogins left,
            StrangersLogins strangers,
            Reviews reviews,
            OrphanBook book,
            OrphansConfig config) {
        this(contracts::active, silence, fences, logins, left, strangers, reviews, book, config, Clock.systemUTC());
    }

    Orphans(
            Supplier<Optional<ActiveContract>> contract,
            Silence silence,
            Fences fences,
            Logins logins,
            LeftLogins left,
            StrangersLogins strangers,
            Reviews reviews,
            OrphanBook book,
            OrphansConfig config,
            Clock clock) {
        this.contract = contract;
        this.silence = silence;
        this.fences = fences;
        this.logins = logins;
        this.left = left;
        this.strangers = strangers;
        this.reviews = reviews;
        this.book = book;
        this.config = config;
        this.looks = new LastLook<>(clock, this::look);
    }

    /// @param counts how many there are of each kind, also of those that are too many to be told
    /// @param items in the order of their ids
    /// @param away the targets whose strangers nobody knows now
    public record Found(Instant at, Map<Kind, Long> counts, List<Orphan> items, List<Away> away) {

        public Found {
            counts = new EnumMap<>(counts);
            items = List.copyOf(items);
            away = List.copyOf(away);
        }
    }

    /// A target that could not be asked.
    ///
    /// @param sentence why, for people, without secrets
    public record Away(TargetName target, String kind, String sentence) {}

    public Found now() {
        return looks.at(contract.get());
    }

    private Found look(Optional<ActiveContract> holds, Instant now) {
        List<Orphan> all = new ArrayList<>();
        List<Away> away = new ArrayList<>();
        Map<Key, Instant> seen = book.seen(Kind.OWNER_GONE, Optional.empty());
        holds.ifPresent(active -> {
            targets(active, now, all, away);
            reviews.of(active).ownerless().stream()
                    .map(it -> new Orphan.OwnerGone(it, Optional.ofNullable(seen.get(Key.of(it)))))
                    .forEach(all::add);
        });
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            counts.put(kind, all.stream().filter(it -> it.kind() == kind).count());
        }
        Instant spoken = now.minus(config.silentAfter());
        Set<PersonId> stopped = fences.all().keySet(); // HR has spoken of them
        all.addAll(silent(spoken, stopped));
        counts.put(Kind.SILENT_PERSON, silence.count(spoken, stopped));
        logins.untended(MOST).stream().map(Orphan.Untended::new).forEach(all::add);
        counts.put(Kind.UNTENDED_LOGIN, logins.countUntended());
        all.sort(Comparator.comparing(Orphan::id));
        return new Found(now, counts, all, away);
    }

    private void targets(ActiveContract active, Instant now, List<Orphan> all, List<Away> away) {
        try (Errands errands = new Errands()) {
            List<Supplier<Answer>> answers = active.contract().targets().values().stream()
                    .map(target -> errands.send(() -> ask(active, target, now)))
                    .toList();
            answers.stream().map(Supplier::get).forEach(answer -> {
                all.addAll(answer.orphans());
                answer.away().ifPresent(away::add);
            });
        }
        away.sort(Comparator.comparing(Away::target));
    }

    private record Answer(List<Orphan> orphans, Optional<Away> away) {}

    private Answer ask(ActiveContract active, Target target, Instant now) {
        List<Orphan> orphans = new ArrayList<>(left.of(active.contract(), target, now).stream()
                .map(Orphan.Left::new)
                .toList());
        try {
            orphans.addAll(strangers.of(active.contract(), target));
            return new Answer(orphans, Optional.empty());
        } catch (TargetAway failure) {
            return new Answer(orphans, Optional.of(new Away(target.name(), failure.kind(), failure.sentence())));
        }
    }

    private List<Orphan.SilentPerson> silent(Instant spoken, Set<PersonId> stopped) {
        List<Silent> people = silence.longest(spoken, stopped, MOST);
        Map<PersonId, List<KnownLogin>> theirs =
                logins.of(people.stream().map(Silent::person).collect(Collectors.toSet()));
        return people.stream()
                .map(person -> new Orphan.SilentPerson(
                        person,
                        theirs.getOrDefault(person.person(), List.of()).stream()
                                .filter(login -> login.state() != KnownLogin.State.DROPPED)
                                .toList()))
                .toList();
    }
}
