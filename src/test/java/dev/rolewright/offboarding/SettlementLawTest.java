package dev.rolewright.offboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.offboarding.Fact.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is true of any facts, in any order.
class SettlementLawTest {

    private static final long SEED = 20261121;
    private static final int STORIES = 2_000;
    private static final LocalDate FIRST = LocalDate.parse("2026-03-25"); // clocks change on the 29th
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("Pacific/Kiritimati"));

    private final Random random = new Random(SEED);

    /// Few days and few senders, so that much happens at the same moment.
    private List<Fact> story() {
        List<Fact> facts = new ArrayList<>();
        int size = random.nextInt(9);
        for (int i = 0; i < size; i++) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            facts.add(new Fact("sender" + random.nextInt(2), "event" + i, kind, when(kind)));
        }
        return facts;
    }

    private When when(Kind kind) {
        LocalDate day = FIRST.plusDays(random.nextInt(7));
        Optional<ZoneId> zone = random.nextBoolean() ? Optional.empty() : Optional.of(zone());
        return switch (random.nextInt(3)) {
            case 0 -> new When.At(day.atStartOfDay(zone()).toInstant());
            case 1 -> kind == Kind.LEAVER ? new When.LastDay(day, zone) : new When.FirstDay(day, zone);
            default -> new When.LastDay(day, zone);
        };
    }

    private ZoneId zone() {
        return ZONES.get(random.nextInt(ZONES.size()));
    }

    @Test
    void anyOrderOfArrivalSettlesTheSame() {
        for (int i = 0; i < STORIES; i++) {
            List<Fact> facts = story();
            ZoneId local = zone();
            List<Fact> shuffled = new ArrayList<>(facts);
            Collections.shuffle(shuffled, random);

            assertThat(Settlement.of(shuffled, local)).isEqualTo(Settlement.of(facts, local));
        }
    }

    @Test
    void tellingAFactAgainChangesNothing() {
        for (int i = 0; i < STORIES; i++) {
            List<Fact> facts = story();
            ZoneId local = zone();
            List<Fact> again = new ArrayList<>(facts);
            facts.stream().filter(_ -> random.nextBoolean()).forEach(again::add);
            Collections.shuffle(again, random);

            assertThat(Settlement.of(again, local)).isEqualTo(Settlement.of(facts, local));
        }
    }

    /// At every moment that counts, and just before and after, a person is fenced exactly when some fact took them
    /// that none after it gave back.
    @Test
    void aPersonIsFencedExactlyWhenTheLastWordTookThem() {
        int fenced = 0;
        for (int i = 0; i < STORIES; i++) {
            List<Fact> facts = story();
            ZoneId local = zone();
            List<Span> spans = Settlement.of(facts, local);
            for (Fact fact : facts) {
                for (int nanos = -1; nanos <= 1; nanos++) {
                    Instant moment = fact.effective(local).plusNanos(nanos);
                    boolean expected = isFenced(facts, local, moment);
                    fenced += expected ? 1 : 0;

                    assertThat(spans.stream().anyMatch(span -> holds(span, moment)))
                            .as("%s at %s", facts, moment)
                            .isEqualTo(expected);
                }
            }
        }
        assertThat(fenced).isGreaterThan(STORIES);
    }

    private static boolean holds(Span span, Instant moment) {
        return !span.fence().since().isAfter(moment)
                && span.until().map(moment::isBefore).orElse(true);
    }

    private static boolean isFenced(List<Fact> facts, ZoneId local, Instant moment) {
        Comparator<Fact> order = Fact.inTime(local);
        List<Fact> past = facts.stream()
                .filter(fact -> !fact.effective(local).isAfter(moment))
                .toList();
        return past.stream()
                .filter(fact -> fact.kind().takes())
                .anyMatch(taking -> past.stream()
                        .filter(fact -> fact.sender().equals(taking.sender()))
                        .filter(fact -> order.compare(fact, taking) > 0)
                        .noneMatch(fact -> fact.kind() == Kind.REHIRE
                                || (taking.kind() == Kind.LEAVE_BEGINS && fact.kind() == Kind.LEAVE_ENDS)));
    }

    @Test
    void fencesOfOneKindNeverOverlapAndAreNeverEmpty() {
        for (int i = 0; i < STORIES; i++) {
            List<Span> spans = Settlement.of(story(), zone());
            for (Span one : spans) {
                assertThat(one.until())
                        .satisfies(until -> assertThat(
                                        until.map(one.fence().since()::isBefore).orElse(true))
                                .isTrue());
                assertThat(spans)
                        .filteredOn(other -> !other.equals(one)
                                && other.fence().sender().equals(one.fence().sender())
                                && other.fence().kind() == one.fence().kind())
                        .noneMatch(other -> holds(other, one.fence().since()));
            }
        }
    }
}
