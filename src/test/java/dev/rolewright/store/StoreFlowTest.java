package dev.rolewright.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class StoreFlowTest {

    @Inject
    Store store;

    @BeforeEach
    void aTableOfOurOwn() {
        store.run("CREATE TABLE shelf (id bigint PRIMARY KEY, said text, at timestamptz)");
    }

    @AfterEach
    void away() {
        store.run("DROP TABLE shelf");
    }

    @Test
    void valuesComeBackAsTheyWere() {
        Instant now = Instant.parse("2026-01-31T10:15:30.123456Z");
        store.run("INSERT INTO shelf VALUES (?, ?, ?), (2, NULL, NULL)", 1L, "O'Hara \\ ?", now);

        assertThat(store.first(
                        "SELECT said, at, id FROM shelf WHERE id = 1",
                        row -> List.of(Store.text(row, 1), Store.time(row, 2), Store.number(row, 3))))
                .contains(List.of(Optional.of("O'Hara \\ ?"), Optional.of(now), Optional.of(1L)));
        assertThat(store.first(
                        "SELECT said, at FROM shelf WHERE id = 2",
                        row -> List.of(Store.text(row, 1), Store.time(row, 2))))
                .contains(List.of(Optional.empty(), Optional.empty()));
        assertThat(store.first("SELECT id FROM shelf WHERE id = 3", row -> row.getLong(1)))
                .isEmpty();
    }

    @Test
    void arraysKeepTheirTypes() {
        UUID id = UUID.randomUUID();

        assertThat(store.all(
                        "SELECT a::text || b || c FROM unnest(?, ?, ?) AS t (a, b, c)",
                        row -> row.getString(1),
                        new UUID[] {id},
                        new Long[] {7L},
                        new String[] {"x"}))
                .containsExactly(id + "7x");
    }

    @Test
    void whatIsDoneTogetherIsDoneWhollyOrNotAtAll() {
        assertThatThrownBy(() -> store.together(() -> {
                    store.run("INSERT INTO shelf VALUES (1)");
                    store.run("INSERT INTO shelf VALUES (1)");
                }))
                .isInstanceOf(StoreFailure.class);

        assertThat(store.all("SELECT id FROM shelf", row -> row.getLong(1))).isEmpty();
    }

    @Test
    void veryManyRowsAreReadInOneGo() {
        assertThat(store.many("SELECT n FROM generate_series(1, ?) AS n", row -> row.getInt(1), 12_000))
                .hasSize(12_000)
                .endsWith(12_000);
    }

    @Test
    void aFailureNamesTheStateAndNoValue() {
        store.run("CREATE UNIQUE INDEX ON shelf (said)");
        store.run("INSERT INTO shelf VALUES (1, 'hunter2')");

        assertThatThrownBy(() -> store.run("INSERT INTO shelf VALUES (2, ?)", "hunter2"))
                .hasMessage("the store failed with SQL state 23505")
                .satisfies(failure -> assertThat(failure).hasStackTraceContaining("duplicate key"))
                .satisfies(failure -> assertThat(trace(failure)).doesNotContain("hunter2"))
                .asInstanceOf(type(StoreFailure.class))
                .returns(true, StoreFailure::isDefect);
    }

    @Test
    void aStoreThatIsAwayIsFoundBehindWhateverWasMadeOfIt() {
        StoreFailure away = new StoreFailure(new SQLException("made up", "08006"));
        StoreFailure defect = new StoreFailure(new SQLException("made up", "42601"));

        assertThat(StoreFailure.away(away)).containsSame(away);
        assertThat(StoreFailure.away(new IllegalStateException(new CompletionException(away))))
                .containsSame(away);
        assertThat(StoreFailure.away(new CompletionException(defect))).isEmpty();
        assertThat(StoreFailure.away(new IllegalStateException("no store in it")))
                .isEmpty();
        assertThat(StoreFailure.away(new IllegalStateException(new SQLException("of a target", "08006"))))
                .isEmpty();
    }

    @Test
    void aStoreWithoutAConnectionToGiveIsAway() {
        StoreFailure late = new StoreFailure(new SQLException("Sorry, acquisition timeout!"));

        assertThat(late).hasMessage("the store gave no connection").returns(false, StoreFailure::isDefect);
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @ParameterizedTest
    @CsvSource({"22001, true", "23505, true", "42601, true", "08006, false", "53300, false", "57P01, false", ", false"})
    void onlyWhatCannotBeIsADefect(String state, boolean defect) {
        assertThat(new StoreFailure(new SQLException("made up", state)).isDefect())
                .isEqualTo(defect);
    }
}
