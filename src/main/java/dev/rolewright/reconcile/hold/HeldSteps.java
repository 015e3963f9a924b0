package dev.rolewright.reconcile.hold;

import static java.util.stream.Collectors.toSet;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Decided;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Step;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The takings of holds that still wait, or were let go.
@ApplicationScoped
public class HeldSteps {

    /// A release that nothing came of for long is not in force any more.
    private static final String SELECT =
            "SELECT s.id, s.hold, h.state, s.step, s.cause, s.since FROM held_step s JOIN hold h ON h.id = s.hold"
                    + " WHERE s.target = ? AND h.server = ? AND (h.state <> 'released' OR h.decided > now() - ? * interval '1 millisecond')";

    private static final String OPEN = """
            SELECT DISTINCT ON (s.person) s.person, h.id, h.digest FROM held_step s JOIN hold h ON h.id = s.hold
            WHERE s.target = ? AND s.person = ANY (?) AND h.state = 'open' ORDER BY s.person, h.id DESC""";

    private static final String FENCED = "FENCED";

    private final Store store;

    HeldSteps(Store store) {
        this.store = store;
    }

    /// One step of one hold.
    ///
    /// @param planned the line of the plan that would do it; none where it is planned no more
    /// @param since what was said before is held with it
    private record Row(
            long id,
            long hold,
            Hold.State state,
            @Nullable Line planned,
            @Nullable String cause,
            Instant since) {}

    /// What holds say of the steps of a plan.
    ///
    /// @param byState the plan's steps that are in a hold of that state, for the same cause
    /// @param open the holds that nobody has decided about
    /// @param released the holds whose steps may go
    /// @param gone steps of holds that are planned no more
    record Found(Map<Hold.State, Set<Step>> byState, Set<Long> open, Set<Long> released, List<Long> gone) {

        static final Found NOTHING = new Found(Map.of(), Set.of(), Set.of(), List.of());

        Set<Step> in(Hold.State state) {
            return byState.getOrDefault(state, Set.of());
        }

        /// What was let go does not wait for another hold that has it too.
        Decided decided() {
            Set<Step> waiting = new HashSet<>(in(Hold.State.OPEN));
            waiting.addAll(in(Hold.State.REFUSED));
            waiting.removeAll(in(Hold.State.RELEASED));
            return new Decided(waiting, in(Hold.State.RELEASED));
        }
    }

    /// @param server the identity of the one that the plan is for: a decision is about one server
    /// @param people whom the plan is about; empty for everybody
    /// @param lasts how long a release is in force
    /// @param dismissals when people were dismissed for the last time
    Found find(
            TargetName target,
            String server,
            Optional<Set<PersonId>> people,
            Plan plan,
            Duration lasts,
            Function<Set<PersonId>, Map<PersonId, Instant>> dismissals) {
        Map<Step, Line> planned = new HashMap<>();
        plan.lines().stream().filter(line -> line.step().takes()).forEach(line -> planned.put(line.step(), line));
        // Of a row nothing is kept that the plan has too: everybody's steps may wait.
        Store.Row<Row> reader = row -> row(row, planned);
        List<Row> rows = people.map(some -> some(reader, target, server, some, lasts))
                .orElseGet(() -> store.many(SELECT, reader, target.value(), server, lasts.toMillis()));
        if (rows.isEmpty()) {
            return Found.NOTHING;
        }
        Map<PersonId, Instant> dismissed = dismissals.apply(dismissed(rows));
        Map<Hold.State, Set<Step>> byState = new EnumMap<>(Hold.State.class);
        Set<Long> open = new HashSet<>();
        Set<Long> released = new HashSet<>();
        List<Long> gone = new ArrayList<>();
        for (Row row : rows) {
            Line line = row.planned();
            if (line == null) {
                gone.add(row.id());
            } else if (row.state() == Hold.State.RELEASED || !isAnotherOrder(row, line, dismissed)) {
                byState.computeIfAbsent(row.state(), _ -> new HashSet<>()).add(line.step());
            }
            if (row.state() == Hold.State.RELEASED) {
                released.add(row.hold());
            } else if (row.state() == Hold.State.OPEN) {
                open.add(row.hold());
            }
        }
        return new Found(byState, open, released, gone);
    }

