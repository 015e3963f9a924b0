package dev.rolewright.web.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// Many unsound requests at one door, the same ones for the same seed; whatever is refused must leave no trace.
final class Storm {

    private static final long SEED = Long.getLong("rolewright.fuzz.seed", 20261121L);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /// Where the requests go.
    interface Door {

        RawHttp.Answer send(Mutations.Request request) throws IOException;

        /// Fails when that is no answer to give.
        void check(Mutations.Request request, RawHttp.Answer answer);

        /// What is kept behind it, as one word.
        String kept() throws SQLException;
    }

    final Random random = new Random(SEED);
    private final Door door;

    Storm(Door door) {
        this.door = door;
    }

    /// @return how often each status was the answer
    Map<Integer, Integer> blow(int requests, List<Mutations.Request> seeds, Mutations mutations) throws SQLException {
        Map<Integer, Integer> answers = new TreeMap<>();
        String before = door.kept();
        for (int i = 0; i < requests; i++) {
            Mutations.Request request = mutations.mutated(seeds.get(random.nextInt(seeds.size())));
            RawHttp.Answer answer;
            try {
                answer = door.send(request);
                door.check(request, answer);
            } catch (IOException | AssertionError | RuntimeException e) {
                throw new AssertionError("request " + i + " of seed " + SEED + ": " + request, e);
            }
            answers.merge(answer.status(), 1, Integer::sum);
            if (!READING.contains(request.method())) {
                String after = door.kept();
                if (answer.status() >= 400) {
                    assertThat(after)
                            .as("request %d of seed %d was refused but left a trace: %s", i, SEED, request)
                            .isEqualTo(before);
                }
                before = after;
            }
        }
        return answers;
    }

    /// What holds for every answer of every door.
    static void checkAny(Mutations.Request request, RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 499);
        assertThat(answer.header("X-Request-Id")).isNotBlank();
        assertThat(answer.body()).doesNotContainIgnoringCase("<html").doesNotContain("Exception");
        if (request.method().equals("HEAD")) {
            assertThat(answer.body()).isEmpty();
        }
    }
}
