package dev.rolewright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// From group to login: how long people who leave can still get in, how long it takes until everybody is in, and what a
/// look at everybody costs, each beside its raw floor.
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class AccessBench {

    private static final int SMALL = Integer.getInteger("rolewright.bench.few-logins", 1_000);
    private static final int MORE = Integer.getInteger("rolewright.bench.more-logins", 10_000);
    private static final int LARGE = Integer.getInteger("rolewright.bench.many-logins", 100_000);
    private static final int LEAVERS = Integer.getInteger("rolewright.bench.leavers", 200);
    private static final int WHOLE_PASSES = 5;
    /// One of a hundred, of whom this many times some go and others come.
    private static final int HUNDREDTH = MORE / 100;
    private static final int TURNS = 5;
    /// What is done once by us is done several times by the floor: one reading may catch the machine at a bad
    /// moment.
    private static final int FLOORS = 5;
    private static final String LEFT = "active:false until locked and alone";
    private static final String OUT = "out of the only group until locked and alone";
    private static final String TURN = "1 % out and 1 % in";
    private static final String MOVED = "out of one group of two until refused";

    private record Floors(Load.Figures left, Load.Figures moved) {}

    private final Report report = new Report("From group to login");
    private final Against lines = new Against();
    private BenchTarget target;
    private TargetFloor floor;
    private AccessStage stage;

    @Test
    void measuresFromGroupToLogin() throws Exception {
        Path folder = Files.createDirectories(Report.FOLDER);
        try (BenchTarget running = BenchTarget.start();
                TargetFloor raw = new TargetFloor(running);
                EmbeddedPostgres store = BenchTarget.durable();
                AccessStage open = new AccessStage(running, store, folder)) {
            target = running;
            floor = raw;
            stage = open;
            floor.prepare();
            few();
            more();
            many();
            report.note("resident memory at the end: %d MiB", stage.residentMebibytes());
        }
        for (String act : List.of(LEFT, OUT, MOVED)) {
            report.note(
                    "growth from %,d to %,d logins, %s: %.2f × (p50)",
                    SMALL, LARGE, act, lines.p50(LARGE, act) / lines.p50(SMALL, act));
        }
        report.write(lines.print());
    }

    private void few() throws Exception {
        for (String group : List.of("first", "writers", "stay", "rest")) {
            stage.group(group);
        }
        for (int turn = 0; turn <= TURNS; turn++) {
            stage.group(guests(turn));
        }
        stage.fill(SMALL);
        stage.join("first", 0, SMALL);
        stage.join("writers", 2 * LEAVERS, 3 * LEAVERS);
        stage.map("first");
        stage.untilSettled(SMALL);
        leavers(SMALL);
    }

    /// One more group is mapped, and then one of a hundred goes and another one comes: each by another
    /// contract, so that one pass has to do it all.
    private void more() throws Exception {
        int last = SMALL + MORE;
        stage.fill(last + TURNS * HUNDREDTH);
        stage.join("stay", SMALL, last - HUNDREDTH);
        for (int turn = 0; turn <= TURNS; turn++) {
            stage.join(guests(turn), last + (turn - 1) * HUNDREDTH, last + turn * HUNDREDTH);
        }
        stage.untilSettled(SMALL);
        Load.Figures floorOfAll = provisionRaw(MORE);
        tidy();
        long audited = stage.number("SELECT count(*) FROM audit_event");
        stage.map("first", "stay", guests(0));
        stage.untilSettled(last);
        lines.add(
                SMALL, "%,d people get a login and a role".formatted(MORE), once(stage.sinceActivation()), floorOfAll);
        report.note(
                "of that, the pass: %d ms; audit rows written: %,d",
                stage.lastPass() / 1_000_000, stage.number("SELECT count(*) FROM audit_event") - audited);
        tidy();
        Load.Figures floorOfSome = changeRaw(logins(0, HUNDREDTH), logins(HUNDREDTH, 2 * HUNDREDTH));
        tidy();
        wholePasses(last); // and with them our connections know again what the floor made the server forget
        long[] turns = new long[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            long before = stage.newestPass();
            stage.map("first", "stay", guests(turn + 1));
            stage.untilPassAfter(before);
            stage.untilSettled(last);
            turns[turn] = stage.lastPass();
        }
        lines.add(last, TURN, Against.figures(turns, 1), floorOfSome);
        report.note(
                "1 %% out and 1 %% in: %.0f ms of the %.0f ms that are 1.5 × the empty pass and the floor",
                lines.p50(last, TURN),
                1.5 * lines.p50(last, "a whole pass that finds nothing") + floorOfSome.p50Millis());
    }

    private static String guests(int turn) {
        return "guests" + turn;
    }

    private void many() throws Exception {
        int before = SMALL + MORE;
        int gone = TURNS * HUNDREDTH;
        stage.fill(LARGE + gone);
        stage.map("first", "stay", guests(TURNS), "rest");
        stage.untilSettled(before);
        long start = System.nanoTime();
        stage.join("rest", before + gone, LARGE + gone);
        stage.untilSettled(LARGE);
        report.note(
                "%,d more, 500 with each push: %.1f s from the first push until all are settled",
                LARGE - before, (System.nanoTime() - start) / 1e9);
        tidy();
        leavers(LARGE);
        tidy();
        wholePasses(LARGE);
        heap();
    }

    private void wholePasses(int size) throws Exception {
        long[] ours = new long[WHOLE_PASSES];
        stage.wholePass();
        Load.Figures reading = Against.times(WHOLE_PASSES, () -> {
            stage.readStore();
            floor.readAll(BenchTarget.INSTALLATION + "_marker");
        });
        for (int index = 0; index < WHOLE_PASSES; index++) {
            ours[index] = stage.wholePass();
        }
        lines.add(size, "a whole pass that finds nothing", Against.figures(ours, 1), reading);
    }

    /// Collections are forced over and over while a pass runs; the most that survived one is what the pass needs.
    private void heap() throws Exception {
        long before = stage.liveBytes();
        AtomicLong most = new AtomicLong();
        Thread pass = Thread.ofVirtual().start(() -> {
            try {
                stage.wholePass();
            } catch (Exception e) {
                most.set(Long.MIN_VALUE);
            }
        });
        int looks = 0;
        while (pass.isAlive()) {
            long live = stage.liveBytes();
            most.accumulateAndGet(live, (known, seen) -> known < 0 ? known : Math.max(known, seen));
            looks++;
        }
        assertThat(most.get()).isPositive();
        report.note(
                "live heap at rest %d MiB, at most during a whole pass %d MiB (%d forced collections): %d bytes a login",
                before >> 20, most.get() >> 20, looks, (most.get() - before) / LARGE);
    }

    private void leavers(int size) throws Exception {
        Floors floors = floorOfLeavers();
        try (Watch watch = new Watch(target);
                Lane lane = stage.scim()) {
            long[] left = new long[LEAVERS];
            long[] out = new long[LEAVERS];
            long[] moved = new long[LEAVERS];
            for (int index = 0; index < LEAVERS; index++) {
                left[index] = locked(watch, lane, index, stage.active(index, false));
                int second = LEAVERS + index;
                out[index] = locked(watch, lane, second, stage.leave("first", second));
                int third = 2 * LEAVERS + index;
                moved[index] = refused(watch, lane, third, stage.leave("writers", third));
            }
            lines.add(size, LEFT, Against.figures(left, 1), floors.left());
            lines.add(size, OUT, Against.figures(out, 1), floors.left());
            lines.add(size, MOVED, Against.figures(moved, 1), floors.moved());
            for (int index = 0; index < LEAVERS; index++) {
                AccessStage.expect(lane, stage.active(index, true));
            }
        }
        stage.join("first", LEAVERS, 2 * LEAVERS);
        stage.join("writers", 2 * LEAVERS, 3 * LEAVERS);
        stage.untilSettled(size);
    }

    private long locked(Watch watch, Lane lane, int person, Request push) throws Exception {
        String login = AccessStage.login(person);
        Thread.sleep(pause(person));
        try (Connection session = target.as(login, BenchTarget.DATABASE)) {
            watch.on(login);
            AccessStage.expect(lane, push);
            long acknowledged = System.nanoTime();
            long seen = watch.untilLockedAndAlone();
            assertThat(session.isValid(1)).isFalse();
            return seen - acknowledged;
        }
    }

    private long refused(Watch watch, Lane lane, int person, Request push) throws Exception {
        String login = AccessStage.login(person);
        Thread.sleep(pause(person));
        try (Connection session = target.as(login, BenchTarget.DATABASE)) {
            BenchTarget.run(session, "INSERT INTO sales.orders VALUES (" + System.nanoTime() + ")");
            watch.on(login);
            AccessStage.expect(lane, push);
            long acknowledged = System.nanoTime();
            long seen = watch.untilNoMemberOf(AccessStage.WRITER);
            assertThat(session.isValid(1)).isTrue();
            assertThat(mayInsert(session)).isFalse();
            return seen - acknowledged;
        }
    }

    private static boolean mayInsert(Connection session) {
        try {
            BenchTarget.run(session, "INSERT INTO sales.orders VALUES (" + System.nanoTime() + ")");
            return true;
        } catch (SQLException refused) {
            return !"42501".equals(refused.getSQLState());
        }
    }

    /// People leave one after the other, when the one before is proven to be gone, and never in step with
    /// anything that happens regularly.
    private static long pause(int person) {
        return 250 + person * 37L % 60;
    }

    private Floors floorOfLeavers() throws Exception {
        List<String> names = logins(0, LEAVERS);
        floor.provision(names);
        long[] left = new long[LEAVERS];
        long[] moved = new long[LEAVERS];
        try (Watch watch = new Watch(target)) {
            for (int index = 0; index < LEAVERS; index++) {
                String name = names.get(index);
                try (Connection session = target.as(name, BenchTarget.DATABASE)) {
                    watch.on(name);
                    long start = System.nanoTime();
                    floor.revoke(List.of(name));
                    moved[index] = watch.untilNoMemberOf(TargetFloor.ROLE) - start;
                    start = System.nanoTime();
                    floor.suspend(List.of(name));
                    left[index] = watch.untilLockedAndAlone() - start;
                    assertThat(session.isValid(1)).isFalse();
                }
            }
        }
        floor.drop(names);
        return new Floors(Against.figures(left, 1), Against.figures(moved, 1));
    }

    private Load.Figures provisionRaw(int number) throws Exception {
        List<String> names = logins(0, number);
        long[] nanos = new long[FLOORS];
        for (int index = 0; index < FLOORS; index++) {
            long start = System.nanoTime();
            floor.provision(names);
            nanos[index] = System.nanoTime() - start;
            floor.drop(names);
            target.tidy();
        }
        return Against.figures(nanos, 1);
    }

    private Load.Figures changeRaw(List<String> leaving, List<String> coming) throws Exception {
        long[] nanos = new long[FLOORS];
        for (int index = 0; index < FLOORS; index++) {
            floor.provision(leaving);
            long start = System.nanoTime();
            floor.suspend(leaving);
            floor.provision(coming);
            nanos[index] = System.nanoTime() - start;
            floor.drop(leaving);
            floor.drop(coming);
        }
        return Against.figures(nanos, 1);
    }

    private static List<String> logins(int from, int to) {
        return IntStream.range(from, to).mapToObj(TargetFloor::login).toList();
    }

    private void tidy() throws Exception {
        target.tidy();
        stage.tidyStore();
    }

    private static Load.Figures once(long nanos) {
        return Against.figures(new long[] {nanos}, nanos);
    }
}