    /// The newest hold about each of these people that nobody has decided about.
    public Map<PersonId, HoldSigned> open(TargetName target, Set<PersonId> people) {
        Map<PersonId, HoldSigned> open = new HashMap<>();
        store.all(
                        OPEN,
                        row -> Map.entry(
                                new PersonId(row.getObject(1, UUID.class)),
                                new HoldSigned(row.getLong(2), row.getString(3))),
                        target.value(),
                        PersonId.ids(people))
                .forEach(each -> open.put(each.getKey(), each.getValue()));
        return open;
    }

    /// Steps that are wanted no more wait no more.
    ///
    /// @param steps their numbers
    void lift(Collection<Long> steps) {
        if (!steps.isEmpty()) {
            store.run("DELETE FROM held_step WHERE id = ANY (?)", (Object) steps.toArray(Long[]::new));
        }
    }

    /// @param plan of which what takes something is held
    /// @param since not after anything was read that it follows from
    void write(long hold, TargetName target, Plan plan, Instant since) {
        List<Line> all =
                plan.lines().stream().filter(line -> line.step().takes()).toList();
        PlanJson.pieces(all).forEach(some -> writeSome(hold, target, some, since));
    }

    private void writeSome(long hold, TargetName target, List<Line> some, Instant since) {
        store.run(
                "INSERT INTO held_step (hold, target, since, person, step, cause) SELECT ?, ?, ?, person, step, cause"
                        + " FROM unnest(?, ?, ?) AS t (person, step, cause)",
                hold,
                target.value(),
                since,
                some.stream()
                        .map(line -> line.step().person().map(PersonId::value).orElse(null))
                        .toArray(UUID[]::new),
                some.stream().map(line -> text(line.step())).toArray(String[]::new),
                some.stream().map(HeldSteps::cause).toArray(String[]::new));
    }

    void forget(long hold) {
        store.run("DELETE FROM held_step WHERE hold = ?", hold);
    }

    private List<Row> some(
            Store.Row<Row> reader, TargetName target, String server, Set<PersonId> people, Duration lasts) {
        return store.all(
                SELECT + " AND s.person = ANY (?)",
                reader,
                target.value(),
                server,
                lasts.toMillis(),
                PersonId.ids(people));
    }

    private static Row row(ResultSet row, Map<Step, Line> planned) throws SQLException {
        return new Row(
                row.getLong(1),
                row.getLong(2),
                Store.word(Hold.State.class, row.getString(3)),
                step(row.getString(4)).map(planned::get).orElse(null),
                row.getString(5),
                Store.instant(row, 6));
    }

    /// What another version wrote may be no step here. It is planned by nobody, and must keep nobody in.
    private static Optional<Step> step(String text) {
        try {
            return Optional.of(PlanJson.readStep(text));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /// Whether the person was dismissed since: whose group was emptied and who is dismissed afterwards is a leaver,
    /// and so is whoever is dismissed again.
    private static boolean isAnotherOrder(Row row, Line line, Map<PersonId, Instant> dismissed) {
        return isDismissal(line)
                && (!Objects.equals(cause(line), row.cause())
                        || line.step()
                                .person()
                                .map(dismissed::get)
                                .filter(row.since()::isBefore)
                                .isPresent());
    }

    private static Set<PersonId> dismissed(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.state() != Hold.State.RELEASED)
                .flatMap(row -> Stream.ofNullable(row.planned()))
                .filter(HeldSteps::isDismissal)
                .flatMap(line -> line.step().person().stream())
                .collect(toSet());
    }

    private static boolean isDismissal(Line line) {
        String cause = cause(line);
        return cause != null && !cause.equals(Reason.Cause.WITHOUT_ROLE.name());
    }

    private static @Nullable String cause(Line line) {
        return line.reasons().stream().flatMap(HeldSteps::cause).findFirst().orElse(null);
    }

    private static Stream<String> cause(Reason reason) {
        return switch (reason) {
            case Reason.Ended(var _, Reason.Cause cause) -> Stream.of(cause.name());
            case Reason.Fenced _ -> Stream.of(FENCED);
            case Reason.Mapped _,
                    Reason.Declared _,
                    Reason.Implied _,
                    Reason.Expired _,
                    Reason.Separated _,
                    Reason.Nameless _,
                    Reason.Recognised _,
                    Reason.Unwanted _ -> Stream.empty();
        };
    }

    private static String text(Step step) {
        return PlanJson.write(step).toString();
    }
}
