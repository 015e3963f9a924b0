package dev.rolewright.offboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.Fence;
import dev.rolewright.offboarding.Fact.Kind;
import dev.rolewright.offboarding.When.At;
import dev.rolewright.offboarding.When.FirstDay;
import dev.rolewright.offboarding.When.LastDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What follows from facts, case by case.
class SettlementTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate LAST = LocalDate.parse("2026-03-31");
    private static final Instant MIDNIGHT_IN_BERLIN = Instant.parse("2026-03-31T22:00:00Z");

    private static Fact fact(String event, Kind kind, When when) {
        return new Fact("workday", event, kind, when);
    }

    private static Fact leaver(String event, String at) {
        return fact(event, Kind.LEAVER, new At(Instant.parse(at)));
    }

    private static Fact rehire(String event, String at) {
        return fact(event, Kind.REHIRE, new At(Instant.parse(at)));
    }

    private static When lastDay(LocalDate day) {
        return new LastDay(day, Optional.empty());
    }

    private static When firstDay(LocalDate day) {
        return new FirstDay(day, Optional.empty());
    }

    private static Span span(String event, Fence.Kind kind, Instant since, Instant until) {
        return new Span(new Fence("workday", event, kind, since), Optional.ofNullable(until));
    }

    @Test
    void aLastDayCountsToItsEndWhereThePersonIs() {
        assertThat(Settlement.of(List.of(fact("e", Kind.LEAVER, lastDay(LAST))), BERLIN))
                .containsExactly(span("e", Fence.Kind.LEAVER, MIDNIGHT_IN_BERLIN, null));
    }

    @Test
    void aTimeZoneThatTheSenderNamesCountsMore() {
        Fact fact = fact("e", Kind.LEAVER, new LastDay(LAST, Optional.of(ZoneId.of("America/New_York"))));

        assertThat(Settlement.of(List.of(fact), BERLIN))
                .containsExactly(span("e", Fence.Kind.LEAVER, Instant.parse("2026-04-01T04:00:00Z"), null));
    }

    @Test
    void aFenceThatHoldsBeginsNoLaterWhereTheDayEndsLater() {
        List<Fact> facts = List.of(fact("e", Kind.LEAVER, lastDay(LAST)));
        Fence holds = new Fence("workday", "e", Fence.Kind.LEAVER, MIDNIGHT_IN_BERLIN);

        assertThat(Settlement.of(facts, ZoneId.of("America/New_York"), List.of(holds)))
                .containsExactly(new Span(holds, Optional.empty()));
        assertThat(Settlement.of(facts, ZoneId.of("Asia/Tokyo"), List.of(holds)))
                .isEqualTo(Settlement.of(facts, ZoneId.of("Asia/Tokyo")));
    }

    @Test
    void aFenceThatHeldGoesWhenHrTakesItBack() {
        List<Fact> facts =
                List.of(fact("e", Kind.LEAVER, lastDay(LAST)), fact("back", Kind.REHIRE, firstDay(LAST.plusDays(1))));
        Fence holds = new Fence("workday", "e", Fence.Kind.LEAVER, MIDNIGHT_IN_BERLIN);

        assertThat(Settlement.of(facts, ZoneId.of("America/New_York"), List.of(holds)))
                .isEmpty();
    }

    @Test
    void aFenceThatHoldsAndAnotherOfTheSameMomentAreTwo() {
        List<Fact> facts = List.of(
                fact("day", Kind.LEAVER, lastDay(LAST)),
                leaver("moment", MIDNIGHT_IN_BERLIN.toString()),
                rehire("back", MIDNIGHT_IN_BERLIN.plusSeconds(60).toString()));
        ZoneId newYork = ZoneId.of("America/New_York");

        assertThat(Settlement.of(
                        facts, newYork, List.of(new Fence("workday", "day", Fence.Kind.LEAVER, MIDNIGHT_IN_BERLIN))))
                .isEqualTo(Settlement.of(facts, newYork))
                .hasSize(2);
    }

    @Test
    void aDayWithoutMidnightBeginsWhenItBegins() {
        ZoneId cairo = ZoneId.of("Africa/Cairo"); // clocks went from 0:00 to 1:00

        assertThat(new FirstDay(LocalDate.parse("2024-04-26"), Optional.of(cairo)).effective(BERLIN))
                .isEqualTo(Instant.parse("2024-04-25T22:00:00Z"));
    }

    @Test
    void whoseLastDayWasYesterdayMayBeginAnewToday() {
        assertThat(Settlement.of(
                        List.of(
                                fact("gone", Kind.LEAVER, lastDay(LAST)),
                                fact("back", Kind.REHIRE, firstDay(LAST.plusDays(1)))),
                        BERLIN))
                .isEmpty();
    }

    @Test
    void ofTwoFactsOfTheSameMomentTheFenceHolds() {
        Instant moment = Instant.parse("2026-04-01T12:00:00Z");

        assertThat(Settlement.of(List.of(leaver("gone", moment.toString()), rehire("back", moment.toString())), BERLIN))
                .containsExactly(span("gone", Fence.Kind.LEAVER, moment, null));
    }

    @Test
    void aRehireEndsALeaveToo() {
        assertThat(Settlement.of(
                        List.of(
                                fact("away", Kind.LEAVE_BEGINS, new At(Instant.parse("2026-01-01T00:00:00Z"))),
                                leaver("gone", "2026-02-01T00:00:00Z"),
                                rehire("back", "2026-03-01T00:00:00Z")),
                        BERLIN))
                .containsExactly(
                        span(
                                "away",
                                Fence.Kind.LEAVE,
                                Instant.parse("2026-01-01T00:00:00Z"),
                                Instant.parse("2026-03-01T00:00:00Z")),
                        span(
                                "gone",
                                Fence.Kind.LEAVER,
                                Instant.parse("2026-02-01T00:00:00Z"),
                                Instant.parse("2026-03-01T00:00:00Z")));
    }

    @Test
    void theReturnFromALeaveDoesNotBringBackALeaver() {
        List<Span> spans = Settlement.of(
                List.of(
                        fact("away", Kind.LEAVE_BEGINS, new At(Instant.parse("2026-01-01T00:00:00Z"))),
                        leaver("gone", "2026-02-01T00:00:00Z"),
                        fact("back", Kind.LEAVE_ENDS, new At(Instant.parse("2026-03-01T00:00:00Z")))),
                BERLIN);

        assertThat(spans)
                .contains(span("gone", Fence.Kind.LEAVER, Instant.parse("2026-02-01T00:00:00Z"), null))
                .anyMatch(span ->
                        span.fence().kind() == Fence.Kind.LEAVE && span.until().isPresent());
    }

    @Test
    void noSenderTakesBackWhatAnotherSays() {
        Fact gone = leaver("gone", "2026-02-01T00:00:00Z");
        Fact back = new Fact("vendors", "back", Kind.REHIRE, new At(Instant.parse("2026-03-01T00:00:00Z")));

        assertThat(Settlement.of(List.of(gone, back), BERLIN))
                .containsExactly(span("gone", Fence.Kind.LEAVER, Instant.parse("2026-02-01T00:00:00Z"), null));
    }

    @Test
    void theFirstOfTwoLeaversIsTheReason() {
        assertThat(Settlement.of(
                        List.of(leaver("again", "2026-02-02T00:00:00Z"), leaver("gone", "2026-02-01T00:00:00Z")),
                        BERLIN))
                .containsExactly(span("gone", Fence.Kind.LEAVER, Instant.parse("2026-02-01T00:00:00Z"), null));
    }
}
